import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { type BadRequest, PAGES, REGISTRATIONS, TOKENS, UNKNOWN } from '../bad-input/requests.ts';
import type { Served } from './served.ts';

const named = (requests: readonly BadRequest[]): [string, BadRequest][] =>
  requests.map((request) => [request.title, request]);

const json = cite(
  'answers a bad request of a program with a JSON error and stores nothing',
  'rfc7591:3.2.2:json',
  'rfc7591:3:media-type',
  'rfc7591:3:methods',
  'vestibule:bad-input:nothing-happens',
  'vestibule:bad-input:not-json',
  'vestibule:bad-input:too-large',
);

/** Requests that are refused with a clear error: more than two hundred. */
export function badRequests(served: () => Served, isWholeSite: boolean): void {
  const programs = [...REGISTRATIONS, ...TOKENS, ...(isWholeSite ? UNKNOWN : [])];

  test('there are more than two hundred bad requests', () => {
    expect(programs.length + PAGES.length).toBeGreaterThan(200);
  });

  describe(json, () => {
    test.each(named(programs))('%s', async (_, { path, init, status }) => {
      const response = await served().send(path, init);
      expect([response.status, response.headers.get('content-type')]).toEqual([
        status,
        expect.stringMatching(/^application\/json/),
      ]);
      const body = await response.json();
      // An error of a policy rule links to the page that explains the rule.
      const rule = expect.stringContaining(`${served().issuer}/connect/rules#`);
      expect(body).toEqual({
        error: expect.stringMatching(/^[a-z_]+$/),
        error_description: expect.stringMatching(/^[\x20-\x7E]{10,}$/),
        ...(body.error_uri !== undefined && { error_uri: rule }),
      });
      expect((await served().sideEffects?.()) ?? []).toEqual([]);
    });
  });

  describe('answers a bad request of a browser with a page and stores nothing', () => {
    test.each(named(PAGES))('%s', async (_, { path, init, status }) => {
      const response = await served().send(path, init);
      expect(response.status).toBe(status);
      if (status !== 405) {
        expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
        expect(response.headers.get('content-security-policy')).toContain(`default-src 'none'`);
        const html = await response.text();
        expect(html).toMatch(/<h1>[^<]{5,}<\/h1>/);
        expect(html).not.toContain('<script');
      }
      expect((await served().sideEffects?.()) ?? []).toEqual([]);
    });
  });
}

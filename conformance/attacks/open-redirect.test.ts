/**
 * Open redirect through error responses: a link to this server, which people trust, leads them to a destination that the
 * client chose, before they are asked.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.11.2 RFC 9700 §4.11.2}
 *
 * Taken out: packages/server/src/authorization/decide-authorization.ts: `isChosen && !isPosted ? 'redirect' : 'inform'` → `'redirect'`
 * Then fails: does not redirect an error automatically to a website or an app
 * Taken out: packages/consent-ui/src/authorization-response-page.ts: `way === 'redirecting' && fields === undefined ? location : undefined` → `location`
 * Then fails: does not redirect an error automatically to a website or an app
 */
import { describe, expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { newBrowser } from '@vestibule/testing/browser';
import { newClient } from './support/client.ts';

const app = attackedApp();

const ERRORS: [string, Record<string, string>][] = [
  ['no response type', { response_type: '' }],
  ['an unknown response type', { response_type: 'token' }],
  ['an unknown response mode', { response_mode: 'fragment' }],
  ['no challenge', { code_challenge: '' }],
  ['no resource', { resource: '' }],
  ['an unknown resource', { resource: 'https://nowhere.example' }],
  ['an unknown scope', { scope: 'nothing' }],
  ['a malformed scope', { scope: 'a"b' }],
  ['a request object', { request: 'e30.e30.' }],
  ['a request object by reference', { request_uri: 'https://evil.example/request' }],
  ['prompt=none', { prompt: 'none' }],
  ['a very long state', { state: 's'.repeat(5_000) }],
];

describe.each(['https://evil.example/landing', 'evil://landing/x'])(
  'does not redirect an error automatically to a website or an app: %s',
  (callback) => {
    test.each(ERRORS)('%s', async (_, parameters) => {
      const client = await newClient(app(), callback);
      const shown = await newBrowser().open(client.url(parameters));
      expect([shown.status, shown.away]).toEqual([400, undefined]);
      expect(shown.page.querySelectorAll('meta[http-equiv], script, form')).toEqual([]);
      // A person can still go there, and reads that the app chose the destination and is unverified.
      expect(shown.page.querySelector('.destination')?.text).toContain('evil');
    });
  },
);

describe('links to no unregistered URI, whatever else is wrong', () => {
  test.each(ERRORS)('%s', async (_, parameters) => {
    const client = await newClient(app());
    const url = client.url({ ...parameters, redirect_uri: 'https://evil.example/landing' });
    const shown = await newBrowser().open(url);
    expect([shown.status, shown.away]).toEqual([400, undefined]);
    expect(shown.page.querySelectorAll('a')).toEqual([]);
  });

  test.each(['client_id', 'redirect_uri'])('%s twice', async (name) => {
    const client = await newClient(app());
    const url = client.url();
    url.searchParams.append(name, 'https://evil.example/landing');
    const shown = await newBrowser().open(url);
    expect([shown.status, shown.away]).toEqual([400, undefined]);
    expect(shown.page.querySelectorAll('a')).toEqual([]);
  });
});

describe('does not take a destination from the URL of a page', () => {
  test.each(['sign-in', 'consent', 'hand-back', 'rules', 'authorize'])('%s', async (place) => {
    const names = [
      'next',
      'return_to',
      'redirect',
      'redirect_uri',
      'location',
      'url',
      'transaction',
      'continue',
    ];
    const query = new URLSearchParams(names.map((name) => [name, 'https://evil.example/']));
    const shown = await newBrowser().open(`${app().issuer}/connect/${place}?${query}`);
    expect(shown.away).toBeUndefined();
    expect(shown.page.querySelectorAll('a').map((link) => link.getAttribute('href'))).toEqual([]);
  });
});

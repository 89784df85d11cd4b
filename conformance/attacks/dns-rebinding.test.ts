/**
 * DNS rebinding: the attacker's domain is resolved to this computer, so that their page in a person's browser is same-origin
 * with what listens here, and can read its responses.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/350.html CWE-350}
 * @see {@link https://modelcontextprotocol.io/docs/tutorials/security/security_best_practices MCP Security Best Practices,
 * local servers}
 *
 * Taken out: packages/http/src/node/serve-routes.ts: `if (!anyHost && !isHostOf(incoming)) return false;` → ``
 * Then fails: responds with 404 at another host
 * Taken out: packages/http/src/route/handle-routes.ts: `if (isLocal && !namesLoopback(url, request.headers)) return undefined;` → ``
 * Then fails: responds with 404 at another host in Hono
 */
import { request } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openHono } from '../registration/support/adapters.ts';
import { openPlace } from '../registration/support/place.ts';
import { attackedApp } from './support/attacked.ts';

const app = attackedApp();

/** Sends a request for a host: `fetch` would set its own `Host`. */
async function ask(
  host: string,
  method: string,
  path: string,
  { port } = new URL(app().issuer),
): Promise<{ status: number; text: string }> {
  const asked = request({ host: 'localhost', port, path, method, headers: { host }, agent: false });
  const answered = new Promise<{ status: number; text: string }>((resolve, reject) => {
    asked.on('error', reject);
    asked.on('response', async (response) => {
      let text = '';
      for await (const chunk of response) text += String(chunk);
      resolve({ status: response.statusCode ?? 0, text });
    });
  });
  asked.end();
  return answered;
}

const PLACES: readonly [method: string, path: string][] = [
  ['GET', '/.well-known/oauth-authorization-server'],
  ['GET', '/.well-known/oauth-protected-resource/mcp'],
  ['GET', '/connect/jwks'],
  ['GET', '/connect/apps'],
  ['GET', '/connect/sign-out'],
  ['GET', '/connect/at/x/consent'],
  ['GET', '/connect/authorize'],
  ['POST', '/connect/register'],
  ['GET', '/connect/register/dyn-1'],
  ['POST', '/connect/token'],
  ['POST', '/mcp'],
  ['GET', '/metrics'],
];

const named = (port: string): readonly string[] => [
  `evil.example:${port}`,
  'evil.example',
  `localhost.evil.example:${port}`,
  `127.0.0.1.evil.example:${port}`,
  '192.168.0.7',
  `0.0.0.0:${port}`,
];

describe('responds with 404 at another host', () => {
  test.each(PLACES)('%s %s', async (method, path) => {
    const { port } = new URL(app().issuer);
    for (const host of named(port)) {
      const { status, text } = await ask(host, method, path);
      expect([host, status, text]).toEqual([host, 404, expect.stringContaining('there is nothing here')]);
    }
  });
});

test('responds with 404 at another host in Hono', async () => {
  const venue = await openHono();
  onTestFinished(() => venue.close());
  const { issuer } = await openPlace(venue);
  const { pathname, port } = new URL(`${issuer}/connect/jwks`);
  const at = new URL(venue.origin);
  for (const host of named(port)) {
    const { status } = await ask(host, 'GET', pathname, at);
    expect([host, status]).toEqual([host, 404]);
  }
  expect((await ask(`127.0.0.1:${port}`, 'GET', pathname, at)).status).toBe(200);
});

test.each(['localhost', '127.0.0.1', '[::1]', 'localhost:8080'])(
  'responds at each loopback name: %s',
  async (host) => {
    const { status, text } = await ask(host, 'GET', '/.well-known/oauth-authorization-server');
    expect([status, JSON.parse(text).issuer]).toEqual([200, app().issuer]);
  },
);

test.each(['evil.example', '10.0.0.1'])('responds to health checks under any name: %s', async (host) => {
  expect((await ask(host, 'GET', '/healthz')).text).toBe('{"status":"ok"}');
  expect((await ask(host, 'GET', '/readyz')).status).toBe(200);
});

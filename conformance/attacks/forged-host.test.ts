/**
 * A forged `Host`, `X-Forwarded-*` or absolute request line, so that URLs in responses, and what caches and people store of
 * them, become the attacker's.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.13 RFC 9700 §4.13}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8414#section-6.2 RFC 8414 §6.2}
 * @see {@link https://cwe.mitre.org/data/definitions/644.html CWE-644}
 *
 * Taken out: packages/http/src/node/to-request.ts: `${origin}${pathAndQuery(targetOf(request))}` → `http://${request.headers.host}${pathAndQuery(targetOf(request))}`
 * Taken out: packages/http/src/node/serve-routes.ts: `if (source !== undefined && (await sendDocument(source, incoming, outgoing))) return true;` → ``
 * Taken out: packages/http/src/response/document.ts: `documentResponse(await read(),` → `documentResponse({ ...(await read()), body: new TextEncoder().encode(request.url) },`
 * Then fails: responds as without these headers
 * Taken out: packages/node/src/listening/listen.ts: `withOneHost(handler)` → `handler`
 * Then fails: refuses an invalid or repeated Host
 */
import { request } from 'node:http';
import { connect } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { HOSTED, OPEN_SEED } from '../support/app.ts';
import { attackedApp } from './support/attacked.ts';
import { type AttackClient, newClient } from './support/client.ts';

// At its own host name: a loopback issuer responds at no other host.
const app = attackedApp(OPEN_SEED, { issuer: HOSTED });
const proxied = attackedApp(OPEN_SEED, { issuer: HOSTED, trustProxy: 1 });

let client: AttackClient;
beforeAll(async () => {
  client = await newClient(app());
});

const EVIL = 'evil.example';

const FORGERIES: [string, Record<string, string>][] = [
  ['Host', { host: EVIL }],
  ['Host with a port', { host: `${EVIL}:443` }],
  ['a URL as the Host', { host: '169.254.169.254' }],
  ['an empty Host', { host: '' }],
  ['X-Forwarded-Host', { 'x-forwarded-host': EVIL }],
  ['X-Forwarded-Host, several', { 'x-forwarded-host': `localhost, ${EVIL}` }],
  ['X-Forwarded-Proto', { 'x-forwarded-proto': 'javascript' }],
  ['X-Forwarded-Port', { 'x-forwarded-port': '443' }],
  ['X-Forwarded-Prefix', { 'x-forwarded-prefix': `//${EVIL}` }],
  ['X-Forwarded-Server', { 'x-forwarded-server': EVIL }],
  ['X-Forwarded-Scheme', { 'x-forwarded-scheme': 'https', 'x-scheme': 'https' }],
  ['Forwarded', { forwarded: `host=${EVIL};proto=https` }],
  ['X-Host', { 'x-host': EVIL, 'x-http-host-override': EVIL }],
  ['X-Original-URL', { 'x-original-url': '/healthz', 'x-rewrite-url': '/healthz' }],
  ['X-HTTP-Method-Override', { 'x-http-method-override': 'DELETE' }],
  ['Origin and Referer', { origin: `https://${EVIL}`, referer: `https://${EVIL}/` }],
];

const PLACES = [
  '/.well-known/oauth-authorization-server',
  '/.well-known/openid-configuration',
  '/.well-known/oauth-protected-resource/mcp',
  '/mcp',
  '/connect/jwks',
  '/connect/rules',
  '/connect/authorize?client_id=nobody',
  '/connect/consent?transaction=x',
  '/connect/register',
  '/connect/token',
  '/nowhere',
];

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Sends exactly these headers: `fetch` would set its own `Host`. */
async function ask(port: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const asked = request({ host: 'localhost', port, path, headers });
  const answered = new Promise<Answer>((resolve, reject) => {
    asked.on('error', reject);
    asked.on('response', async (response) => {
      let body = '';
      for await (const chunk of response) body += String(chunk);
      const { date: _date, ...others } = response.headers;
      resolve({ status: response.statusCode, headers: others, body });
    });
  });
  asked.end();
  return answered;
}

describe.each([
  ['an app without a proxy', app],
  ['an app behind a proxy', proxied],
])('%s', (_, which) => {
  describe.each(FORGERIES)('responds as without these headers: %s', (__, headers) => {
    test.each(PLACES)('%s', async (path) => {
      const { port } = new URL(which().issuer);
      expect(await ask(port, path, headers)).toEqual(await ask(port, path));
    });
  });
});

test.each(FORGERIES)('keeps an authorization at its server: %s', async (_, headers) => {
  const { port } = new URL(app().issuer);
  const { pathname, search } = client.url();
  const { status, headers: answered } = await ask(port, `${pathname}${search}`, headers);
  expect(status).toBe(303);
  expect(answered['location']).toMatch(/^\/connect\/consent\?transaction=[\w-]{43}#$/);
  expect(String(answered['set-cookie'])).not.toMatch(/domain/i);
});

test.each(FORGERIES)('returns an error with the name of its server: %s', async (_, headers) => {
  const { port } = new URL(app().issuer);
  const { pathname, search } = client.url({ response_type: 'x' });
  const { headers: answered } = await ask(port, `${pathname}${search}`, headers);
  const location = new URL(String(answered['location']));
  expect(location.searchParams.get('iss')).toBe(HOSTED);
  expect(location.origin).toBe(new URL(client.callback).origin);
});

test('treats an absolute URL in the request line as its own, whatever its host is', async () => {
  const { port } = new URL(app().issuer);
  const socket = connect(Number(port), 'localhost');
  const place = `http://${EVIL}/.well-known/oauth-authorization-server`;
  socket.write(`GET ${place} HTTP/1.1\r\nHost: ${EVIL}\r\nConnection: close\r\n\r\n`);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  expect(answer).toContain(`"issuer":"${HOSTED}"`);
  expect(answer).not.toContain(EVIL);
});

describe('refuses an invalid or repeated Host, which programs on the way could interpret differently', () => {
  test.each([
    ['two hosts', `Host: localhost\r\nHost: ${EVIL}`],
    ['the same host twice', 'Host: localhost\r\nhost: localhost'],
    ['a host with a path', `Host: ${EVIL}/x?`],
    ['a host with a user', `Host: localhost@${EVIL}`],
    ['a list of hosts', `Host: localhost, ${EVIL}`],
    ['a host with a space', `Host: localhost ${EVIL}`],
    ['a host with two ports', 'Host: localhost:1:2'],
  ])('%s', async (_, lines) => {
    const { port } = new URL(app().issuer);
    const socket = connect(Number(port), 'localhost');
    socket.write(`GET /connect/jwks HTTP/1.1\r\n${lines}\r\nConnection: close\r\n\r\n`);
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).not.toContain(EVIL);
  });
});

test('puts the issuer into a token, whatever the request names', async () => {
  const code = await client.code();
  const body = new URLSearchParams({ grant_type: 'authorization_code', client_id: client.id });
  for (const [name, value] of Object.entries({
    code: code.searchParams.get('code') ?? '',
    redirect_uri: client.callback,
    code_verifier: 'a-verifier-that-is-long-enough-for-the-rule-43',
  })) {
    body.set(name, value);
  }
  const response = await fetch(`${app().issuer}/connect/token`, {
    method: 'POST',
    headers: { 'x-forwarded-host': EVIL, forwarded: `host=${EVIL}` },
    body,
  });
  const { access_token: token } = await response.json();
  expect(JSON.parse(atob(token.split('.')[1])).iss).toBe(HOSTED);
});

describe('determines the address of a client', () => {
  const failures = async (which: typeof app): Promise<readonly string[]> => {
    const { items } = await which().stores.audit.list(which().realm.id, { limit: 1_000 });
    return items.flatMap(({ type, ip = '' }) => (type === 'registration.refused' ? [ip] : []));
  };
  const refused = (which: typeof app, address: string): Promise<Response> =>
    fetch(`${which().issuer}/connect/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
      body: '{}',
    });

  test('does not take the address from the request', async () => {
    await refused(app, '192.0.2.66');
    await expect.poll(async () => (await failures(app)).at(-1)).toMatch(/127\.0\.0\.1$|^::1$/);
  });

  test('takes the address from the one trusted proxy, and not from what was sent to it', async () => {
    await refused(proxied, '192.0.2.66, 198.51.100.7');
    await expect.poll(() => failures(proxied)).toEqual(['198.51.100.7']);
  });
});

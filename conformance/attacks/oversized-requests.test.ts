/**
 * Oversized and endless requests: more than needed, sent to fill memory, the database or the log.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/770.html CWE-770}
 * @see {@link https://cwe.mitre.org/data/definitions/1333.html CWE-1333}
 *
 * Taken out: packages/http/src/node/to-body.ts: `if (size > limit) return 'too-large';` → ``
 * Then fails: refuses an endless body before its end
 * Taken out: packages/http/src/body/read-text.ts: `if (Number(request.headers.get('content-length') ?? 0) > limit) return { ok: false, problem: 'too-large' };` → ``
 * Then fails: refuses a body that announces too large a size before it is sent
 * Taken out: packages/server/src/authorization/decide-authorization.ts: `(value('state') ?? '').length > MAX_STATE_LENGTH` → `0 > MAX_STATE_LENGTH`
 * Then fails: does not store a long parameter
 */
import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { register } from '@vestibule/testing/oauth';
import { HOSTED, OPEN_SEED } from '../support/app.ts';
import { attackedApp } from './support/attacked.ts';
import { newBrowser } from '@vestibule/testing/browser';
import { CALLBACK, newClient } from './support/client.ts';

const app = attackedApp();
/** The same for an issuer whose cookies are sent with every request. */
const hosted = attackedApp(OPEN_SEED, { issuer: HOSTED });

const LIMIT = 64 * 1024;

/** Every endpoint that reads a body, with its error for one that is too large. */
const PLACES: [string, string, number][] = [
  ['/connect/register', 'application/json', 413],
  ['/connect/token', 'application/x-www-form-urlencoded', 413],
  ['/connect/authorize', 'application/x-www-form-urlencoded', 400],
  ['/connect/sign-in', 'application/x-www-form-urlencoded', 400],
  ['/connect/consent', 'application/x-www-form-urlencoded', 400],
];

function post(path: string, headers: Record<string, string | number>): ClientRequest {
  const { port } = new URL(app().issuer);
  const asked = request({ host: 'localhost', port, path, method: 'POST', headers });
  // Errors after the response do not matter.
  asked.on('error', () => undefined);
  onTestFinished(() => void asked.destroy());
  return asked;
}

async function answerTo(asked: ClientRequest): Promise<number | undefined> {
  const [response]: IncomingMessage[] = await once(asked, 'response');
  return response?.statusCode;
}

describe('refuses an endless body before its end', () => {
  test.each(PLACES)('%s', async (path, type, status) => {
    const asked = post(path, { 'content-type': type });
    asked.write('x'.repeat(LIMIT + 1));
    expect(await answerTo(asked)).toBe(status);
    expect(asked.writableEnded).toBe(false);
  });
});

describe('refuses a body that announces too large a size before it is sent', () => {
  test.each(PLACES)('%s', async (path, type, status) => {
    const asked = post(path, { 'content-type': type, 'content-length': 1_000_000_000 });
    asked.flushHeaders();
    expect(await answerTo(asked)).toBe(status);
  });
});

test.each([
  '/connect/jwks',
  '/connect/hand-back',
  '/connect/rules',
  '/.well-known/oauth-authorization-server',
])('does not wait for a body that is not read: %s', async (path) => {
  const asked = post(path, { 'content-length': 1_000_000_000 });
  asked.flushHeaders();
  expect(await answerTo(asked)).toBe(405);
});

describe('does not store a long parameter', () => {
  const LONG = 8_192;
  test('a state', async () => {
    const client = await newClient(app());
    const { away } = await newBrowser().open(client.url({ state: 's'.repeat(4_097) }));
    expect(away?.searchParams.get('error')).toBe('invalid_request');
    expect(away?.searchParams.has('state')).toBe(false);
  });

  test.each(['client_id', 'redirect_uri', 'resource', 'scope', 'response_type', 'code_challenge', 'prompt'])(
    '%s',
    async (name) => {
      const client = await newClient(app());
      const shown = await newBrowser().open(client.url({ [name]: 'x'.repeat(LONG) }));
      const location = shown.away?.href ?? '';
      expect(shown.status).toBeLessThan(500);
      expect(`${shown.text}${location}`).not.toContain('x'.repeat(200));
    },
  );

  test('an authorization request as a form', async () => {
    const client = await newClient(app());
    const { searchParams } = client.url({ x: 'x'.repeat(LONG) });
    expect((await newBrowser().post(`${app().issuer}/connect/authorize`, searchParams)).status).toBe(400);
  });
});

describe('limits the size of a registration', () => {
  const many = (count: number, make: (index: number) => string): string[] =>
    Array.from({ length: count }, (_, i) => make(i));
  const refused: [string, object][] = [
    ['many redirect URIs', { redirect_uris: many(50, (i) => `${CALLBACK}/${i}`) }],
    ['a long redirect URI', { redirect_uris: [`${CALLBACK}/${'x'.repeat(3_000)}`] }],
    [
      'many languages',
      Object.fromEntries(many(200, (i) => `client_name#x-a${i}`).map((name) => [name, 'x'])),
    ],
    ['many contacts', { contacts: many(500, (i) => `a${i}@app.example`) }],
    ['a long contact', { contacts: ['x'.repeat(10_000)] }],
    ['a long client_uri', { client_uri: `https://app.example/${'x'.repeat(3_000)}` }],
    ['a long software_id', { software_id: 'x'.repeat(10_000) }],
  ];
  test.each(refused)('%s', async (_, metadata) => {
    const { status, body } = await register(app(), { redirect_uris: [CALLBACK], ...metadata });
    if (status === 201) expect(JSON.stringify(body).length).toBeLessThan(8_192);
    else expect(status).toBe(400);
  });

  test.each([
    ['a long name', 'x'.repeat(30_000)],
    ['a name of combining marks', `a${'\u0301'.repeat(15_000)}`],
    ['a name that grows by normalization', '\uFDFA'.repeat(8_000)],
    ['a name of spaces', ' '.repeat(30_000)],
  ])('%s is cut, or taken for none', async (_, name) => {
    const { status, body } = await register(app(), { redirect_uris: [CALLBACK], client_name: name });
    expect([201, 400]).toContain(status);
    if (status === 201) expect(Array.from(String(body.client_name)).length).toBeLessThanOrEqual(80);
  });
});

describe('reads typed text up to a length', () => {
  test.each(['username', 'password'])('%s', async (name) => {
    const [client, browser] = [await newClient(app()), newBrowser()];
    const long = { username: 'ada', password: 'a horse of her own', [name]: 'x'.repeat(50_000) };
    const shown = await browser.signIn(await browser.open(client.url()), long);
    expect(shown.status).toBe(403);
    expect(shown.text.length).toBeLessThan(10_000);
    const { items } = await app().stores.audit.list(app().realm.id, { limit: 10_000 });
    expect(Math.max(...items.map((event) => JSON.stringify(event).length))).toBeLessThan(16_384);
  });
});

test('works with many cookies, and with a malformed one', async () => {
  const client = await newClient(app());
  for (const cookie of ['x=y; '.repeat(1_000), '=; ;;=x;"', '%%%=%zz', 'a'.repeat(10_000)]) {
    const response = await fetch(client.url(), { headers: { cookie }, redirect: 'manual' });
    expect(response.status).toBe(303);
  }
});

test('keeps ten interactions in a browser, and forgets the oldest', async () => {
  const [client, browser] = [await newClient(hosted()), newBrowser()];
  for (let count = 0; count < 30; count += 1) await browser.open(client.url({ state: String(count) }));
  const cookies = await browser.jar.getCookies(hosted().issuer);
  expect(cookies).toHaveLength(10);
});

test('sends one interaction cookie at a time with a loopback issuer', async () => {
  const [client, browser] = [await newClient(app()), newBrowser()];
  for (let count = 0; count < 30; count += 1) {
    const { url } = await browser.open(client.url({ state: String(count) }));
    expect(await browser.jar.getCookies(url.href)).toHaveLength(1);
  }
});

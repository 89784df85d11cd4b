import { listen } from '@vestibule/node';
import { freePort } from '@vestibule/testing/port';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HOSTED, openApp, OPEN_SEED, startApp, type TestApp } from './support/app.ts';
import { send, openWire } from './support/hostile/wire.ts';

/** The parts of a response that pages and programs read. */
interface Came {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Sends bytes as they are, and reads the last response. */
async function ask(port: number, bytes: string): Promise<Came> {
  const wire = await openWire(port);
  await send(wire, bytes);
  const came = await wire.gone;
  const last = came.split(/^(?=HTTP\/1\.1 \d)/m).at(-1) ?? '';
  const [head = '', body = ''] = last.split('\r\n\r\n');
  const [line = '', ...lines] = head.split('\r\n');
  const headers = new Headers();
  for (const one of lines) {
    const colon = one.indexOf(':');
    headers.append(one.slice(0, colon), one.slice(colon + 1).trim());
  }
  return { status: Number(line.split(' ')[1]), headers, body };
}

const portOf = ({ issuer }: Pick<TestApp, 'issuer'>): number => Number(new URL(issuer).port);

/** An app that only listens. */
async function starting(): Promise<number> {
  const port = await freePort();
  const listening = await listen({ port, issuers: [`http://localhost:${port}`] });
  onTestFinished(() => listening.close());
  return port;
}

const CLOSE = 'Connection: close\r\n';
const get = (path: string, more = ''): string =>
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${CLOSE}${more}\r\n`;
const post = (headers: string, body: string): string =>
  `POST /connect/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n${CLOSE}${headers}\r\n${body}`;

/** The responses of the HTTP server and the app before or after every handler. */
const ANSWERED: readonly (readonly [what: string, bytes: string, status: number])[] = [
  ['an unknown path', get('/nowhere'), 404],
  ['an unknown path, by POST', `POST /nowhere HTTP/1.1\r\nHost: localhost\r\n${CLOSE}\r\n`, 404],
  ['a path that cannot be decoded', get('/%'), 404],
  [
    'a method that no handler is asked about',
    `TRACE /connect/token HTTP/1.1\r\nHost: localhost\r\n${CLOSE}\r\n`,
    404,
  ],
  ['another host', `GET /connect/jwks HTTP/1.1\r\nHost: evil.example\r\n${CLOSE}\r\n`, 404],
  ['a head that is too long', get('/connect/jwks', `Cookie: ${'a=b; '.repeat(5_000)}\r\n`), 431],
  ['two hosts', get('/connect/jwks', 'Host: localhost\r\n'), 400],
  ['no host', `GET /connect/jwks HTTP/1.1\r\n${CLOSE}\r\n`, 400],
  ['an invalid host', `GET /connect/jwks HTTP/1.1\r\nHost: evil.example/x?\r\n${CLOSE}\r\n`, 400],
  ['no HTTP', 'hello\r\n\r\n', 400],
  ['two lengths', post('Content-Length: 1\r\nContent-Length: 2\r\n', 'ab'), 400],
  [
    'a chunk with a long extension',
    post('Transfer-Encoding: chunked\r\n', `3;${'a'.repeat(20_000)}\r\na=b\r\n0\r\n\r\n`),
    413,
  ],
  ['an expectation', post('Expect: magic\r\nContent-Length: 3\r\n', 'a=b'), 417],
];

const READABLE = {
  origin: '*',
  sniffing: 'nosniff',
  cache: 'no-store',
  type: expect.stringMatching(/^application\/json/),
  body: {
    error: expect.stringMatching(/^[a-z_]+$/),
    error_description: expect.stringMatching(/^[\x20-\x7E]{10,}$/),
  },
};

const readableBy = ({ headers, body }: Came) => ({
  origin: headers.get('access-control-allow-origin'),
  sniffing: headers.get('x-content-type-options'),
  cache: headers.get('cache-control'),
  type: headers.get('content-type'),
  body: JSON.parse(body),
});

describe('what no handler answers is an error that programs and pages can read', () => {
  test.each(ANSWERED)('%s', async (_, bytes, status) => {
    const came = await ask(portOf(await startApp()), bytes);
    expect(came.status).toBe(status);
    expect(readableBy(came)).toEqual(READABLE);
  });

  test('a request that does not arrive in time', async () => {
    const port = await freePort();
    const timeouts = { head: 50, request: 100, interval: 20 };
    const listening = await listen({ port, issuers: [`http://localhost:${port}`], timeouts });
    onTestFinished(() => listening.close());
    const came = await ask(port, 'GET /connect/jwks HTTP/1.1\r\nHost: local');
    expect(came.status).toBe(408);
    expect(readableBy(came)).toEqual(READABLE);
  });

  test('a server that is starting', async () => {
    const came = await ask(await starting(), get('/connect/jwks'));
    expect([came.status, came.headers.get('retry-after')]).toEqual([503, '1']);
    expect(readableBy(came)).toEqual(READABLE);
  });
});

test('people read that the server is starting', async () => {
  const came = await ask(await starting(), get('/connect/apps', 'Accept: text/html,*/*;q=0.8\r\n'));
  expect([came.status, came.headers.get('content-type'), came.headers.get('x-content-type-options')]).toEqual(
    [503, 'text/plain', 'nosniff'],
  );
  expect(came.body).toContain('starting');
});

describe('a page gets to read the error of a request that has a preflight', () => {
  const preflight = `OPTIONS /nowhere HTTP/1.1\r\nHost: localhost\r\n${CLOSE}Origin: https://agent.example\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: content-type, mcp-protocol-version\r\n\r\n`;

  test.each([
    ['if the path is unknown', async () => portOf(await startApp())],
    ['while the server is starting', starting],
  ])('%s', async (_, start) => {
    const { status, headers } = await ask(await start(), preflight);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-allow-methods')).toContain('POST');
    expect(headers.get('access-control-allow-headers')).toContain('mcp-protocol-version');
  });
});

describe('an address with a slash too many or too few is answered with the right one', () => {
  test.each([
    ['/connect/token/', '/connect/token'],
    ['//connect/token', '/connect/token'],
    ['/connect//token?x=1', '/connect/token'],
    ['/connecttoken', '/connect/token'],
    ['/.well-known/oauth-authorization-server/', '/.well-known/oauth-authorization-server'],
    ['/.well-known/oauth-protected-resource//mcp', '/.well-known/oauth-protected-resource/mcp'],
    ['/mcp/', '/mcp'],
    ['/connect/register/dyn-1/', '/connect/register/dyn-1'],
    ['/healthz/', '/healthz'],
  ])('%s', async (asked, right) => {
    const app = await startApp();
    const response = await fetch(`${app.issuer}${asked}`);
    expect([response.status, (await response.json()).error_description]).toEqual([
      404,
      `there is nothing here; the address is ${app.issuer}${right}`,
    ]);
    const page = await fetch(`${app.issuer}${asked}`, { headers: { accept: 'text/html' } });
    expect([page.status, await page.text()]).toEqual([
      404,
      expect.stringContaining(`the address is ${app.issuer}${right}`),
    ]);
  });

  test('where it is right but for more than slashes, nothing is guessed', async () => {
    const app = await startApp();
    const response = await fetch(`${app.issuer}/connect/tokens/`);
    expect((await response.json()).error_description).toBe('there is nothing here');
  });

  test('it is that of the issuer, whatever the request says', async () => {
    const app = await openApp(OPEN_SEED, { issuer: HOSTED });
    onTestFinished(() => app.stop());
    const response = await fetch(`${app.issuer}/connect/token/`);
    expect((await response.json()).error_description).toContain(`${HOSTED}/connect/token`);
  });
});

describe('browsers are held to https where the issuer is', () => {
  test.each([
    [HOSTED, 'max-age=31536000'],
    [undefined, null],
  ])('%s', async (issuer, expected) => {
    const app = await openApp(OPEN_SEED, { ...(issuer !== undefined && { issuer }) });
    onTestFinished(() => app.stop());
    for (const path of [
      '/connect/apps/sign-in',
      '/connect/apps',
      '/connect/rules',
      '/connect/authorize',
      '/nowhere',
    ]) {
      const { headers } = await fetch(`${app.issuer}${path}`, {
        redirect: 'manual',
        headers: { accept: 'text/html' },
      });
      expect([path, headers.get('strict-transport-security')]).toEqual([path, expected]);
    }
  });
});

import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { raw } from './raw-exchange.ts';

/** One case, of a server that serves `createAdapterApp`. */
export interface AdapterCase {
  /** A whole sentence: the title of its test. */
  readonly title: string;
  /** @param at where the server listens, such as `http://127.0.0.1:4711` */
  readonly run: (at: string) => Promise<void>;
}

/** The members of the response of `/echo`. */
interface Echo {
  readonly url: string;
  readonly method: string;
  readonly ip: string;
  readonly body: { readonly ok: boolean; readonly text?: string };
  readonly header: string | null;
  readonly cookie: string | null;
}

const echoed = async (response: Response): Promise<Echo> => JSON.parse(await response.text());

let keys = 0;
/** A key that no other case has. */
const newKey = (): string => `key-${process.pid}-${(keys += 1)}`;

/** Waits until the server has recorded an event. */
async function happened(at: string, event: string): Promise<void> {
  for (let tries = 0; tries < 2_000; tries += 1) {
    const events: readonly string[] = JSON.parse(await (await fetch(`${at}/events`)).text());
    if (events.includes(event)) return;
    await setImmediate();
  }
  assert.fail(`The server has not recorded “${event}”.`);
}

const status = async (url: string, init?: RequestInit): Promise<number> => {
  const response = await fetch(url, { ...init, redirect: 'manual' });
  await response.arrayBuffer();
  return response.status;
};

const BIG = 'x'.repeat(500_000);
const LAST = 'GET /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
const CHUNKED = `Transfer-Encoding: chunked\r\n\r\n${BIG.length.toString(16)}\r\n${BIG}\r\n0\r\n\r\n`;
const SIZED = `Content-Length: ${BIG.length}\r\n\r\n${BIG}`;

/** The responses to a request with a large body, and to another on the same connection. */
async function reused(at: string, path: string, body: string): Promise<void> {
  const answers = await raw(at, `POST ${path} HTTP/1.1\r\nHost: x\r\n${body}${LAST}`);
  assert.equal(answers.match(/HTTP\/1\.1 \d/g)?.length, 2);
  assert.match(answers, /"url":"https:\/\/id\.example\/echo"/);
}

/** What every adapter has to do, over HTTP. */
export const ADAPTER_CASES: readonly AdapterCase[] = [
  {
    title: 'gives the endpoint the request at the configured origin, whatever its headers say',
    run: async (at) => {
      const headers = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'ftp', 'x-a': 'a, b' };
      const response = await fetch(`${at}/echo?a=1&a=%20`, { method: 'POST', body: 'Größe', headers });
      const { ip: _ip, ...rest } = await echoed(response);
      assert.deepEqual(rest, {
        url: 'https://id.example/echo?a=1&a=%20',
        method: 'POST',
        body: { ok: true, text: 'Größe' },
        header: 'a, b',
        cookie: null,
      });
    },
  },
  {
    title: 'does not take the origin from Host',
    run: async (at) => {
      const answer = await raw(at, 'GET /echo HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
      assert.match(answer, /"url":"https:\/\/id\.example\/echo"/);
    },
  },
  {
    title: 'does not take the origin from a whole URL in the request line',
    run: async (at) => {
      const line =
        'GET http://evil.example/echo?x HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n';
      assert.match(await raw(at, line), /"url":"https:\/\/id\.example\/echo\?x"/);
    },
  },
  {
    title: 'joins repeated header fields',
    run: async (at) => {
      const fields = 'X-A: 1\r\nx-a: 2\r\nCookie: a=1; b=2\r\n';
      const answer = await raw(at, `GET /echo HTTP/1.1\r\nHost: x\r\n${fields}Connection: close\r\n\r\n`);
      assert.match(answer, /"header":"1, 2","cookie":"a=1; b=2"/);
    },
  },
  {
    title: 'joins repeated Cookie fields as browsers join cookies',
    run: async (at) => {
      const fields = 'Cookie: a=1\r\nCookie: b=2\r\n';
      const answer = await raw(at, `GET /echo HTTP/1.1\r\nHost: x\r\n${fields}Connection: close\r\n\r\n`);
      assert.match(answer, /"cookie":"a=1; b=2"/);
    },
  },
  {
    title: 'gives the endpoint a body that is larger than the buffers of a server',
    run: async (at) => {
      const response = await fetch(`${at}/echo`, { method: 'POST', body: 'é'.repeat(20_000) });
      assert.equal((await echoed(response)).body.text, 'é'.repeat(20_000));
    },
  },
  {
    title: 'sends the response to a body that is too large before the body has arrived',
    run: async (at) => {
      assert.equal(await status(`${at}/limited`, { method: 'POST', body: 'x'.repeat(2_000_000) }), 413);
      assert.equal(await status(`${at}/limited`, { method: 'POST', body: 'x' }), 200);
    },
  },
  {
    title: 'uses a connection again after a sized body that was read in part',
    run: (at) => reused(at, '/limited', SIZED),
  },
  {
    title: 'uses a connection again after a chunked body that was read in part',
    run: (at) => reused(at, '/limited', CHUNKED),
  },
  {
    title: 'uses a connection again after a sized body that was not read',
    run: (at) => reused(at, '/unread', SIZED),
  },
  {
    title: 'uses a connection again after a chunked body that was not read',
    run: (at) => reused(at, '/unread', CHUNKED),
  },
  {
    title: 'keeps each Set-Cookie a header field of its own',
    run: async (at) => {
      const response = await fetch(`${at}/cookies`);
      assert.equal(response.status, 201);
      assert.deepEqual(response.headers.getSetCookie(), [
        'a=1; Path=/',
        'b=2; Expires=Thu, 01 Jan 2026 00:00:00 GMT',
      ]);
      assert.equal(response.headers.get('x-a'), 'y');
    },
  },
  {
    title: 'sends a redirect as the endpoint wrote it',
    run: async (at) => {
      const response = await fetch(`${at}/redirect`, { redirect: 'manual' });
      assert.deepEqual(
        [response.status, response.headers.get('location')],
        [303, 'https://app.example/cb?code=a#'],
      );
    },
  },
  {
    title: 'drops header fields about the connection from a response',
    run: async (at) => {
      const { headers } = await fetch(`${at}/hop`);
      assert.deepEqual([headers.get('x-hop'), headers.get('x-end')], [null, 'b']);
      assert.notEqual(headers.get('connection'), 'close, X-Hop');
      assert.notEqual(headers.get('keep-alive'), 'timeout=1000');
    },
  },
  {
    title: 'sends a response without a body',
    run: async (at) => {
      assert.equal(await status(`${at}/empty`, { method: 'DELETE' }), 204);
    },
  },
  {
    title: 'sends a body piece by piece',
    run: async (at) => {
      const key = newKey();
      const response = await fetch(`${at}/pieces?key=${key}`);
      const pieces: string[] = [];
      for await (const piece of response.body ?? []) {
        pieces.push(new TextDecoder().decode(piece));
        if (pieces.length === 1) await fetch(`${at}/release?key=${key}`);
      }
      assert.deepEqual(pieces, ['first', 'second']);
    },
  },
  {
    title: 'breaks the connection if a body breaks while it is sent',
    run: async (at) => {
      await assert.rejects(fetch(`${at}/breaks`).then((response) => response.text()));
    },
  },
  {
    title: 'responds to HEAD with the header fields of GET and without the body',
    run: async (at) => {
      const response = await fetch(`${at}/program`, { method: 'HEAD' });
      assert.deepEqual([response.status, await response.text()], [200, '']);
      assert.equal(response.headers.get('content-type')?.split(';')[0], 'text/plain');
    },
  },
  {
    title: 'cancels a body that HEAD does not want',
    run: async (at) => {
      const key = newKey();
      assert.equal(await status(`${at}/endless?key=${key}`, { method: 'HEAD' }), 200);
      await happened(at, `canceled ${key}`);
    },
  },
  {
    title: 'leaves OPTIONS to the endpoint',
    run: async (at) => {
      const response = await fetch(`${at}/program`, { method: 'OPTIONS' });
      assert.equal(response.status, 204);
      assert.equal(response.headers.get('access-control-allow-origin'), '*');
      assert.match(response.headers.get('access-control-allow-methods') ?? '', /POST/);
    },
  },
  {
    title: 'leaves a method that is not allowed to the endpoint',
    run: async (at) => {
      const response = await fetch(`${at}/program`, { method: 'DELETE' });
      await response.arrayBuffer();
      assert.deepEqual([response.status, response.headers.get('allow')], [405, 'GET, POST, HEAD']);
    },
  },
  {
    title: 'passes on a path that no route has',
    run: async (at) => {
      for (const path of [
        '/',
        '/other',
        '/ECHO',
        '/echo/there',
        '/%65cho',
        '/below',
        '/below/a/b',
        '/two/a',
        '/two/a/b/c',
      ]) {
        assert.equal(await status(`${at}${path}`), 404, path);
      }
    },
  },
  {
    title: 'passes on a path with an additional slash',
    run: async (at) => {
      for (const path of ['/echo/', '//echo', '/below/a/', '/two//b']) {
        assert.equal(await status(`${at}${path}`), 404, path);
      }
    },
  },
  {
    title: 'passes on a request to which no endpoint responds, with its body',
    run: async (at) => {
      const response = await fetch(`${at}/none`, { method: 'POST', body: 'x'.repeat(50_000) });
      const { url, body } = await echoed(response);
      assert.deepEqual([url, body.text?.length], ['https://second.example/none', 50_000]);
    },
  },
  {
    title: 'asks the next route of a path if an endpoint has no response',
    run: async (at) => {
      const response = await fetch(`${at}/then`, { method: 'POST', body: 'text' });
      assert.equal(await response.text(), 'text');
    },
  },
  {
    title: 'serves several origins in one app',
    run: async (at) => {
      assert.equal((await echoed(await fetch(`${at}/second`))).url, 'https://second.example/second');
    },
  },
  {
    title: 'passes on a method that no request can have',
    run: async (at) => {
      const answer = await raw(at, 'TRACE /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
      assert.match(answer, /^HTTP\/1\.1 404 /);
    },
  },
  {
    title: 'compares a path character by character, also what frameworks take for a pattern',
    run: async (at) => {
      assert.equal(await (await fetch(`${at}/a.b(c)*:d+e!`)).text(), 'found');
      assert.equal(await status(`${at}/aXb(c)z:dde!`), 404);
    },
  },
  {
    title: 'serves what is below a path, as it was sent',
    run: async (at) => {
      for (const path of ['/below/a', '/below/%61', '/below/a;b', '/below/:segment', '/two/a/b']) {
        assert.equal(await (await fetch(`${at}${path}`)).text(), path);
      }
    },
  },
  {
    title: 'serves a path with escapes that are no UTF-8',
    run: async (at) => {
      for (const path of ['/below/%ff', '/below/%E0%A4%A', '/two/%ff/b']) {
        assert.equal(await (await fetch(`${at}${path}`)).text(), path);
      }
    },
  },
  {
    title: 'serves a long segment below a path',
    run: async (at) => {
      const path = `/below/${'x'.repeat(2_000)}`;
      assert.equal(await (await fetch(`${at}${path}`)).text(), path);
    },
  },
  {
    title: 'passes an exception to the error handler of the app',
    run: async (at) => {
      const key = newKey();
      assert.equal(await status(`${at}/fails?key=${key}`), 500);
      await happened(at, `Error: bug ${key}`);
    },
  },
  {
    title: 'aborts the signal if the client disconnects before the response',
    run: async (at) => {
      const key = newKey();
      const controller = new AbortController();
      const answer = fetch(`${at}/hangs?key=${key}`, { signal: controller.signal });
      await happened(at, `reached ${key}`);
      controller.abort();
      await assert.rejects(answer);
      await happened(at, `aborted ${key}`);
    },
  },
  {
    title: 'passes on a whole URL of another host at a loopback origin',
    run: async (at) => {
      const line = 'GET http://evil.example/local HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
      assert.match(await raw(at, line), /^HTTP\/1\.1 404 /);
    },
  },
  {
    title: 'serves a loopback origin at loopback names only',
    run: async (at) => {
      const ask = (host: string, path: string): Promise<string> =>
        raw(at, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      for (const host of ['localhost', 'localhost:8080', '127.0.0.1:4000']) {
        assert.match(await ask(host, '/local'), /^HTTP\/1\.1 200 /, host);
      }
      for (const host of ['evil.example', 'localhost.evil.example']) {
        assert.match(await ask(host, '/local'), /^HTTP\/1\.1 404 /, host);
        assert.match(await ask(host, '/any'), /^HTTP\/1\.1 200 /, host);
      }
    },
  },
];

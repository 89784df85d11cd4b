import assert from 'node:assert/strict';
import type { AdapterCase } from './adapter-cases.ts';
import { raw } from './raw-exchange.ts';

const BIG = 'x'.repeat(500_000);
const NEXT = 'GET /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

const closed = (what: string, path: string, body: string): AdapterCase => ({
  title: `closes the connection after the response to ${what}`,
  run: async (at) => {
    const answers = await raw(at, `POST ${path} HTTP/1.1\r\nHost: x\r\n${body}${NEXT}`);
    assert.equal(answers.match(/HTTP\/1\.1 200/g)?.length ?? 0, path === '/unread' ? 1 : 0);
    assert.equal(answers.match(/HTTP\/1\.1 \d/g)?.length, 1);
  },
});
const SIZED = `Content-Length: ${BIG.length}\r\n\r\n${BIG}`;
const CHUNKED = `Transfer-Encoding: chunked\r\n\r\n${BIG.length.toString(16)}\r\n${BIG}\r\n0\r\n\r\n`;

/** By title, the cases that workerd decides by itself, each with what it does. */
export const WORKER_INSTEAD: Readonly<Record<string, AdapterCase>> = {
  'uses a connection again after a sized body that was read in part': closed(
    'a sized body that was read in part',
    '/limited',
    SIZED,
  ),
  'uses a connection again after a chunked body that was read in part': closed(
    'a chunked body that was read in part',
    '/limited',
    CHUNKED,
  ),
  'uses a connection again after a sized body that was not read': closed(
    'a sized body that was not read',
    '/unread',
    SIZED,
  ),
  'uses a connection again after a chunked body that was not read': closed(
    'a chunked body that was not read',
    '/unread',
    CHUNKED,
  ),
  'joins repeated Cookie fields as browsers join cookies': {
    title: 'joins repeated Cookie fields with a comma, because workerd does so',
    run: async (at) => {
      const fields = 'Cookie: a=1\r\nCookie: b=2\r\n';
      const answer = await raw(at, `GET /echo HTTP/1.1\r\nHost: x\r\n${fields}Connection: close\r\n\r\n`);
      assert.match(answer, /"cookie":"a=1, b=2"/);
    },
  },
  'passes on a whole URL of another host at a loopback origin': {
    title: 'takes Host for the host of a whole URL in the request line, because workerd does so',
    run: async (at) => {
      const line = 'GET http://localhost/local HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n';
      assert.match(await raw(at, line), /^HTTP\/1\.1 404 /);
    },
  },
  'aborts the signal if the client disconnects before the response': {
    title: 'goes on serving if a client disconnects before the response',
    run: async (at) => {
      const controller = new AbortController();
      const answer = fetch(`${at}/pieces?key=disconnected`, { signal: controller.signal });
      await (await answer).body?.getReader().read();
      controller.abort();
      assert.equal((await fetch(`${at}/empty`)).status, 204);
    },
  },
};

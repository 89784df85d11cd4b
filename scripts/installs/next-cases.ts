import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { AdapterCase } from '../../testing/src/adapters/adapter-cases.ts';
import { raw } from '../../testing/src/adapters/raw-exchange.ts';

const WHOLE_URL: AdapterCase = {
  title: 'redirects a whole URL in the request line, because Next.js does so',
  run: async (at) => {
    for (const path of ['echo', 'local']) {
      const line = `GET http://evil.example/${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
      assert.match(await raw(at, line), /^HTTP\/1\.1 308 /);
    }
  },
};

/** By title, the cases that Next.js decides by itself, each with what it does. */
export const NEXT_INSTEAD: Readonly<Record<string, AdapterCase>> = {
  'gives the endpoint the request at the configured origin, whatever its headers say': {
    title: 'gives the endpoint the configured origin, and the query as Next.js writes it',
    run: async (at) => {
      const headers = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'ftp', 'x-a': 'a, b' };
      const response = await fetch(`${at}/echo?a=1&a=%20`, { method: 'POST', body: 'Größe', headers });
      const { url, body, header } = JSON.parse(await response.text());
      assert.deepEqual([url, body.text, header], ['https://id.example/echo?a=1&a=+', 'Größe', 'a, b']);
    },
  },
  'does not take the origin from a whole URL in the request line': WHOLE_URL,
  'passes on a whole URL of another host at a loopback origin': WHOLE_URL,
  'uses a connection again after a chunked body that was read in part': {
    title: 'responds to a chunked body that was read in part, and may close the connection then',
    run: async (at) => {
      const { hostname, port } = new URL(at);
      const socket = connect(Number(port), hostname);
      const body = 'x'.repeat(500_000);
      const head = 'POST /limited HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n';
      socket.write(`${head}${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`);
      const [first] = await once(socket, 'data');
      socket.destroy();
      assert.match(String(first), /^HTTP\/1\.1 413 /);
    },
  },
  'passes on a path with an additional slash': {
    title: 'redirects a path with an additional slash, because Next.js does so',
    run: async (at) => {
      for (const path of ['/echo/', '//echo', '/below/a/', '/two//b']) {
        assert.equal((await fetch(`${at}${path}`, { redirect: 'manual' })).status, 308, path);
      }
    },
  },
  'passes on a method that no request can have': {
    title: 'responds 500 to a method that no request can have, because Next.js does so',
    run: async (at) => {
      const answer = await raw(at, 'TRACE /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
      assert.match(answer, /^HTTP\/1\.1 500 /);
    },
  },
  'serves a path with escapes that are no UTF-8': {
    title: 'responds 500 to a path with escapes that are no UTF-8, because Next.js does so',
    run: async (at) => {
      assert.equal((await fetch(`${at}/below/%ff`)).status, 500);
    },
  },
};

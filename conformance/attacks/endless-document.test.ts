/**
 * A host that sends more than a document, or sends it very slowly, to occupy the memory and the connections of the server.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/400.html CWE-400}
 * @see {@link https://cwe.mitre.org/data/definitions/409.html CWE-409}
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document-03#section-9.7 CIMD §9.7}
 *
 * Taken out: packages/cimd/src/node/exchange.ts: `maxResponseSize: maxBytes,` → ``
 * Then fails: reads a document of at most its limit
 *
 * Taken out: packages/cimd/src/node/connect-to.ts: `if (socket.bytesRead > maxWireBytes) socket.destroy(tooLarge(maxWireBytes));` → ``
 * Then fails: counts also what is not body
 *
 * Taken out: packages/cimd/src/node/response/judge-head.ts: `if (encoding.trim().toLowerCase() !== 'identity') {` → `if (encoding === '') {`
 * Then fails: does not decompress
 *
 * Taken out: packages/cimd/src/node/deadline.ts: `const all = finishAfter(total,` → `const all = finishAfter(total * 100_000,`
 * Then fails: ends a document that arrives byte by byte
 */
import type { Respond } from '@vestibule/testing/https-host';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { fetchFrom, startDocumentHost } from './support/document-host.ts';

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

/** Sends the same bytes until the connection is closed. */
const endlessly =
  (start: string, part: string): Respond =>
  (socket) => {
    const more = (): void => {
      while (!socket.destroyed && socket.write(part)) {
        // The buffer has room.
      }
    };
    socket.on('drain', more).write(start);
    more();
  };

test('reads a document of at most its limit', async () => {
  const fits = `"${'x'.repeat(5_118)}"`;
  for (const [body, expected] of [
    [fits, { ok: true }],
    [` ${fits}`, { ok: false, reason: 'too-large' }],
  ] as const) {
    const host = await startDocumentHost({ respond: (socket) => socket.end(`${HEAD}\r\n${body}`) });
    expect(await fetchFrom(host)).toMatchObject(expected);
  }
});

describe('counts also what is not body', () => {
  test.each([
    ['interim responses', '', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
    ['extensions of chunks', `${HEAD}Transfer-Encoding: chunked\r\n\r\n1;x=`, 'x'.repeat(1_000)],
  ])('%s', async (_, start, part) => {
    const host = await startDocumentHost({ respond: endlessly(start, part) });
    expect(await fetchFrom(host, { totalTimeout: 10 })).toMatchObject({ ok: false, reason: 'too-large' });
  });
});

test('does not decompress', async () => {
  const body = gzipSync('{}');
  const head = `${HEAD}Content-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`;
  const host = await startDocumentHost({
    respond: (socket) => {
      socket.write(head);
      socket.end(body);
    },
  });
  expect(await fetchFrom(host)).toMatchObject({ ok: false, reason: 'content-encoding' });
});

test('ends a document that arrives byte by byte', async () => {
  const host = await startDocumentHost({
    respond: (socket) => {
      socket.write(`${HEAD}\r\n`);
      const timer = setInterval(() => socket.write(' '), 20);
      socket.on('close', () => clearInterval(timer));
    },
  });
  expect(await fetchFrom(host, { totalTimeout: 0.3 })).toMatchObject({ ok: false, reason: 'timeout' });
});

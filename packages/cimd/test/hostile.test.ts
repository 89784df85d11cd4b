import type { Respond } from '@vestibule/testing/https-host';
import { memoryInUse } from '@vestibule/testing/memory';
import { watchOutgoing } from '@vestibule/testing/outgoing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { head, JSON_TYPE, startAgentHost } from './support/agent-host.ts';

/** Pieces of responses, and what is not one. */
const piece = fc.oneof(
  fc.constantFrom(
    'HTTP/1.1 200 OK\r\n',
    'HTTP/1.0 200\r\n',
    'HTTP/1.1 103 Early Hints\r\n\r\n',
    'HTTP/1.1 100 Continue\r\n\r\n',
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n',
    'HTTP/1.1 304 Not Modified\r\n',
    'HTTP/2 200\r\n',
    'Content-Type: application/json\r\n',
    'Content-Length: 2\r\n',
    'Content-Length: 0\r\n',
    'Content-Length: -1\r\n',
    'Content-Length: 18446744073709551617\r\n',
    'Transfer-Encoding: chunked\r\n',
    'Transfer-Encoding: gzip\r\n',
    'Connection: close\r\n',
    'Connection: keep-alive, upgrade\r\n',
    'Keep-Alive: timeout=0\r\n',
    ' folded\r\n',
    '\r\n',
    '\r',
    '\n',
    '{}',
    '2\r\n{}\r\n',
    '0\r\n',
    'FFFFFFFFFFFFFFFF\r\n',
    'Trailer: x\r\n',
    ': \r\n',
    '\0',
  ),
  fc.string({ maxLength: 20 }),
);

test('every sequence of bytes has an outcome, and leaves no connection open', async () => {
  let parts: readonly string[] = [];
  let end: 'end' | 'destroy' | 'stay' = 'end';
  const host = await startAgentHost((socket) => {
    for (const part of parts) socket.write(part, 'latin1');
    if (end !== 'stay') socket[end]();
  });
  const outgoing = watchOutgoing();
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 12 }),
      fc.constantFrom('end', 'end', 'end', 'destroy', 'destroy', 'stay'),
      async (chosen, ending) => {
        parts = chosen;
        end = ending;
        const outcome = await host.fetch({}, { totalTimeout: 0.1 });
        expect(outcome.ok || /^[\x20-\x7e…]+$/.test(outcome.detail)).toBe(true);
        expect(outgoing.sockets.splice(0).map(({ destroyed }) => destroyed)).toEqual([true]);
      },
    ),
    { numRuns: 300 },
  );
});

test('endless responses leave no memory in use', async () => {
  const endless: Respond = (socket) => {
    socket.write(head(JSON_TYPE));
    const more = (): void => {
      while (!socket.destroyed && socket.write('x'.repeat(16_384))) {
        // The buffer has room.
      }
    };
    socket.on('drain', more);
    more();
  };
  const host = await startAgentHost(endless);
  const fetchTimes = async (count: number): Promise<number> => {
    for (let at = 0; at < count; at += 1) expect(await host.fetch()).toMatchObject({ reason: 'too-large' });
    return memoryInUse();
  };
  const before = await fetchTimes(50);
  const after = await fetchTimes(200);
  // A socket or a body that is left behind each time would have 3 MB or more.
  expect((after - before) / 1024 ** 2).toBeLessThan(3);
});

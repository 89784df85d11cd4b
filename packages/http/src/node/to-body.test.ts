import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { readWhole } from './to-body.ts';

/** A request whose body has arrived in these pieces, without `Content-Length`. */
function arrived(...sizes: readonly number[]): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  for (const size of sizes) request.push(Buffer.alloc(size, 'x'));
  request.push(null);
  request.complete = true;
  return request;
}

test.each([
  ['of exactly the limit', [10], 10],
  ['in two pieces', [4, 6], 10],
  ['without a byte', [], 0],
])('reads a body that has arrived without waiting: %s', async (_, sizes, size) => {
  const read = readWhole(arrived(...sizes), 10);
  expect(read).toBeInstanceOf(Array);
  const pieces = await read;
  expect(Buffer.concat(pieces === 'too-large' ? [] : pieces)).toHaveLength(size);
});

test.each([[[11]], [[6, 5]]])('refuses a body over the limit that has arrived in %j', async (sizes) => {
  expect(readWhole(arrived(...sizes), 10)).toBe('too-large');
});

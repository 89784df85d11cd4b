import express from 'express';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { clientAddress } from './client-address.ts';

/** Asks for the address that Express determines, and for ours, of a request with this `X-Forwarded-For`. */
async function addresses(
  trustProxy: string | number | boolean,
  forwarded: string | undefined,
): Promise<Record<'express' | 'ours' | 'connection', string>> {
  const app = express().set('trust proxy', trustProxy);
  app.use((request, response) => {
    const ours = clientAddress(request, app.get('trust proxy fn'));
    response.json({ express: request.ip, ours, connection: request.socket.remoteAddress });
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  onTestFinished(() => server.close().closeAllConnections());
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  const response = await fetch(`http://127.0.0.1:${port}/`, { headers });
  return JSON.parse(await response.text());
}

const TRUSTED = [false, 1, 2, 3, 'loopback', 'loopback, 10.0.0.0/8', true];
const FORWARDED = [
  undefined,
  '203.0.113.9',
  '203.0.113.9, 198.51.100.7',
  '203.0.113.9,198.51.100.7 , 10.0.0.1',
  '203.0.113.9, 10.0.0.1, 127.0.0.1',
  '2001:db8::9, ::1',
  '203.0.113.9,',
  ',203.0.113.9',
];

test.each(TRUSTED.flatMap((trust) => FORWARDED.map((forwarded) => [trust, forwarded] as const)))(
  'determines the address of a client as Express does: trusts %j, X-Forwarded-For: %j',
  async (trust, forwarded) => {
    const { express: expected, ours } = await addresses(trust, forwarded);
    expect(ours).toBe(expected);
  },
);

test.each(['unknown', '_hidden', '203.0.113.999', 'x'.repeat(1_000), '203.0.113.9 x'])(
  'uses the address of the connection instead of a text that is not an address: %s',
  async (forwarded) => {
    const { ours, connection } = await addresses(1, forwarded);
    expect(ours).toBe(connection);
  },
);

import { watchOutgoing } from '@vestibule/testing/outgoing';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { askNameServers } from './name-servers.ts';
import { systemResolver } from './resolver.ts';

const TYPES = { A: 1, AAAA: 28 } as const;

/**
 * A name server that has these addresses for every name, and does not respond to queries of other types.
 *
 * @returns its address with its port
 */
async function startNameServer(addresses: Partial<Record<keyof typeof TYPES, readonly number[]>>) {
  const server = createSocket('udp4');
  server.on('message', (query, { port, address }) => {
    const end = query.indexOf(0, 12) + 5;
    const type = query.readUInt16BE(end - 4);
    const [, found] =
      Object.entries(addresses).find(([name]) => TYPES[name as keyof typeof TYPES] === type) ?? [];
    if (found === undefined) return;
    const head = Buffer.from([
      query[0] ?? 0,
      query[1] ?? 0,
      0x81,
      0x80,
      0,
      1,
      0,
      found.length > 0 ? 1 : 0,
      0,
      0,
      0,
      0,
    ]);
    const answer = [0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, found.length, ...found];
    server.send(
      Buffer.concat([head, query.subarray(12, end), Buffer.from(found.length > 0 ? answer : [])]),
      port,
      address,
    );
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `127.0.0.1:${server.address().port}`;
}

const IPV6 = [0x26, 0x06, 0x47, 0, ...Array.from({ length: 11 }, () => 0), 1];

test('asks name servers for the addresses of both families', async () => {
  const server = await startNameServer({ A: [192, 0, 2, 7], AAAA: IPV6 });
  const found = await askNameServers('agent.example', [server]);
  expect(found.toSorted()).toEqual(['192.0.2.7', '2606:4700::1']);
});

test.each([
  ['IPv4', { A: [192, 0, 2, 7], AAAA: [] }, ['192.0.2.7']],
  ['IPv6', { A: [], AAAA: IPV6 }, ['2606:4700::1']],
])('resolves a name that has only addresses of %s', async (_, addresses, found) => {
  expect(await askNameServers('agent.example', [await startNameServer(addresses)])).toEqual(found);
});

test('throws for a name without an address', async () => {
  const server = await startNameServer({ A: [], AAAA: [] });
  await expect(askNameServers('agent.example', [server])).rejects.toMatchObject({ code: 'ENODATA' });
});

test('occupies no thread of the process with a name that a stranger chose', async () => {
  const outgoing = watchOutgoing();
  await systemResolver.resolve('stranger.invalid', 'stranger').catch(() => undefined);
  expect(outgoing.lookups()).toBe(0);
});

test('resolves a name that an operator chose as other programs do', async () => {
  const outgoing = watchOutgoing();
  expect(await systemResolver.resolve('localhost', 'operator')).not.toEqual([]);
  expect(outgoing.lookups()).toBe(1);
});

test('resolves a name that a stranger chose by the hosts file first', async () => {
  expect(await systemResolver.resolve('localhost', 'stranger')).toContain('127.0.0.1');
});

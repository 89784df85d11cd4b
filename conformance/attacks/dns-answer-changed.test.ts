/**
 * The DNS server of a document's host changes its answer between the check and the connection: the first address is public, the
 * second one is inside.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/367.html CWE-367}
 * @see {@link https://cwe.mitre.org/data/definitions/918.html CWE-918}
 *
 * Taken out: packages/cimd/src/node/connect-to.ts: `host: address,` → `host: target.host,`
 * Then fails: connects to the address that was judged, and resolves the name once
 */
import { watchOutgoing } from '@vestibule/testing/outgoing';
import { expect, test, vi } from 'vitest';
import { fetchFrom, startDocumentHost } from './support/document-host.ts';

test('connects to the address that was judged, and resolves the name once', async () => {
  const host = await startDocumentHost();
  const outgoing = watchOutgoing();
  const resolve = vi.fn<(name: string) => Promise<readonly string[]>>();
  resolve.mockResolvedValueOnce(['127.0.0.1']).mockResolvedValue(['127.0.0.2']);
  const outcome = await fetchFrom(host, { resolver: { resolve } });
  expect(outcome).toMatchObject({ ok: true });
  expect(resolve).toHaveBeenCalledTimes(1);
  expect([outgoing.lookups(), outgoing.connects(), host.connections()]).toEqual([0, 1, 1]);
});

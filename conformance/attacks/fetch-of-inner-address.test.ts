/**
 * Server-side request forgery: the URL of a client's document leads to the inside of the server's network, in a spelling or by a
 * name that does not look like it.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/918.html CWE-918}
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document-03#section-9.6 CIMD §9.6}
 *
 * Taken out: packages/cimd/src/node/address/judge-address.ts: `return special === undefined ?` → `return true ?`
 * Taken out: packages/cimd/src/node/address/judge-address.ts: `if (inner?.allowed === false)` → `if (false)`
 * Then fails: connects to nothing inside
 *
 * Taken out: packages/cimd/src/node/address/judged-address.ts: `for (const address of answer) {` → `for (const address of answer.slice(0, 1)) {`
 * Then fails: connects to no host that has an address inside among others
 *
 * Taken out: packages/cimd/src/node/address/judge-address.ts: `if (inner?.allowed === false)` → `if (false)`
 * Then fails: connects through an allowed translator to nothing inside
 */
import { judgeAddress } from '@vestibule/cimd/node';
import { watchOutgoing } from '@vestibule/testing/outgoing';
import { describe, expect, test } from 'vitest';
import { fetchFrom, startDocumentHost } from './support/document-host.ts';

describe('connects to nothing inside', () => {
  test.each([
    '127.0.0.1',
    '0x7f.1',
    '2130706433',
    '0177.0.0.1',
    '１２７。0。0。1',
    '%31%32%37.0.0.1',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    'localhost',
    'agent.example',
    '127.0.0.1.nip.io',
  ])('as %s', async (name) => {
    const host = await startDocumentHost({ hosts: ['127.0.0.1', 'agent.example', 'localhost'] });
    const outgoing = watchOutgoing();
    const outcome = await fetchFrom(`https://${name}:${host.port}/client.json`, { allow: [] });
    expect(outcome).toMatchObject({ ok: false, reason: 'address' });
    expect([outgoing.connects(), host.connections()]).toEqual([0, 0]);
  });
});

test('connects to no host that has an address inside among others', async () => {
  const host = await startDocumentHost();
  const outgoing = watchOutgoing();
  const resolver = { resolve: () => Promise.resolve(['127.0.0.1', '127.0.0.2']) };
  const outcome = await fetchFrom(host, { resolver, allow: ['127.0.0.1/32'] });
  expect(outcome).toMatchObject({ ok: false, reason: 'address' });
  expect([outgoing.connects(), host.connections()]).toEqual([0, 0]);
});

test('connects through an allowed translator to nothing inside', () => {
  const translator = { allow: ['64:ff9b::/96', '2002::/16', '::ffff:0:0/96'] };
  const inside = ['64:ff9b::a9fe:a9fe', '64:ff9b::10.0.0.1', '2002:7f00:1::1', '::ffff:192.168.0.1'];
  expect(inside.filter((address) => judgeAddress(address, translator).allowed)).toEqual([]);
  expect(judgeAddress('64:ff9b::808:808', translator).allowed).toBe(true);
});

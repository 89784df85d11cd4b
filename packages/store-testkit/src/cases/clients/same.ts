import { strict as assert } from 'node:assert';
import type { ClientStore, Client } from '@vestibule/core';
import { scramble } from '../../check/scramble.ts';
import { connectionCase, storeCase, type StoreCase } from '../../harness/case.ts';
import { NOW } from '../../sample/time.ts';
import { clientWith, idsOf, printed, register } from './registered.ts';
import { NEXT, SITUATIONS } from './situations.ts';

const INSERTED = { outcome: 'inserted' };
const coalesced = (client: Client) => ({ outcome: 'coalesced', client });

const situationCases = SITUATIONS.flatMap(([id, title, before, sameId]) => {
  const same = before.find((client) => client.id === sameId);
  const inserts = async (clients: ClientStore): Promise<void> => {
    await register(clients, ...before);
    assert.deepStrictEqual(await clients.insert(NEXT, NOW), same === undefined ? INSERTED : coalesced(same));
    assert.deepStrictEqual(await clients.find('main', 'next'), same === undefined ? NEXT : undefined);
  };
  const finds = async (clients: ClientStore): Promise<void> => {
    await register(clients, ...before);
    assert.deepStrictEqual(await clients.findDuplicate('main', 'print', NOW), same);
  };
  return [
    storeCase(`clients.insert.same-${id}`, `${title}, when the next is added`, ({ clients }) =>
      inserts(clients),
    ),
    storeCase(`clients.findDuplicate.${id}`, `${title}, when it is looked for`, ({ clients }) =>
      finds(clients),
    ),
  ];
});

export const sameCases: readonly StoreCase[] = [
  ...situationCases,
  storeCase(
    'clients.insert.same-unasked',
    'without duplicateSince every client is added',
    async ({ clients }) => {
      await register(clients, printed('a'), printed('b', NOW + 1), printed('c', NOW + 1));
      assert.deepStrictEqual(await idsOf(clients), ['a', 'b', 'c']);
    },
  ),
  storeCase(
    'clients.insert.same-without-fingerprint',
    'clients without a fingerprint are never duplicates',
    async ({ clients }) => {
      for (const id of ['a', 'b']) {
        assert.deepStrictEqual(await clients.insert(clientWith(id), NOW - 1), INSERTED);
      }
      assert.deepStrictEqual(await idsOf(clients), ['a', 'b']);
    },
  ),
  storeCase(
    'clients.insert.same-never-overwrites',
    'an existing client with the same id and another fingerprint is not changed',
    async ({ clients }) => {
      const [first] = await register(clients, printed('a'));
      const other = printed('a', NOW + 1, { registration: { fingerprint: 'other' }, name: 'other' });
      assert.deepStrictEqual(await clients.insert(other, NOW - 1), { outcome: 'exists' });
      assert.deepStrictEqual(await clients.find('main', 'a'), first);
      assert.equal(await clients.findDuplicate('main', 'other', NOW - 1), undefined);
    },
  ),
  storeCase(
    'clients.insert.same-as-it-is-now',
    'the returned client is the current one',
    async ({ clients }) => {
      await register(clients, printed('a', NOW + 1));
      const next = printed('a', NOW + 1, { name: 'changed', lastUsedAt: NOW + 2 });
      await clients.replace(next, 1);
      const kept = { ...next, version: 2 };
      const answer = await clients.insert(NEXT, NOW);
      assert.deepStrictEqual(answer, coalesced(kept));
      scramble(answer);
      const found = await clients.findDuplicate('main', 'print', NOW);
      assert.deepStrictEqual(found, kept);
      scramble(found);
      assert.deepStrictEqual(await clients.find('main', 'a'), kept);
    },
  ),
  storeCase(
    'clients.insert.same-gone',
    'a client that was removed, blocked or given another fingerprint since is not a duplicate',
    async ({ clients }) => {
      await register(clients, printed('a', NOW + 1), printed('b', NOW + 2), printed('c', NOW + 3));
      await clients.remove('main', 'c');
      await clients.replace(printed('b', NOW + 2, { blockedAt: NOW + 4 }), 1);
      await clients.replace(printed('a', NOW + 1, { registration: { fingerprint: 'other' } }), 1);
      assert.equal(await clients.findDuplicate('main', 'print', NOW), undefined);
      assert.deepStrictEqual(await clients.insert(NEXT, NOW), INSERTED);
    },
  ),
  connectionCase(
    'clients.insert.same',
    'a registration over one connection is a duplicate over another',
    async (here, there) => {
      assert.equal(await there.clients.findDuplicate('main', 'print', NOW), undefined);
      const [first] = await register(here.clients, printed('a', NOW + 1));
      assert.deepStrictEqual(await there.clients.findDuplicate('main', 'print', NOW), first);
      assert.deepStrictEqual(await there.clients.insert(NEXT, NOW), { outcome: 'coalesced', client: first });
      assert.deepStrictEqual(await idsOf(here.clients), ['a']);
    },
  ),
];

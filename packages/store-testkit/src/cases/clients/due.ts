import { strict as assert } from 'node:assert';
import type { DueKind, Instant } from '@vestibule/core';
import { scramble } from '../../check/scramble.ts';
import { connectionCase, storeCase, type StoreCase } from '../../harness/case.ts';
import { preregistered, withDocument } from '../../sample/client.ts';
import { NOW } from '../../sample/time.ts';
import { clientWith, type Facts, register } from './registered.ts';

/** Clients of each kind, whose period begins at a time. Their other times do not matter. */
const OF: Readonly<Record<DueKind, (since: Instant) => Facts>> = {
  unused: (since) => ({ issuedAt: since }),
  dormant: (since) => ({ issuedAt: NOW + 50, lastUsedAt: since }),
  asleep: (since) => ({ issuedAt: NOW + 50, lastUsedAt: NOW + 60, registration: { hibernatedAt: since } }),
};

/** The same clients, with all times long ago. */
const LONG_OVER: Readonly<Record<DueKind, Facts>> = {
  unused: { issuedAt: NOW - 50 },
  dormant: { issuedAt: NOW - 50, lastUsedAt: NOW - 40 },
  asleep: { issuedAt: NOW - 50, lastUsedAt: NOW - 40, registration: { hibernatedAt: NOW - 30 } },
};

const KINDS = ['unused', 'dormant', 'asleep'] as const;

const dueCasesOf = (kind: DueKind, of = OF[kind]): readonly StoreCase[] => [
  storeCase(
    `clients.findDue.${kind}`,
    `clients that are ${kind} are found at the exact instant, as they are, and no others`,
    async ({ clients }) => {
      const registered = await register(
        clients,
        ...[-1, 0, 1].map((offset) => clientWith(`at${offset}`, of(NOW + offset))),
      );
      for (const other of KINDS.filter((one) => one !== kind)) {
        await register(clients, clientWith(`of-${other}`, LONG_OVER[other]));
      }
      const found = await clients.findDue('main', kind, NOW, 100);
      assert.deepStrictEqual(found, registered.slice(0, 2));
      scramble(found);
      assert.deepStrictEqual(await clients.findDue('main', kind, NOW, 100), registered.slice(0, 2));
    },
  ),
  storeCase(
    `clients.findDue.${kind}-first`,
    `of clients that are ${kind} those come first whose time was over first, and as many as are asked for`,
    async ({ clients }) => {
      for (const [index, offset] of [-3, -9, -1, -7, -5].entries()) {
        await register(clients, clientWith(`${'mzafq'[index]}`, of(NOW + offset)));
      }
      for (const limit of [1, 2, 4, 5, 100]) {
        const found = await clients.findDue('main', kind, NOW, limit);
        assert.deepStrictEqual(
          { limit, ids: found.map(({ id }) => id) },
          { limit, ids: ['z', 'f', 'q', 'm', 'a'].slice(0, limit) },
        );
      }
    },
  ),
  storeCase(
    `clients.findDue.${kind}-blocked`,
    `a blocked client that is ${kind} is never found, and takes the place of no other`,
    async ({ clients }) => {
      await register(
        clients,
        clientWith('a', { ...of(NOW - 2), blockedAt: NOW - 1 }),
        clientWith('b', { ...of(NOW - 2), blockedAt: 0 }),
        clientWith('c', of(NOW - 1)),
      );
      const found = await clients.findDue('main', kind, NOW, 1);
      assert.deepStrictEqual(found, [clientWith('c', of(NOW - 1))]);
      await clients.replace(clientWith('c', { ...of(NOW - 1), blockedAt: NOW }), 1);
      assert.deepStrictEqual(await clients.findDue('main', kind, NOW, 1), []);
    },
  ),
  storeCase(
    `clients.findDue.${kind}-preregistered`,
    `only dynamic clients are found as ${kind}: clients of other kinds take no place of theirs`,
    async ({ clients }) => {
      await register(
        clients,
        preregistered(clientWith('a', of(NOW - 2))),
        withDocument(clientWith('b', of(NOW - 2))),
        clientWith('c', of(NOW - 1)),
      );
      const found = await clients.findDue('main', kind, NOW, 1);
      assert.deepStrictEqual(found, [clientWith('c', of(NOW - 1))]);
    },
  ),
  storeCase(
    `clients.findDue.${kind}-realms-apart`,
    `each realm has clients of its own that are ${kind}`,
    async ({ clients }) => {
      const elsewhere = clientWith('a', { ...of(NOW), realm: 'other' });
      await register(clients, clientWith('a', of(NOW)), elsewhere);
      assert.deepStrictEqual(await clients.findDue('other', kind, NOW, 5), [elsewhere]);
      assert.deepStrictEqual(await clients.findDue('third', kind, NOW, 5), []);
    },
  ),
];

export const dueCases: readonly StoreCase[] = [
  ...KINDS.flatMap((kind) => dueCasesOf(kind)),
  storeCase(
    'clients.findDue.follows',
    'a client moves from one kind to the next as it is used, hibernated, reactivated and removed',
    async ({ clients }) => {
      const kinds = async (): Promise<readonly string[]> => {
        const found = [];
        for (const kind of KINDS) {
          if ((await clients.findDue('main', kind, NOW + 9, 5)).length > 0) found.push(kind);
        }
        return found;
      };
      assert.deepStrictEqual(await kinds(), []);
      await register(clients, clientWith('a'));
      assert.deepStrictEqual(await kinds(), ['unused']);
      await clients.touch('main', 'a', NOW + 1);
      assert.deepStrictEqual(await kinds(), ['dormant']);
      await clients.replace(
        clientWith('a', { lastUsedAt: NOW + 1, registration: { hibernatedAt: NOW + 2 } }),
        2,
      );
      assert.deepStrictEqual(await kinds(), ['asleep']);
      await clients.touch('main', 'a', NOW + 3);
      assert.deepStrictEqual(await kinds(), ['dormant']);
      await clients.touch('main', 'a', NOW + 10);
      assert.deepStrictEqual(await kinds(), []);
      await register(clients, clientWith('b'));
      assert.deepStrictEqual(await kinds(), ['unused']);
      await clients.remove('main', 'b');
      assert.deepStrictEqual(await kinds(), []);
    },
  ),
  connectionCase(
    'clients.findDue',
    'a client that was just used is due over no connection',
    async (here, there) => {
      await register(here.clients, clientWith('a', OF.asleep(NOW)));
      assert.equal((await there.clients.findDue('main', 'asleep', NOW, 5)).length, 1);
      await here.clients.touch('main', 'a', NOW + 1);
      assert.deepStrictEqual(await there.clients.findDue('main', 'asleep', NOW, 5), []);
      assert.deepStrictEqual(await there.clients.findDue('main', 'dormant', NOW, 5), []);
    },
  ),
];

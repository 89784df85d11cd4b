import { strict as assert } from 'node:assert';
import type { MetadataDocumentClient } from '@vestibule/core';
import { scramble } from '../../check/scramble.ts';
import { storeCase, type StoreCase } from '../../harness/case.ts';
import { preregistered, withDocument } from '../../sample/client.ts';
import { NOW } from '../../sample/time.ts';
import { clientWith, type Facts, register } from './registered.ts';

const document = (id: string, facts: Facts = {}): MetadataDocumentClient =>
  withDocument(clientWith(id, facts));

/** Unused ones are due sooner than used ones. */
const UNTIL = { unused: NOW, used: NOW - 100 };

const idsOf = (clients: readonly MetadataDocumentClient[]): readonly string[] => clients.map(({ id }) => id);

export const documentCases: readonly StoreCase[] = [
  storeCase(
    'clients.countDocuments',
    'clients with documents that are not blocked are counted, used or not, in their realm, and no others are',
    async ({ clients }) => {
      assert.equal(await clients.countDocuments('main', 100), 0);
      await register(
        clients,
        document('unused'),
        document('used', { lastUsedAt: NOW }),
        document('blocked', { blockedAt: NOW }),
        document('blocked-since-1970', { blockedAt: 0 }),
        document('elsewhere', { realm: 'other' }),
        preregistered(clientWith('preregistered')),
        clientWith('dynamic'),
      );
      assert.equal(await clients.countDocuments('main', 100), 2);
      assert.equal(await clients.countDocuments('other', 100), 1);
      assert.equal(await clients.countDocuments('third', 100), 0);
    },
  ),
  storeCase(
    'clients.countDocuments.at-most',
    'the count of clients with documents is exact up to the limit, and never higher',
    async ({ clients }) => {
      for (let number = 0; number < 5; number += 1) await register(clients, document(`c${number}`));
      for (const atMost of [0, 1, 4, 5, 6, 10_000]) {
        assert.deepStrictEqual(
          [atMost, await clients.countDocuments('main', atMost)],
          [atMost, Math.min(5, atMost)],
        );
      }
    },
  ),
  storeCase(
    'clients.findDocumentsDue',
    'clients with documents are found at the exact instant, unused and used ones at their own, as they are',
    async ({ clients }) => {
      const due = await register(
        clients,
        document('used', { issuedAt: NOW - 500, lastUsedAt: NOW - 100 }),
        document('unused', { issuedAt: NOW }),
      );
      await register(
        clients,
        document('unused-later', { issuedAt: NOW + 1 }),
        document('used-later', { issuedAt: NOW - 500, lastUsedAt: NOW - 99 }),
      );
      const found = await clients.findDocumentsDue('main', UNTIL, 100);
      assert.deepStrictEqual(found, due);
      scramble(found);
      assert.deepStrictEqual(await clients.findDocumentsDue('main', UNTIL, 100), due);
    },
  ),
  storeCase(
    'clients.findDocumentsDue.first',
    'of clients with documents those come first that were used or stored first, and as many as are asked for',
    async ({ clients }) => {
      await register(
        clients,
        document('m', { issuedAt: NOW - 3 }),
        document('z', { issuedAt: NOW - 9 }),
        document('a', { issuedAt: NOW - 999, lastUsedAt: NOW - 101 }),
      );
      for (const limit of [1, 2, 3, 100]) {
        const found = idsOf(await clients.findDocumentsDue('main', UNTIL, limit));
        assert.deepStrictEqual({ limit, found }, { limit, found: ['a', 'z', 'm'].slice(0, limit) });
      }
    },
  ),
  storeCase(
    'clients.findDocumentsDue.others',
    'blocked clients, and those of other kinds and realms, are never among documents that are due',
    async ({ clients }) => {
      const long = { issuedAt: NOW - 500 };
      await register(
        clients,
        document('blocked', { ...long, blockedAt: NOW }),
        preregistered(clientWith('preregistered', long)),
        clientWith('dynamic', long),
        document('elsewhere', { ...long, realm: 'other' }),
        document('here', long),
      );
      assert.deepStrictEqual(idsOf(await clients.findDocumentsDue('main', UNTIL, 1)), ['here']);
      assert.deepStrictEqual(idsOf(await clients.findDocumentsDue('main', UNTIL, 100)), ['here']);
      assert.deepStrictEqual(idsOf(await clients.findDocumentsDue('other', UNTIL, 100)), ['elsewhere']);
    },
  ),
];

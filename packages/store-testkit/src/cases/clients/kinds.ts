import { strict as assert } from 'node:assert';
import { connectionCase, storeCase, type StoreCase } from '../../harness/case.ts';
import { client, full, preregistered, withDocument } from '../../sample/client.ts';
import type { Place } from '../../sample/place.ts';
import { NOW } from '../../sample/time.ts';
import { register } from './registered.ts';

const place = (key: string): Place => ({ realm: 'main', key });

/** A client of each kind, with as much in common as they can have. */
const ofEachKind = ({ key }: Place, name?: string) => {
  const one = { ...full, ...client(place(key), name), registration: full.registration };
  return [one, preregistered(one), withDocument(one)] as const;
};

export const kindCases: readonly StoreCase[] = [
  storeCase(
    'clients.kinds.kept',
    'a client keeps its kind, and what belongs to it, when it is found, listed, used and blocked',
    async ({ clients }) => {
      for (const [index, one] of ofEachKind(place('one')).entries()) {
        const kept = { ...one, id: `client-${index}` };
        await register(clients, kept);
        assert.deepStrictEqual(await clients.find('main', kept.id), kept);
        assert.equal(await clients.touch('main', kept.id, NOW + 9), 'touched');
        const used = await clients.find('main', kept.id);
        assert.equal(used?.kind, one.kind);
        const blocked = { ...kept, blockedAt: NOW + 10 };
        assert.equal(await clients.replace(blocked, 2), 'replaced');
        assert.deepStrictEqual(await clients.find('main', kept.id), { ...blocked, version: 3 });
      }
      const { items } = await clients.list('main', { limit: 5 });
      assert.deepStrictEqual(
        items.map(({ id, kind }) => [id, kind]),
        [
          ['client-0', 'dynamic'],
          ['client-1', 'pre-registered'],
          ['client-2', 'metadata-document'],
        ],
      );
    },
  ),
  storeCase(
    'clients.kinds.replaced',
    'a client that is replaced by one of another kind is of that kind, with nothing of the kind it had',
    async ({ clients }) => {
      for (const [from, before] of ofEachKind(place('one')).entries()) {
        for (const [to, after] of ofEachKind(place('one'), 'changed').entries()) {
          const id = `client-${from}-${to}`;
          await register(clients, { ...before, id });
          assert.equal(await clients.replace({ ...after, id }, 1), 'replaced');
          assert.deepStrictEqual(await clients.find('main', id), { ...after, id, version: 2 });
        }
      }
    },
  ),
  connectionCase(
    'clients.kinds',
    'the kind of a client is the same over every connection',
    async (here, there) => {
      for (const [index, one] of ofEachKind(place('one')).entries()) {
        const kept = { ...one, id: `client-${index}` };
        await register(here.clients, kept);
        assert.deepStrictEqual(await there.clients.find('main', kept.id), kept);
      }
    },
  ),
];

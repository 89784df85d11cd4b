import { strict as assert } from 'node:assert';
import type { Stores } from '@vestibule/server';
import type { StoreCase } from '../../harness/case.ts';
import { signingKey } from '../../sample/key.ts';
import { ELSEWHERE, HERE } from '../../sample/place.ts';
import { changeCases } from './change-cases.ts';

const KEY = signingKey(HERE);
const SUCCESSOR = signingKey({ realm: 'main', key: 'witness' });

async function succeeded({ keys }: Stores): Promise<void> {
  await keys.insert(KEY, undefined);
  await keys.insert(SUCCESSOR, 'one');
}

const kidsOf = async ({ keys }: Stores): Promise<readonly string[]> =>
  (await keys.list('main')).map(({ kid }) => kid);

/** The begin and the end of keys. */
export const keyChangeCases: readonly StoreCase[] = [
  ...changeCases(
    [
      {
        name: 'first',
        title: 'the first key of a realm is added',
        before: ({ keys }) => keys.insert(signingKey(ELSEWHERE), undefined),
        change: { kind: 'key.insert', key: KEY, after: undefined },
        check: async ({ keys }) => assert.deepStrictEqual([...(await keys.list('main'))], [KEY]),
      },
      {
        name: 'succeeds',
        title: 'a key is added as the successor of the newest one',
        before: ({ keys }) => keys.insert(KEY, undefined),
        change: { kind: 'key.insert', key: SUCCESSOR, after: 'one' },
        check: async (stores) => assert.deepStrictEqual(await kidsOf(stores), ['witness', 'one']),
      },
    ],
    [
      {
        name: 'stale',
        title: 'a key is not added if the newest one has a successor',
        before: succeeded,
        change: { kind: 'key.insert', key: signingKey({ realm: 'main', key: 'third' }), after: 'one' },
        unmet: { kind: 'key.insert' },
      },
      {
        name: 'not-the-first',
        title: 'a key is not added as the first if the realm has one',
        before: ({ keys }) => keys.insert(KEY, undefined),
        change: { kind: 'key.insert', key: SUCCESSOR, after: undefined },
        unmet: { kind: 'key.insert' },
      },
      {
        name: 'no-predecessor',
        title: 'a key is not added as a successor if the realm has no key',
        change: { kind: 'key.insert', key: SUCCESSOR, after: 'one' },
        unmet: { kind: 'key.insert' },
      },
    ],
  ),
  ...changeCases(
    [
      {
        name: 'removes',
        title: 'a key that has a successor is deleted',
        before: succeeded,
        change: { kind: 'key.remove', realm: 'main', kid: 'one' },
        check: async (stores) => assert.deepStrictEqual(await kidsOf(stores), ['witness']),
      },
    ],
    [
      {
        name: 'newest',
        title: 'the newest key is not deleted',
        before: succeeded,
        change: { kind: 'key.remove', realm: 'main', kid: 'witness' },
        unmet: { kind: 'key.remove', reason: 'newest' },
      },
      {
        name: 'missing',
        title: 'an unknown key is not deleted',
        before: succeeded,
        change: { kind: 'key.remove', realm: 'main', kid: 'third' },
        unmet: { kind: 'key.remove', reason: 'missing' },
      },
    ],
  ),
];

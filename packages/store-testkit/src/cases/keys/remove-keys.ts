import { strict as assert } from 'node:assert';
import type { KeyStore } from '@vestibule/server';
import { tally } from '../../check/tally.ts';
import { times } from '../../check/times.ts';
import { connectionCase, storeCase, type StoreCase } from '../../harness/case.ts';
import { call } from '../../race/call.ts';
import { raceCases } from '../../race/race-cases.ts';
import { mixed } from '../../race/mixed.ts';
import { RACERS } from '../../race/race.ts';
import { keyShelf, signingKey } from '../../sample/key.ts';
import { strangeKeyCase } from '../../shelf/strange-keys.ts';

const key = (kid: string, realm = 'main') => signingKey({ realm, key: kid });

/** Adds keys that succeed each other. */
async function addKeys(keys: KeyStore, kids: readonly string[], realm = 'main'): Promise<void> {
  for (const [i, kid] of kids.entries()) {
    assert.equal(await keys.insert(key(kid, realm), kids[i - 1]), 'inserted');
  }
}

const kidsOf = async (keys: KeyStore, realm = 'main'): Promise<readonly string[]> =>
  (await keys.list(realm)).map(({ kid }) => kid);

export const removeCases: readonly StoreCase[] = [
  strangeKeyCase(keyShelf, 'remove', (kid) => call('keys', 'remove', 'main', kid), 'missing'),
  storeCase(
    'keys.remove.older',
    'a key that is not the newest is removed, once, and the others stay in their order',
    async ({ keys }) => {
      await addKeys(keys, ['m', 'z', 'a', 'n']);
      assert.equal(await keys.remove('main', 'z'), 'removed');
      assert.equal(await keys.remove('main', 'z'), 'missing');
      assert.deepStrictEqual(await keys.list('main'), [key('n'), key('a'), key('m')]);
      assert.equal(await keys.remove('main', 'm'), 'removed');
      assert.equal(await keys.insert(key('b'), 'n'), 'inserted');
      assert.deepStrictEqual(await kidsOf(keys), ['b', 'n', 'a']);
    },
  ),
  storeCase('keys.remove.newest', 'the newest key stays, alone or not', async ({ keys }) => {
    await addKeys(keys, ['a', 'b']);
    assert.equal(await keys.remove('main', 'b'), 'newest');
    assert.equal(await keys.remove('main', 'a'), 'removed');
    assert.equal(await keys.remove('main', 'b'), 'newest');
    assert.deepStrictEqual(await kidsOf(keys), ['b']);
    assert.equal(await keys.insert(key('c'), 'b'), 'inserted');
    assert.equal(await keys.remove('main', 'b'), 'removed');
    assert.deepStrictEqual(await kidsOf(keys), ['c']);
  }),
  storeCase(
    'keys.remove.realms-apart',
    'an unknown key is missing, and removing in one realm leaves the others alone',
    async ({ keys }) => {
      for (const realm of ['main', 'other']) await addKeys(keys, ['a', 'b'], realm);
      assert.equal(await keys.remove('main', 'A'), 'missing');
      assert.equal(await keys.remove('third', 'a'), 'missing');
      assert.equal(await keys.remove('other', 'a'), 'removed');
      assert.deepStrictEqual(await kidsOf(keys), ['b', 'a']);
      assert.deepStrictEqual(await kidsOf(keys, 'other'), ['b']);
    },
  ),
  connectionCase(
    'keys.remove',
    'a key that was removed is listed over no connection',
    async (here, there) => {
      await addKeys(here.keys, ['a', 'b']);
      assert.deepStrictEqual(await kidsOf(there.keys), ['b', 'a']);
      await here.keys.remove('main', 'a');
      assert.deepStrictEqual(await kidsOf(there.keys), ['b']);
    },
  ),
  ...raceCases({
    id: 'keys.remove.once-of-20',
    title: 'exactly one removes the key',
    heat: (realm) => ({
      prepare: ({ keys }) => addKeys(keys, ['a', 'b'], realm),
      calls: times(RACERS, () => call('keys', 'remove', realm, 'a')),
      judge: async (answers, { keys }) => {
        assert.deepStrictEqual(tally(answers), { removed: 1, missing: RACERS - 1 });
        assert.deepStrictEqual(await kidsOf(keys, realm), ['b']);
      },
    }),
  }),
  ...raceCases({
    id: 'keys.remove.against-insert',
    title: 'the newest key is removed only after it has a successor, of which there is one',
    heat: (realm) => ({
      prepare: ({ keys }) => addKeys(keys, ['a', 'b'], realm),
      calls: mixed(
        () => call('keys', 'remove', realm, 'b'),
        (number) => call('keys', 'insert', key(`key-${number}`, realm), 'b'),
      ),
      judge: async (answers, { keys }) => {
        const { inserted, removed = 0 } = tally(answers);
        assert.deepStrictEqual({ inserted, once: removed <= 1 }, { inserted: 1, once: true });
        const successor = `key-${answers.indexOf('inserted')}`;
        assert.deepStrictEqual(
          await kidsOf(keys, realm),
          removed === 1 ? [successor, 'a'] : [successor, 'b', 'a'],
        );
      },
    }),
  }),
];

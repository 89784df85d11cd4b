import { strict as assert } from 'node:assert';
import { scramble } from '../../check/scramble.ts';
import { tally } from '../../check/tally.ts';
import { times } from '../../check/times.ts';
import { storeCase, type StoreCase } from '../../harness/case.ts';
import { call } from '../../race/call.ts';
import { raceCases } from '../../race/race-cases.ts';
import { RACERS, type Race } from '../../race/race.ts';
import { keyShelf, signingKey } from '../../sample/key.ts';
import { apartCases } from '../../shelf/apart.ts';
import { copiedInCases, copiedOutCases } from '../../shelf/copies.ts';
import { keptCases } from '../../shelf/kept.ts';
import { onceCases } from '../../shelf/once.ts';
import { removeCases } from './remove-keys.ts';
import { replacePrivateKeyCases } from './replace-private-key.ts';

const key = (kid: string, realm = 'main') => signingKey({ realm, key: kid });

/** Many concurrent keys that all succeed the same one. */
const succession = (id: string, title: string, before: readonly string[]): Race => ({
  id,
  title,
  heat: (realm) => {
    const candidates = times(RACERS, (number) => key(`key-${number}`, realm));
    const known = before.map((kid) => key(kid, realm));
    return {
      prepare: async ({ keys }) => {
        for (const [i, one] of known.entries()) await keys.insert(one, known[i - 1]?.kid);
      },
      calls: candidates.map((one) => call('keys', 'insert', one, before.at(-1))),
      judge: async (answers, { keys }) => {
        assert.deepStrictEqual(tally(answers), { inserted: 1, stale: RACERS - 1 });
        const winner = candidates[answers.indexOf('inserted')];
        assert.deepStrictEqual(await keys.list(realm), [winner, ...known.toReversed()]);
      },
    };
  },
});

export const keyCases: readonly StoreCase[] = [
  ...keptCases(keyShelf),
  ...onceCases(keyShelf),
  ...apartCases(keyShelf),
  ...copiedInCases(keyShelf),
  ...copiedOutCases(keyShelf),
  storeCase(
    'keys.list.newest-first',
    'keys succeed each other: the newest is the last one added',
    async ({ keys }) => {
      assert.deepStrictEqual(await keys.list('main'), []);
      const kids = ['m', 'z', 'a', 'B', 'n'];
      for (const [i, kid] of kids.entries()) {
        assert.equal(await keys.insert(key(kid), kids[i - 1]), 'inserted');
      }
      assert.deepStrictEqual(await keys.list('main'), kids.map((kid) => key(kid)).toReversed());
    },
  ),
  storeCase('keys.insert.stale', 'a key that would not succeed the newest one is stale', async ({ keys }) => {
    assert.equal(await keys.insert(key('x'), 'nothing'), 'stale');
    await keys.insert(key('a'), undefined);
    await keys.insert(key('b'), 'a');
    for (const after of [undefined, 'a', 'B', 'nothing', '']) {
      assert.deepStrictEqual([after, await keys.insert(key('x'), after)], [after, 'stale']);
    }
    assert.deepStrictEqual(await keys.list('main'), [key('b'), key('a')]);
  }),
  storeCase('keys.insert.realms-apart', 'each realm has its own keys, in its own order', async ({ keys }) => {
    await keys.insert(key('a'), undefined);
    assert.equal(await keys.insert(key('b', 'other'), 'a'), 'stale');
    assert.equal(await keys.insert(key('a', 'other'), undefined), 'inserted');
    assert.equal(await keys.insert(key('b', 'other'), 'a'), 'inserted');
    assert.equal(await keys.insert(key('c'), 'b'), 'stale');
    assert.deepStrictEqual(await keys.list('main'), [key('a')]);
    assert.deepStrictEqual(await keys.list('other'), [key('b', 'other'), key('a', 'other')]);
  }),
  storeCase('keys.list.copies', 'changing a list does not change the stored keys', async ({ keys }) => {
    await keys.insert(key('a'), undefined);
    scramble(await keys.list('main'));
    assert.deepStrictEqual(await keys.list('main'), [key('a')]);
  }),
  ...raceCases(succession('keys.insert.first-of-20', 'exactly one becomes the first key', [])),
  ...raceCases(succession('keys.insert.next-of-20', 'exactly one succeeds the newest key', ['a', 'b'])),
  ...replacePrivateKeyCases,
  ...removeCases,
];

import { strict as assert } from 'node:assert';
import { tally } from '../../check/tally.ts';
import { times } from '../../check/times.ts';
import { storeCase, type StoreCase } from '../../harness/case.ts';
import { call } from '../../race/call.ts';
import { raceCases } from '../../race/race-cases.ts';
import { RACERS } from '../../race/race.ts';
import { initialAccessToken } from '../../sample/initial-access-token.ts';
import { HERE } from '../../sample/place.ts';

const one = initialAccessToken(HERE);

export const initialAccessTokenInsertCases: readonly StoreCase[] = [
  storeCase(
    'initialAccessTokens.insert.id-and-hash-once',
    'ids and hashes are each unique in a realm',
    async ({ initialAccessTokens }) => {
      await initialAccessTokens.insert(one);
      assert.equal(await initialAccessTokens.insert({ ...one, hash: 'other' }), 'exists');
      assert.equal(await initialAccessTokens.insert({ ...one, id: 'other' }), 'exists');
      assert.equal(await initialAccessTokens.findByHash('main', 'other'), undefined);
      assert.deepStrictEqual(await initialAccessTokens.list('main', { limit: 5 }), { items: [one] });
      assert.equal(await initialAccessTokens.insert({ ...one, realm: 'other' }), 'inserted');
      assert.equal(await initialAccessTokens.insert({ ...one, id: 'b', hash: 'b' }), 'inserted');
    },
  ),
  ...raceCases({
    id: 'initialAccessTokens.insert.hash-once-of-20',
    title: 'exactly one takes the hash',
    heat: (realm) => {
      const tokens = times(RACERS, (number) => ({
        ...initialAccessToken({ realm, key: 'the-same' }),
        id: `id-${number}`,
      }));
      return {
        calls: tokens.map((token) => call('initialAccessTokens', 'insert', token)),
        judge: async (answers, { initialAccessTokens }) => {
          assert.deepStrictEqual(tally(answers), { inserted: 1, exists: RACERS - 1 });
          const winner = tokens[answers.indexOf('inserted')];
          assert.deepStrictEqual(await initialAccessTokens.list(realm, { limit: 5 }), { items: [winner] });
        },
      };
    },
  }),
  ...raceCases({
    id: 'initialAccessTokens.insert.id-once-of-20',
    title: 'exactly one takes the id',
    heat: (realm) => {
      const tokens = times(RACERS, (number) => ({
        ...initialAccessToken({ realm, key: `hash-${number}` }),
        id: 'the-same',
      }));
      return {
        calls: tokens.map((token) => call('initialAccessTokens', 'insert', token)),
        judge: async (answers, { initialAccessTokens }) => {
          assert.deepStrictEqual(tally(answers), { inserted: 1, exists: RACERS - 1 });
          for (const [i, token] of tokens.entries()) {
            const found = await initialAccessTokens.findByHash(realm, token.hash);
            assert.deepStrictEqual(found, answers[i] === 'inserted' ? token : undefined);
          }
        },
      };
    },
  }),
];

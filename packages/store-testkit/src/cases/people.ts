import { strict as assert } from 'node:assert';
import { tally } from '../check/tally.ts';
import { times } from '../check/times.ts';
import { storeCase, type StoreCase } from '../harness/case.ts';
import { call } from '../race/call.ts';
import { raceCases } from '../race/cases.ts';
import { RACERS } from '../race/race.ts';
import { person, personShelf } from '../sample/person.ts';
import { HERE } from '../sample/place.ts';
import { apartCases } from '../shelf/apart.ts';
import { copiedInCases, copiedOutCases } from '../shelf/copies.ts';
import { exactKeyCases } from '../shelf/exact-keys.ts';
import { keptCases } from '../shelf/kept.ts';
import { onceCases } from '../shelf/once.ts';
import { strangeKeyCase } from '../shelf/strange-keys.ts';

export const peopleCases: readonly StoreCase[] = [
  ...keptCases(personShelf),
  ...onceCases(personShelf),
  ...apartCases(personShelf),
  ...copiedInCases(personShelf),
  ...copiedOutCases(personShelf),
  ...exactKeyCases(personShelf),
  strangeKeyCase(personShelf, 'findByUsername', (key) => call('people', 'findByUsername', 'main', key)),
  storeCase('people.username.unicode', 'usernames may be written in any script', async ({ people }) => {
    for (const username of [
      'אדה',
      'エイダ',
      'ädä',
      'a\u0308da\u0308',
      '🦊',
      'ada lovelace',
      'ada@example.com',
    ]) {
      const stored = person({ realm: 'main', key: username });
      assert.equal(await people.insert(stored), 'inserted');
      assert.deepStrictEqual(await people.findByUsername('main', username), stored);
    }
  }),
  storeCase(
    'people.insert.subject-once',
    'a subject is given once in a realm, whatever the username',
    async ({ people }) => {
      const ada = person(HERE);
      await people.insert(ada);
      assert.equal(await people.insert({ ...ada, username: 'other' }), 'exists');
      assert.equal(await people.insert({ ...ada, subject: 'other' }), 'exists');
      assert.equal(await people.findByUsername('main', 'other'), undefined);
      assert.equal(await people.insert({ ...ada, realm: 'other' }), 'inserted');
      assert.equal(await people.insert({ ...ada, subject: 'b', username: 'b' }), 'inserted');
    },
  ),
  ...raceCases({
    id: 'people.insert.subject-once-of-20',
    title: 'exactly one takes the subject',
    heat: (realm) => {
      const people = times(RACERS, (number) => ({
        ...person({ realm, key: `name-${number}` }),
        subject: 'the-same',
      }));
      return {
        calls: people.map((one) => call('people', 'insert', one)),
        judge: async (answers, stores) => {
          assert.deepStrictEqual(tally(answers), { inserted: 1, exists: RACERS - 1 });
          for (const [i, one] of people.entries()) {
            const found = await stores.people.findByUsername(realm, one.username);
            assert.deepStrictEqual(found, answers[i] === 'inserted' ? one : undefined);
          }
        },
      };
    },
  }),
];

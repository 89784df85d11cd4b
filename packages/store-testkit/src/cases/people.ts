import { strict as assert } from 'node:assert';
import { scramble } from '../check/scramble.ts';
import { tally } from '../check/tally.ts';
import { times } from '../check/times.ts';
import { connectionCase, storeCase, type StoreCase } from '../harness/case.ts';
import { call } from '../race/call.ts';
import { raceCases } from '../race/race-cases.ts';
import { RACERS } from '../race/race.ts';
import { person, personShelf, withoutPassword } from '../sample/person.ts';
import { HERE } from '../sample/place.ts';
import { UNICODE } from '../sample/text.ts';
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
  strangeKeyCase(personShelf, 'findBySubject', (key) => call('people', 'findBySubject', 'main', key)),
  ...Object.entries(personShelf.samples).map(([name, record]) =>
    storeCase(
      `people.findBySubject.${name}`,
      `who is found by their subject is who was put: ${name.replaceAll('-', ' ')}`,
      async ({ people }) => {
        await people.insert(record);
        scramble(await people.findBySubject('main', record.subject));
        assert.deepStrictEqual(await people.findBySubject('main', record.subject), record);
      },
    ),
  ),
  storeCase(
    'people.findBySubject.subject-alone',
    'subjects are compared byte by byte, in their realm, and usernames are not subjects',
    async ({ people }) => {
      const ada = person(HERE);
      const other = { ...person({ ...HERE, realm: 'other' }), name: 'Another Ada' };
      for (const one of [ada, other]) await people.insert(one);
      for (const subject of ['one', 'Subject-of-one', 'subject-of-one ', 'subject-of-on', 'subject_of_one']) {
        assert.deepStrictEqual([subject, await people.findBySubject('main', subject)], [subject, undefined]);
      }
      assert.equal(await people.findBySubject('third', ada.subject), undefined);
      assert.deepStrictEqual(await people.findBySubject('other', ada.subject), other);
      assert.deepStrictEqual(await people.findBySubject('main', ada.subject), ada);
    },
  ),
  connectionCase(
    'people.findBySubject',
    'a person added over one connection is found over another at once',
    async (here, there) => {
      assert.equal(await there.people.findBySubject('main', person(HERE).subject), undefined);
      await here.people.insert(person(HERE));
      assert.deepStrictEqual(await there.people.findBySubject('main', person(HERE).subject), person(HERE));
    },
  ),
  strangeKeyCase(
    personShelf,
    'replacePasswordHash',
    (key) =>
      call('people', 'replacePasswordHash', {
        realm: 'main',
        subject: key,
        replaced: person(HERE).passwordHash,
        passwordHash: 'next',
      }),
    'stale',
  ),
  storeCase(
    'people.replacePasswordHash.replaces',
    'the given password hash is replaced, and nothing else, of no other person',
    async ({ people }) => {
      const ada = { ...person(HERE), email: 'ada@notes.example', emailVerified: true };
      const others = [
        person({ realm: 'main', key: 'grace' }),
        { ...person({ ...HERE, realm: 'other' }), name: 'Another Ada' },
      ];
      for (const one of [ada, ...others]) await people.insert(one);
      const { realm, subject, passwordHash: replaced } = ada;
      const replacement = { realm, subject, replaced, passwordHash: UNICODE };
      assert.equal(await people.replacePasswordHash(replacement), 'replaced');
      const next = { ...ada, passwordHash: UNICODE };
      assert.deepStrictEqual(await people.findBySubject(realm, subject), next);
      assert.deepStrictEqual(await people.findByUsername(realm, ada.username), next);
      for (const one of others) {
        assert.deepStrictEqual(await people.findBySubject(one.realm, one.subject), one);
      }
    },
  ),
  storeCase(
    'people.replacePasswordHash.stale',
    'another password hash than the given one stays, and no person is created',
    async ({ people }) => {
      const ada = person(HERE);
      await people.insert(ada);
      const { realm, subject, passwordHash } = ada;
      const wrong = { realm, subject, replaced: passwordHash.toUpperCase(), passwordHash: 'next' };
      assert.equal(await people.replacePasswordHash(wrong), 'stale');
      const elsewhere = { ...wrong, replaced: passwordHash, realm: 'other' };
      assert.equal(await people.replacePasswordHash(elsewhere), 'stale');
      assert.equal(await people.replacePasswordHash({ ...elsewhere, realm, subject: 'x' }), 'stale');
      assert.deepStrictEqual(await people.findBySubject(realm, subject), ada);
      assert.equal(await people.findBySubject('other', subject), undefined);
    },
  ),
  storeCase(
    'people.replacePasswordHash.without-password',
    'a person without a password gets none by a replacement, whatever hash it names',
    async ({ people }) => {
      const ada = withoutPassword(person(HERE));
      await people.insert(ada);
      const { realm, subject } = ada;
      for (const replaced of ['', 'null', 'undefined', person(HERE).passwordHash]) {
        const outcome = await people.replacePasswordHash({ realm, subject, replaced, passwordHash: 'next' });
        assert.deepStrictEqual([replaced, outcome], [replaced, 'stale']);
      }
      assert.deepStrictEqual(await people.findBySubject(realm, subject), ada);
    },
  ),
  connectionCase(
    'people.replacePasswordHash',
    'a replaced password hash is visible over every connection',
    async (here, there) => {
      await here.people.insert(person(HERE));
      const { realm, subject, passwordHash: replaced } = person(HERE);
      await there.people.findBySubject(realm, subject);
      await here.people.replacePasswordHash({ realm, subject, replaced, passwordHash: 'next' });
      assert.equal((await there.people.findBySubject(realm, subject))?.passwordHash, 'next');
    },
  ),
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
    'a subject is unique in a realm, whatever the username',
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

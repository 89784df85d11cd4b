import type { StoredPerson } from '@vestibule/server';
import { strict as assert } from 'node:assert';
import { tally } from '../check/tally.ts';
import { times } from '../check/times.ts';
import { connectionCase, storeCase, type StoreCase } from '../harness/case.ts';
import { listCases } from '../paging/paging-cases.ts';
import { call } from '../race/call.ts';
import { raceCases } from '../race/race-cases.ts';
import { RACERS } from '../race/race.ts';
import { person, personShelf, withoutPassword } from '../sample/person.ts';
import { HERE } from '../sample/place.ts';
import { UNICODE } from '../sample/text.ts';
import { strangeKeyCase } from '../shelf/strange-keys.ts';

const ADA = {
  ...person(HERE),
  email: 'ada@notes.example',
  emailVerified: true,
  groups: ['agents', 'staff'],
  reportedGroups: ['admins'],
};
/** The same subject and username in another realm, and another person. */
const OTHERS = [person({ ...HERE, realm: 'other' }), person({ realm: 'main', key: 'grace' })];

/** People are listed, changed and deleted. */
export const peopleChangeCases: readonly StoreCase[] = [
  ...listCases({
    noun: 'people',
    make: (realm, number): StoredPerson => person({ realm, key: `person-${(number * 7919) % 1_009}` }),
    add: ({ people }, one) => people.insert(one),
    list: ({ people }, realm, page) => people.list(realm, page),
  }),
  storeCase('people.list.unicode', 'a list has every username, in any script, once', async ({ people }) => {
    const names = ['z', 'ä', 'エイダ', 'אדה', '🦊', 'a', 'B', 'a b', 'ada@example.com', 'ada_example'];
    for (const key of names) await people.insert(person({ realm: 'main', key }));
    const found: string[] = [];
    let after: string | undefined;
    do {
      const page = await people.list('main', { limit: 3, ...(after !== undefined && { after }) });
      found.push(...page.items.map(({ username }) => username));
      after = page.next;
    } while (after !== undefined && found.length <= names.length);
    assert.deepStrictEqual(found.toSorted(), names.toSorted());
  }),
  storeCase(
    'people.replace.replaces',
    'replacing a person changes the name, the address, the groups and the password hash, of no other person',
    async ({ people }) => {
      for (const one of [ADA, ...OTHERS]) await people.insert(one);
      const { email: _email, emailVerified: _verified, ...withoutEmail } = ADA;
      const { groups: _groups, ...withoutGroups } = ADA;
      const { reportedGroups: _reported, ...withoutReported } = ADA;
      const steps = [
        { ...ADA, name: UNICODE, passwordHash: 'next' },
        withoutEmail,
        { ...withoutEmail, email: 'new@notes.example' },
        { ...ADA, emailVerified: false },
        withoutGroups,
        { ...ADA, groups: [UNICODE] },
        withoutReported,
        { ...ADA, reportedGroups: ['agents'] },
        withoutPassword(ADA),
        ADA,
      ];
      let known: StoredPerson = ADA;
      for (const next of steps) {
        assert.equal(await people.replace(next, known), 'replaced');
        assert.deepStrictEqual(await people.findBySubject('main', ADA.subject), next);
        assert.deepStrictEqual(await people.findByUsername('main', ADA.username), next);
        known = next;
      }
      for (const one of OTHERS) {
        assert.deepStrictEqual(await people.findBySubject(one.realm, one.subject), one);
      }
    },
  ),
  storeCase(
    'people.replace.stale',
    'a person who is no longer as read is not replaced, and a missing one is not added',
    async ({ people }) => {
      await people.insert(ADA);
      const { email: _email, ...withoutEmail } = ADA;
      const { groups: _groups, ...withoutGroups } = ADA;
      const { reportedGroups: _reported, ...withoutReported } = ADA;
      const read = [
        { ...ADA, name: 'ada' },
        { ...ADA, passwordHash: 'another' },
        { ...ADA, email: 'ADA@notes.example' },
        { ...ADA, emailVerified: false },
        withoutEmail,
        { ...ADA, groups: ['agents'] },
        { ...ADA, groups: ['agents', 'Staff'] },
        { ...ADA, groups: [] },
        withoutGroups,
        { ...ADA, reportedGroups: ['agents', 'staff'] },
        withoutReported,
      ];
      for (const stale of read) {
        assert.equal(await people.replace({ ...ADA, name: 'Next' }, stale), 'stale');
      }
      const elsewhere = { ...ADA, realm: 'other' };
      assert.equal(await people.replace({ ...elsewhere, name: 'Next' }, elsewhere), 'stale');
      assert.deepStrictEqual(await people.findBySubject('main', ADA.subject), ADA);
      assert.equal(await people.findBySubject('other', ADA.subject), undefined);
    },
  ),
  ...raceCases({
    id: 'people.replace.once-of-20',
    title: 'exactly one of many changes that were made from the same state is made',
    heat: (realm) => {
      const known = person({ ...HERE, realm });
      return {
        prepare: ({ people }) => people.insert(known),
        calls: times(RACERS, (number) =>
          call('people', 'replace', { ...known, name: `Name ${number}` }, known),
        ),
        judge: async (answers, stores) => {
          assert.deepStrictEqual(tally(answers), { replaced: 1, stale: RACERS - 1 });
          const found = await stores.people.findBySubject(realm, known.subject);
          assert.equal(found?.name, `Name ${answers.indexOf('replaced')}`);
        },
      };
    },
  }),
  strangeKeyCase(personShelf, 'remove', (subject) => call('people', 'remove', 'main', subject), 'missing'),
  storeCase(
    'people.remove.removes',
    'a removed person is not found, others stay, and the username can be given again',
    async ({ people }) => {
      for (const one of [ADA, ...OTHERS]) await people.insert(one);
      assert.equal(await people.remove('main', ADA.subject), 'removed');
      assert.equal(await people.remove('main', ADA.subject), 'missing');
      assert.equal(await people.findBySubject('main', ADA.subject), undefined);
      assert.equal(await people.findByUsername('main', ADA.username), undefined);
      for (const one of OTHERS) {
        assert.deepStrictEqual(await people.findBySubject(one.realm, one.subject), one);
      }
      assert.equal(await people.insert({ ...ADA, subject: 'another' }), 'inserted');
    },
  ),
  connectionCase(
    'people.remove',
    'a change and a removal are visible over every connection',
    async (here, there) => {
      await here.people.insert(ADA);
      await here.people.replace({ ...ADA, name: 'Next' }, ADA);
      assert.equal((await there.people.findBySubject('main', ADA.subject))?.name, 'Next');
      await there.people.remove('main', ADA.subject);
      assert.equal(await here.people.findBySubject('main', ADA.subject), undefined);
    },
  ),
];

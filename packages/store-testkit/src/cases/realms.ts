import { strict as assert } from 'node:assert';
import { scramble } from '../check/scramble.ts';
import { tally } from '../check/tally.ts';
import { times } from '../check/times.ts';
import { connectionCase, storeCase, type StoreCase } from '../harness/case.ts';
import { call, perform } from '../race/call.ts';
import { raceCases } from '../race/race-cases.ts';
import { RACERS } from '../race/race.ts';
import { HERE } from '../sample/place.ts';
import { fullRealm, realmShelf } from '../sample/realm.ts';
import { copiedInCases, copiedOutCases } from '../shelf/copies.ts';
import { exactKeyCases } from '../shelf/exact-keys.ts';
import { keptCases } from '../shelf/kept.ts';
import { onceCases } from '../shelf/once.ts';
import { strangeKeyCase } from '../shelf/strange-keys.ts';

const { make, samples, insert } = realmShelf;
const realm = (id: string, name?: string) => make({ realm: id, key: id }, name);

export const realmCases: readonly StoreCase[] = [
  ...keptCases(realmShelf),
  ...onceCases(realmShelf),
  ...copiedInCases(realmShelf),
  ...copiedOutCases(realmShelf),
  ...exactKeyCases(realmShelf),
  strangeKeyCase(realmShelf, 'find', (key) => call('realms', 'find', key)),
  storeCase(
    'realms.insert.version-1',
    'a realm begins as version 1, whatever it was elsewhere',
    async ({ realms }) => {
      const copied = { ...realm('one'), version: 7 };
      await realms.insert(copied);
      assert.deepStrictEqual(await realms.find('one'), { ...realm('one'), version: 1 });
    },
  ),
  storeCase('realms.insert.issuer-once', 'an issuer belongs to one realm', async ({ realms }) => {
    await realms.insert(realm('one'));
    assert.equal(await realms.insert({ ...realm('two'), issuer: realm('one').issuer }), 'exists');
    assert.equal(await realms.find('two'), undefined);
    assert.equal(await realms.insert(realm('two')), 'inserted');
  }),
  storeCase('realms.list.by-id', 'all realms are listed by id', async ({ realms }) => {
    assert.deepStrictEqual(await realms.list(), []);
    for (const id of ['b', 'a1', 'a-b', '10', 'a', '9', 'ab', 'a-']) await realms.insert(realm(id));
    const listed = await realms.list();
    assert.deepStrictEqual(
      listed.map(({ id }) => id),
      ['10', '9', 'a', 'a-', 'a-b', 'a1', 'ab', 'b'],
    );
    assert.deepStrictEqual(listed.at(-1), { ...realm('b'), version: 1 });
    scramble(listed);
    assert.deepStrictEqual(await realms.find('b'), { ...realm('b'), version: 1 });
  }),
  ...Object.entries(samples).map(([name, sample]) =>
    storeCase(
      `realms.replace.${name}`,
      'a realm is replaced as a whole, and is one version on',
      async ({ realms }) => {
        await realms.insert(name === 'everything' ? realm('one') : fullRealm);
        assert.equal((await realms.find('one'))?.version, 1);
        const next = structuredClone(sample);
        assert.equal(await realms.replace(next, 1), 'replaced');
        scramble(next);
        assert.deepStrictEqual(await realms.find('one'), { ...sample, version: 2 });
      },
    ),
  ),
  connectionCase('realms.replace', 'a change is seen over every connection at once', async (here, there) => {
    await here.realms.insert(realm('one'));
    assert.deepStrictEqual(await there.realms.find('one'), { ...realm('one'), version: 1 });
    await here.realms.replace(realm('one', 'second'), 1);
    assert.deepStrictEqual(await there.realms.find('one'), { ...realm('one', 'second'), version: 2 });
    assert.deepStrictEqual(await there.realms.list(), [{ ...realm('one', 'second'), version: 2 }]);
  }),
  storeCase(
    'realms.replace.stale',
    'a change is stale when the realm has changed since, and changes nothing',
    async ({ realms }) => {
      await realms.insert(realm('one'));
      assert.equal(await realms.replace(realm('one', 'second'), 1), 'replaced');
      for (const version of [0, 1, 3, -1]) {
        assert.deepStrictEqual(
          [version, await realms.replace(realm('one', 'late'), version)],
          [version, 'stale'],
        );
      }
      assert.deepStrictEqual(await realms.find('one'), { ...realm('one', 'second'), version: 2 });
      assert.equal(await realms.replace(realm('one', 'third'), 2), 'replaced');
    },
  ),
  storeCase('realms.replace.missing', 'an unknown realm is not replaced', async ({ realms }) => {
    await realms.insert(realm('one'));
    for (const version of [0, 1]) assert.equal(await realms.replace(realm('two'), version), 'missing');
    assert.deepStrictEqual(await realms.list(), [{ ...realm('one'), version: 1 }]);
  }),
  storeCase(
    'realms.replace.keeps-issuer',
    'the issuer never changes, and stays in use',
    async ({ realms }) => {
      await realms.insert(realm('one'));
      const moved = { ...realm('one', 'moved'), issuer: 'https://elsewhere.example', version: 9 };
      assert.equal(await realms.replace(moved, 1), 'replaced');
      assert.deepStrictEqual(await realms.find('one'), { ...realm('one', 'moved'), version: 2 });
      assert.equal(await realms.insert({ ...realm('two'), issuer: realm('one').issuer }), 'exists');
      assert.equal(await realms.insert({ ...realm('two'), issuer: moved.issuer }), 'inserted');
    },
  ),
  storeCase('realms.replace.one-alone', 'replacing one realm leaves the others alone', async ({ realms }) => {
    for (const id of ['one', 'two']) await realms.insert(realm(id));
    await realms.replace(realm('two', 'changed'), 1);
    assert.deepStrictEqual(await realms.find('one'), { ...realm('one'), version: 1 });
  }),
  storeCase(
    'realms.replace.no-change-lost',
    'of 20 concurrent changes that add a scope each, with retries after stale, none is lost',
    async ({ realms }) => {
      await realms.insert(realm('one'));
      const addScope = async (name: string): Promise<void> => {
        for (let outcome = 'stale'; outcome === 'stale';) {
          const { version, ...current } = (await realms.find('one')) ?? { ...realm('one'), version: 0 };
          const scopes = [...current.scopes, { name, description: '', openToDynamicClients: true }];
          outcome = await realms.replace({ ...current, scopes }, version);
        }
      };
      const names = times(20, (number) => `scope-${number}`);
      await Promise.all(names.map(addScope));
      const kept = await realms.find('one');
      assert.deepStrictEqual(kept?.scopes.map(({ name }) => name).toSorted(), names.toSorted());
      assert.equal(kept?.version, 21);
    },
  ),
  ...raceCases({
    id: 'realms.insert.issuer-once-of-20',
    title: 'exactly one takes the issuer',
    heat: (key) => {
      const { issuer } = realm(key);
      const candidates = times(RACERS, (number) => ({ ...realm(`${key}-${number}`), issuer }));
      return {
        calls: candidates.map(insert),
        judge: async (answers, { realms }) => {
          assert.deepStrictEqual(tally(answers), { inserted: 1, exists: RACERS - 1 });
          const kept = (await realms.list()).filter((one) => one.issuer === issuer);
          assert.deepStrictEqual(kept, [{ ...candidates[answers.indexOf('inserted')], version: 1 }]);
        },
      };
    },
  }),
  ...raceCases({
    id: 'realms.replace.once-of-20',
    title: 'exactly one change is made from one version',
    heat: (key) => {
      const changes = times(RACERS, (number) => realm(key, `change ${number}`));
      return {
        prepare: (stores) => perform(stores, insert(make({ ...HERE, key }))),
        calls: changes.map((change) => call('realms', 'replace', change, 1)),
        judge: async (answers, { realms }) => {
          assert.deepStrictEqual(tally(answers), { replaced: 1, stale: RACERS - 1 });
          const winner = changes[answers.indexOf('replaced')];
          assert.deepStrictEqual(await realms.find(key), { ...winner, version: 2 });
        },
      };
    },
  }),
];

import { strict as assert } from 'node:assert';
import { connectionCase, storeCase, type StoreCase } from '../harness/case.ts';
import { call, perform } from '../race/call.ts';
import { ELSEWHERE, HERE } from '../sample/place.ts';
import { sessionShelf } from '../sample/session.ts';
import { apartCases } from '../shelf/apart.ts';
import { copiedInCases, copiedOutCases } from '../shelf/copies.ts';
import { exactKeyCases } from '../shelf/exact-keys.ts';
import { clocklessCases, sweepCases } from '../shelf/expiry.ts';
import { keptCases } from '../shelf/kept.ts';
import { onceCases } from '../shelf/once.ts';
import { strangeKeyCase } from '../shelf/strange-keys.ts';

export const sessionCases: readonly StoreCase[] = [
  ...keptCases(sessionShelf),
  ...onceCases(sessionShelf),
  ...apartCases(sessionShelf),
  ...copiedInCases(sessionShelf),
  ...copiedOutCases(sessionShelf),
  ...exactKeyCases(sessionShelf),
  strangeKeyCase(sessionShelf, 'find', (key) => call('sessions', 'find', 'main', key)),
  strangeKeyCase(sessionShelf, 'delete', (key) => call('sessions', 'delete', 'main', key)),
  ...clocklessCases(sessionShelf),
  ...sweepCases(sessionShelf),
  storeCase(
    'sessions.insert.most',
    'the given number of sessions is kept for one person, the latest ones, and those of others stay',
    async ({ sessions }) => {
      const begun = (key: string, at: number, subject = 'person-1', realm = 'main') => {
        const made = sessionShelf.make({ realm, key });
        return {
          ...made,
          person: { ...made.person, subject },
          authentication: { ...made.authentication, at },
        };
      };
      for (const one of [begun('b', 2), begun('a', 1), begun('c', 3)]) await sessions.insert(one, 3);
      await sessions.insert(begun('other', 0, 'person-2'), 3);
      await sessions.insert(begun('a', 0, 'person-1', 'other'), 3);
      // A session from a node whose clock is behind is the newest nevertheless.
      assert.equal(await sessions.insert(begun('d', 0), 3), 'inserted');
      const isThere = async (realm: string, key: string) => (await sessions.find(realm, key)) !== undefined;
      const kept = [];
      for (const key of ['a', 'b', 'c', 'd', 'other']) kept.push(await isThere('main', key));
      assert.deepStrictEqual([...kept, await isThere('other', 'a')], [false, true, true, true, true, true]);
      assert.equal(await sessions.insert(begun('d', 9), 1), 'exists');
      assert.equal(await isThere('main', 'b'), true);
      assert.equal(await sessions.insert(begun('e', 9), 1), 'inserted');
      assert.deepStrictEqual(
        [await isThere('main', 'c'), await isThere('main', 'd'), await isThere('main', 'e')],
        [false, false, true],
      );
    },
  ),
  strangeKeyCase(sessionShelf, 'deleteOf', (subject) => call('sessions', 'deleteOf', 'main', subject), 0),
  storeCase(
    'sessions.deleteOf.one-person',
    'all sessions of a person are deleted, and no others',
    async ({ sessions }) => {
      const begun = (key: string, subject: string, realm = 'main') => {
        const made = sessionShelf.make({ realm, key });
        return { ...made, person: { ...made.person, subject } };
      };
      for (const one of [
        begun('a', 'ada'),
        begun('b', 'ada'),
        begun('c', 'Ada'),
        begun('d', 'ada', 'other'),
      ]) {
        await sessions.insert(one);
      }
      assert.equal(await sessions.deleteOf('main', 'ada'), 2);
      assert.equal(await sessions.deleteOf('main', 'ada'), 0);
      const isKept = async (realm: string, key: string) => (await sessions.find(realm, key)) !== undefined;
      const kept = [await isKept('main', 'a'), await isKept('main', 'b'), await isKept('main', 'c')];
      assert.deepStrictEqual([...kept, await isKept('other', 'd')], [false, false, true, true]);
    },
  ),
  storeCase(
    'sessions.delete.deletes',
    'a deleted session is unknown, and can be added again',
    async (stores) => {
      const { make, insert, find } = sessionShelf;
      await perform(stores, insert(make(HERE, 'first')));
      assert.deepStrictEqual(await find(stores, HERE), make(HERE, 'first'));
      await stores.sessions.delete('main', 'one');
      await stores.sessions.delete('main', 'one');
      assert.equal(await find(stores, HERE), undefined);
      assert.equal(await perform(stores, insert(make(HERE, 'second'))), 'inserted');
      assert.deepStrictEqual(await find(stores, HERE), make(HERE, 'second'));
    },
  ),
  connectionCase(
    'sessions.delete',
    'a deleted session is unknown over every connection',
    async (here, there) => {
      const { make, insert, find } = sessionShelf;
      await perform(here, insert(make(HERE)));
      assert.deepStrictEqual(await find(there, HERE), make(HERE));
      await here.sessions.delete('main', 'one');
      assert.equal(await find(there, HERE), undefined);
    },
  ),
  storeCase(
    'sessions.delete.realms-apart',
    'deleting in one realm leaves the others alone',
    async (stores) => {
      const { make, insert, find } = sessionShelf;
      for (const place of [HERE, ELSEWHERE]) await perform(stores, insert(make(place)));
      await stores.sessions.delete('other', 'one');
      assert.equal(await find(stores, ELSEWHERE), undefined);
      assert.deepStrictEqual(await find(stores, HERE), make(HERE));
    },
  ),
];

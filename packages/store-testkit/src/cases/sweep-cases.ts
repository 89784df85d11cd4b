import { strict as assert } from 'node:assert';
import type { Instant } from '@vestibule/core';
import type { Stores } from '@vestibule/server';
import { tally } from '../check/tally.ts';
import { times } from '../check/times.ts';
import { storeCase, type StoreCase } from '../harness/case.ts';
import { perform, sweepCall } from '../race/call.ts';
import { raceCases } from '../race/race-cases.ts';
import { RACERS } from '../race/race.ts';
import { clientShelf } from '../sample/client.ts';
import { codes } from '../sample/code.ts';
import { event } from '../sample/event.ts';
import { finishedSignIns } from '../sample/finished-sign-in.ts';
import { grantShelf } from '../sample/grant.ts';
import { initialAccessTokenShelf } from '../sample/initial-access-token.ts';
import { keyShelf } from '../sample/key.ts';
import { personShelf } from '../sample/person.ts';
import { HERE, type Place } from '../sample/place.ts';
import { pushedRequests } from '../sample/pushed-request.ts';
import { realmShelf } from '../sample/realm.ts';
import { revokedTokenShelf } from '../sample/revoked-token.ts';
import { sessionShelf } from '../sample/session.ts';
import { DAY, NOW, YEAR_9999 } from '../sample/time.ts';
import { interactionShelf } from '../sample/interaction.ts';

const EXPIRING = [
  interactionShelf,
  pushedRequests.shelf,
  finishedSignIns.shelf,
  codes.shelf,
  grantShelf,
  revokedTokenShelf,
  sessionShelf,
  initialAccessTokenShelf,
];

/** How many kinds of records expire: these, events, leases and used ids. */
const KINDS = EXPIRING.length + 3;

/** Stores a record of every kind that expires. */
async function putOfEveryKind(stores: Stores, place: Place, expiresAt: Instant): Promise<void> {
  for (const { insertUntil } of EXPIRING) await perform(stores, insertUntil(place, expiresAt));
  await stores.audit.record(event(0, expiresAt - 90 * DAY, place.realm));
  await stores.replays.note(place.realm, place.key, expiresAt);
  await stores.leases.take(`${place.realm}/${place.key}`, 'holder', expiresAt - 1, expiresAt);
}

export const sweepCases: readonly StoreCase[] = [
  storeCase('sweep.nothing', 'a sweep of an empty store deletes nothing', async (stores) => {
    assert.equal(await stores.sweep(YEAR_9999, 100), 0);
  }),
  storeCase('sweep.limit-of-each-kind', 'the limit applies to each kind separately', async (stores) => {
    for (const number of times(3, Number)) {
      await putOfEveryKind(stores, { realm: `realm-${number}`, key: 'one' }, NOW);
    }
    const swept = [];
    for (let i = 0; i < 3; i += 1) swept.push(await stores.sweep(NOW, 2));
    assert.deepStrictEqual(swept, [2 * KINDS, KINDS, 0]);
  }),
  storeCase('sweep.what-stays', 'realms, clients, people and keys never expire', async (stores) => {
    await perform(stores, realmShelf.insert(realmShelf.make(HERE)));
    await perform(stores, clientShelf.insert(clientShelf.make(HERE)));
    await perform(stores, personShelf.insert(personShelf.make(HERE)));
    await perform(stores, keyShelf.insert(keyShelf.make(HERE)));
    assert.equal(await stores.sweep(YEAR_9999, 100), 0);
    assert.deepStrictEqual(await realmShelf.find(stores, HERE), realmShelf.make(HERE));
    assert.deepStrictEqual(await clientShelf.find(stores, HERE), clientShelf.make(HERE));
    assert.deepStrictEqual(await personShelf.find(stores, HERE), personShelf.make(HERE));
    assert.deepStrictEqual(await keyShelf.find(stores, HERE), keyShelf.make(HERE));
  }),
  ...raceCases({
    id: 'sweep.counts-of-20',
    title: 'everything is deleted and counted once',
    heat: (key) => ({
      prepare: async (stores) => {
        for (const number of times(10, Number)) {
          await putOfEveryKind(stores, { realm: key, key: `${number}` }, NOW);
        }
      },
      calls: times(RACERS, () => sweepCall(NOW, 3)),
      judge: async (answers, stores) => {
        let total = answers.reduce<number>((sum, count) => sum + Number(count), 0);
        for (let count = Infinity; count > 0;) {
          count = await stores.sweep(NOW, 3);
          total += count;
        }
        assert.equal(total, 10 * KINDS);
        assert.deepStrictEqual(tally([await stores.sweep(NOW, 100)]), { 0: 1 });
      },
    }),
  }),
];

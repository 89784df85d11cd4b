import { strict as assert } from 'node:assert';
import type { AuditEvent } from '@vestibule/core/audit';
import type { Change, Stores } from '@vestibule/server';
import { tally } from '../../check/tally.ts';
import { times } from '../../check/times.ts';
import { connectionCase, type StoreCase, storeCase } from '../../harness/case.ts';
import { call, commitCall } from '../../race/call.ts';
import { mixed } from '../../race/mixed.ts';
import { connectionRaceCases, raceCases } from '../../race/race-cases.ts';
import { RACERS } from '../../race/race.ts';
import { codes } from '../../sample/code.ts';
import { event } from '../../sample/event.ts';
import { grant } from '../../sample/grant.ts';
import { NOW } from '../../sample/time.ts';
import { append, consumeCode, openGrant } from './changes.ts';

/** The exchange of the code `one` for the grant `one`, with a first refresh token and an event. */
const exchange = (number = 0, realm = 'main'): readonly Change[] => [
  consumeCode({ realm, key: 'one' }),
  openGrant({ realm, key: 'one' }, `r1-${number}`),
  append(number, realm),
];

async function prepare({ codes: store, grants }: Stores, realm = 'main'): Promise<void> {
  await store.put(realm, 'one', codes.valueOf(), NOW + 1);
  await grants.insert(grant({ realm, key: 'one' }));
}

const eventsOf = async ({ audit }: Stores, realm = 'main'): Promise<readonly AuditEvent[]> =>
  (await audit.list(realm, { limit: 100 })).items;

const UNOPENABLE: readonly (readonly [
  string,
  'missing' | 'already-open',
  (stores: Stores) => Promise<unknown>,
])[] = [
  ['that does not exist', 'missing', async () => {}],
  ['that was opened before', 'already-open', ({ commit }) => commit([openGrant()])],
  ['that was ended before', 'already-open', ({ grants }) => grants.endAll('main', 'notes', NOW)],
];

/** The exchange of a code: consumes the code, opens the grant and records its event, all or nothing. */
export const exchangeCases: readonly StoreCase[] = [
  storeCase(
    'commit.exchange.once',
    'a code is exchanged once, and its grant stays as it was opened',
    async (stores) => {
      await prepare(stores);
      assert.deepStrictEqual(await stores.commit(exchange()), { committed: true });
      const again = await stores.commit(exchange(1));
      assert.deepStrictEqual(again, { committed: false, index: 0, unmet: { kind: 'code.consume' } });
      assert.equal((await stores.grants.findByRefreshToken('main', 'r1-0'))?.id, 'one');
      assert.equal(await stores.grants.findByRefreshToken('main', 'r1-1'), undefined);
      assert.deepStrictEqual(await eventsOf(stores), [event(0, NOW)]);
    },
  ),
  ...UNOPENABLE.map(([state, reason, change]) =>
    storeCase(
      `commit.exchange.grant-${state.replaceAll(' ', '-')}`,
      `a grant ${state} is not opened: the code stays, and nothing is recorded`,
      async (stores) => {
        await stores.codes.put('main', 'one', codes.valueOf(), NOW + 1);
        if (reason === 'already-open') await stores.grants.insert(grant({ realm: 'main', key: 'one' }));
        await change(stores);
        const outcome = await stores.commit(exchange());
        assert.deepStrictEqual(outcome, {
          committed: false,
          index: 1,
          unmet: { kind: 'grant.open', reason },
        });
        assert.equal(await stores.grants.findByRefreshToken('main', 'r1-0'), undefined);
        assert.deepStrictEqual(await eventsOf(stores), []);
        assert.deepStrictEqual(await stores.codes.take('main', 'one', NOW), codes.valueOf());
      },
    ),
  ),
  connectionCase(
    'commit.exchange',
    'what was exchanged over one connection is seen over another, all of it',
    async (here, there) => {
      await prepare(here);
      assert.deepStrictEqual(await there.commit(exchange()), { committed: true });
      assert.deepStrictEqual(await eventsOf(here), [event(0, NOW)]);
      assert.equal(await here.codes.find('main', 'one', NOW), undefined);
      assert.equal((await here.commit(exchange(1))).committed, false);
    },
  ),
  ...raceCases({
    id: 'commit.exchange.once-of-20',
    title: 'exactly one exchanges the code, and only its token and event are stored',
    heat: (realm) => ({
      prepare: (stores) => prepare(stores, realm),
      calls: times(RACERS, (number) => commitCall(...exchange(number, realm))),
      judge: async (answers, stores) => {
        assert.deepStrictEqual(tally(answers), { committed: 1, 'code.consume': RACERS - 1 });
        const winner = answers.findIndex((answer) => tally([answer])['committed'] === 1);
        assert.deepStrictEqual(await eventsOf(stores, realm), [event(winner, NOW + winner, realm)]);
        for (const number of times(RACERS, Number)) {
          const found = await stores.grants.findByRefreshToken(realm, `r1-${number}`);
          assert.equal(found !== undefined, number === winner);
        }
      },
    }),
  }),
  ...connectionRaceCases({
    id: 'commit.exchange.against-take',
    title: 'a code is either exchanged or consumed, once',
    heat: (realm) => ({
      prepare: (stores) => prepare(stores, realm),
      calls: mixed(
        (number) => commitCall(...exchange(number, realm)),
        () => call('codes', 'take', realm, 'one', NOW),
      ),
      judge: async (answers, stores) => {
        const { committed = 0, something: taken = 0 } = tally(answers);
        assert.equal(committed + taken, 1);
        assert.equal((await eventsOf(stores, realm)).length, committed);
      },
    }),
  }),
  ...connectionRaceCases({
    id: 'commit.exchange.against-end-all',
    title: 'nothing of a grant is valid after the end of all grants of its client, whatever is exchanged',
    heat: (realm) => ({
      prepare: (stores) => prepare(stores, realm),
      calls: mixed(
        (number) => commitCall(...exchange(number, realm)),
        () => commitCall({ kind: 'grant.end-all', realm, clientId: 'notes', at: NOW }),
      ),
      judge: async (answers, stores) => {
        const exchanged = (await eventsOf(stores, realm)).length;
        assert.equal(tally(answers)['committed'], RACERS / 2 + exchanged);
        assert.ok(exchanged <= 1, `${exchanged} exchanged the code`);
        assert.equal(await stores.grants.find(realm, 'one'), undefined);
        const code = await stores.codes.find(realm, 'one', NOW);
        assert.deepStrictEqual(code, exchanged === 1 ? undefined : codes.valueOf());
      },
    }),
  }),
];

import { strict as assert } from 'node:assert';
import type { AuditEvent } from '@vestibule/core/audit';
import type { Opening, Stores } from '@vestibule/server';
import { tally } from '../check/tally.ts';
import { times } from '../check/times.ts';
import { connectionCase, eventFailureCase, storeCase, type StoreCase } from '../harness/case.ts';
import { call } from '../race/call.ts';
import { raceCases } from '../race/race-cases.ts';
import { mixed } from '../race/mixed.ts';
import { RACERS, type Race } from '../race/race.ts';
import { codes } from '../sample/code.ts';
import { event } from '../sample/event.ts';
import { grant } from '../sample/grant.ts';
import { DAY, NOW } from '../sample/time.ts';

/** The exchange of the code `code` for the grant `one`, with the first refresh token `r1-…` and one event. */
const exchange = (number = 0, realm = 'main'): Opening => ({
  realm,
  id: 'one',
  code: 'code',
  at: NOW,
  expiresAt: NOW + DAY,
  token: { hash: `r1-${number}`, expiresAt: NOW + DAY },
  events: [event(number, NOW, realm)],
});

async function prepare({ codes: store, grants }: Stores, realm = 'main'): Promise<void> {
  await store.put(realm, 'code', codes.valueOf(), NOW + 1);
  await grants.insert(grant({ realm, key: 'one' }));
}

const eventsOf = async ({ audit }: Stores, realm = 'main'): Promise<readonly AuditEvent[]> =>
  (await audit.list(realm, { limit: 100 })).items;

/** Asserts that an exchange changed nothing. */
async function assertNothing(stores: Stores, isCodeGood: boolean): Promise<void> {
  assert.equal(await stores.grants.findByRefreshToken('main', 'r1-0'), undefined);
  assert.deepStrictEqual(await eventsOf(stores), []);
  const code = await stores.codes.take('main', 'code', NOW);
  assert.deepStrictEqual(code, isCodeGood ? codes.valueOf() : undefined);
}

const CODES: readonly (readonly [string, (stores: Stores) => Promise<unknown>])[] = [
  ['unknown', async () => {}],
  ['of-another-realm', ({ codes: store }) => store.put('other', 'code', codes.valueOf(), NOW + 1)],
  ['expired', ({ codes: store }) => store.put('main', 'code', codes.valueOf(), NOW)],
  [
    'taken',
    async ({ codes: store }) => {
      await store.put('main', 'code', codes.valueOf(), NOW + 1);
      await store.take('main', 'code', NOW);
    },
  ],
];

const GRANTS: readonly (readonly [string, string, (stores: Stores) => Promise<unknown>])[] = [
  ['that does not exist', 'missing', async () => {}],
  ['of another realm', 'missing', ({ grants }) => grants.insert(grant({ realm: 'other', key: 'one' }))],
  [
    'that was opened before',
    'already-open',
    async ({ grants }) => {
      await grants.insert(grant({ realm: 'main', key: 'one' }));
      await grants.open({ realm: 'main', id: 'one', at: NOW, expiresAt: NOW + DAY });
    },
  ],
  [
    'that was ended before',
    'already-open',
    async ({ grants }) => {
      await grants.insert(grant({ realm: 'main', key: 'one' }));
      await grants.endAll('main', 'notes', NOW);
    },
  ],
];

const RACES: readonly Race[] = [
  {
    id: 'codes.exchange.once-of-20',
    title: 'exactly one exchanges the code, and only its token and event are stored',
    heat: (realm) => ({
      prepare: (stores) => prepare(stores, realm),
      calls: times(RACERS, (number) => call('grants', 'open', exchange(number, realm))),
      judge: async (answers, stores) => {
        assert.deepStrictEqual(tally(answers), { opened: 1, 'code-invalid': RACERS - 1 });
        const winner = answers.indexOf('opened');
        assert.deepStrictEqual(await eventsOf(stores, realm), [event(winner, NOW, realm)]);
        for (const number of times(RACERS, Number)) {
          const found = await stores.grants.findByRefreshToken(realm, `r1-${number}`);
          assert.equal(found !== undefined, number === winner);
        }
        assert.equal(await stores.codes.take(realm, 'code', NOW), undefined);
      },
    }),
  },
  {
    id: 'codes.exchange.against-take',
    title: 'a code is either exchanged or consumed, once',
    heat: (realm) => ({
      prepare: (stores) => prepare(stores, realm),
      calls: mixed(
        (number) => call('grants', 'open', exchange(number, realm)),
        () => call('codes', 'take', realm, 'code', NOW),
      ),
      judge: async (answers, stores) => {
        const { opened = 0, something: taken = 0 } = tally(answers);
        assert.equal(opened + taken, 1);
        assert.equal((await eventsOf(stores, realm)).length, opened);
      },
    }),
  },
];

/** The exchange of a code: consumes the code, opens the grant and records its events, all or nothing. */
export const exchangeCases: readonly StoreCase[] = [
  storeCase(
    'codes.exchange.all',
    'an exchange consumes the code, opens the grant and records it',
    async (stores) => {
      await prepare(stores);
      assert.deepStrictEqual(await stores.codes.find('main', 'code', NOW), codes.valueOf());
      assert.equal(await stores.grants.open(exchange()), 'opened');
      const opened = { ...grant({ realm: 'main', key: 'one' }), expiresAt: NOW + DAY };
      assert.deepStrictEqual(await stores.grants.findByRefreshToken('main', 'r1-0'), opened);
      assert.deepStrictEqual(await eventsOf(stores), [event(0, NOW)]);
      assert.equal(await stores.codes.find('main', 'code', NOW), undefined);
      assert.equal(await stores.codes.take('main', 'code', NOW), undefined);
      assert.equal(await stores.codes.put('main', 'code', codes.valueOf(), NOW + 1), 'exists');
    },
  ),
  storeCase('codes.exchange.events', 'an exchange may bring several events, or none', async (stores) => {
    await prepare(stores);
    const events = [event(1, NOW), event(2, NOW + 1), event(3, NOW + 2)];
    assert.equal(await stores.grants.open({ ...exchange(), events }), 'opened');
    assert.deepStrictEqual(await eventsOf(stores), events.toReversed());
    await prepare(stores, 'other');
    const { events: _events, ...silent } = exchange(0, 'other');
    assert.equal(await stores.grants.open(silent), 'opened');
    assert.deepStrictEqual(await eventsOf(stores, 'other'), []);
  }),
  ...CODES.map(([state, put]) =>
    storeCase(
      `codes.exchange.code-${state}`,
      `a code that is ${state.replaceAll('-', ' ')} opens nothing, and nothing is recorded`,
      async (stores) => {
        await stores.grants.insert(grant({ realm: 'main', key: 'one' }));
        await put(stores);
        assert.equal(await stores.grants.open(exchange()), 'code-invalid');
        await assertNothing(stores, false);
      },
    ),
  ),
  ...GRANTS.map(([state, outcome, insert]) =>
    storeCase(
      `grants.exchange.grant-${state.replaceAll(' ', '-')}`,
      `a grant ${state} is not opened: the code stays, and nothing is recorded`,
      async (stores) => {
        await stores.codes.put('main', 'code', codes.valueOf(), NOW + 1);
        await insert(stores);
        assert.equal(await stores.grants.open(exchange()), outcome);
        await assertNothing(stores, true);
      },
    ),
  ),
  eventFailureCase(
    'codes.exchange.all-or-nothing',
    'an exchange whose event cannot be recorded opens nothing, and its code stays valid',
    async (stores) => {
      await prepare(stores);
      await assert.rejects(stores.grants.open(exchange()));
      assert.equal(await stores.grants.find('main', 'one'), undefined);
      assert.equal(await stores.grants.findByRefreshToken('main', 'r1-0'), undefined);
      assert.deepStrictEqual(await eventsOf(stores), []);
      assert.deepStrictEqual(await stores.codes.find('main', 'code', NOW), codes.valueOf());
      const { events: _events, ...silent } = exchange();
      assert.equal(await stores.grants.open(silent), 'opened');
    },
  ),
  connectionCase(
    'codes.exchange.all',
    'what was exchanged over one connection is seen over another, all of it',
    async (here, there) => {
      await prepare(here);
      assert.equal(await there.grants.open(exchange()), 'opened');
      assert.deepStrictEqual(await eventsOf(here), [event(0, NOW)]);
      assert.equal(await here.codes.find('main', 'code', NOW), undefined);
      assert.equal(await here.grants.open(exchange(1)), 'code-invalid');
    },
  ),
  ...RACES.flatMap(raceCases),
];

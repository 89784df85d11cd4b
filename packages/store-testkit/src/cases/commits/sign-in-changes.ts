import { strict as assert } from 'node:assert';
import type { Decision, Grant, Stores } from '@vestibule/server';
import { type StoreCase, storeCase } from '../../harness/case.ts';
import { perform } from '../../race/call.ts';
import { grant } from '../../sample/grant.ts';
import { initialAccessToken } from '../../sample/initial-access-token.ts';
import { HERE } from '../../sample/place.ts';
import { pushedRequests } from '../../sample/pushed-request.ts';
import { sessionShelf } from '../../sample/session.ts';
import { event } from '../../sample/event.ts';
import { NOW } from '../../sample/time.ts';
import { changeCases, type Made } from './change-cases.ts';
import {
  append,
  APPROVED,
  consumeRequest,
  decide,
  DENIED,
  insertInteraction,
  interaction,
  noteReplay,
  pushRequest,
  requireSession,
} from './changes.ts';
import { pictureOf, tried } from './picture.ts';

const begun = ({ interactions }: Stores): Promise<unknown> => interactions.insert(interaction());

const decided =
  (decision: Decision) =>
  async (stores: Stores): Promise<void> => {
    await begun(stores);
    await stores.interactions.decide('main', 'one', decision);
  };

const GRANTED: Grant = grant(HERE);

const isDecided =
  (decision: Decision, granted?: Grant): Made['check'] =>
  async ({ interactions, grants }) => {
    assert.deepStrictEqual(await interactions.find('main', 'one'), { ...interaction(), decision });
    assert.deepStrictEqual(await grants.findUnopened('main', 'one'), granted);
    assert.equal(await grants.find('main', 'one'), undefined);
  };

const DECISION = { kind: 'interaction.decide', reason: 'decided' } as const;

const interactionChangeCases: readonly StoreCase[] = [
  ...changeCases(
    [
      {
        name: 'adds',
        title: 'an interaction is added',
        change: insertInteraction(),
        check: async ({ interactions }) =>
          assert.deepStrictEqual(await interactions.find('main', 'one'), interaction()),
      },
    ],
    [
      {
        name: 'exists',
        title: 'an interaction is not added if the realm has one with its id',
        before: decided(DENIED),
        change: insertInteraction(),
        unmet: { kind: 'interaction.insert' },
      },
    ],
  ),
  ...changeCases(
    [
      {
        name: 'grants',
        title: 'an approval is stored with its grant, not yet opened',
        before: begun,
        change: { ...decide(), grant: GRANTED },
        check: isDecided(APPROVED, GRANTED),
      },
      {
        name: 'decides',
        title: 'a decision may bring no grant',
        before: begun,
        change: decide(DENIED),
        check: isDecided(DENIED),
      },
    ],
    [
      {
        name: 'missing',
        title: 'a decision of an unknown interaction is not made, and grants nothing',
        before: ({ interactions }) => interactions.insert({ ...interaction(), realm: 'other' }),
        change: { ...decide(), grant: GRANTED },
        unmet: { kind: 'interaction.decide', reason: 'missing' },
      },
      {
        name: 'decided',
        title: 'a decision after the first one is not made, grants nothing and returns the first one',
        before: decided(DENIED),
        change: { ...decide(), grant: GRANTED },
        unmet: { ...DECISION, decision: DENIED },
      },
      {
        name: 'decided-alike',
        title: 'a decision that was made before is not made again',
        before: decided(APPROVED),
        change: decide(),
        unmet: { ...DECISION, decision: APPROVED },
      },
    ],
  ),
  storeCase(
    'commit.interaction.decide.existing-grant',
    'a commit throws if an approval brings a grant that exists, and nothing of it is left',
    async (stores) => {
      await begun(stores);
      await stores.grants.insert(GRANTED);
      const before = await pictureOf(stores);
      const other = { ...GRANTED, subject: 'grace' };
      await assert.rejects(() => stores.commit([append(1), { ...decide(), grant: other }]));
      assert.deepStrictEqual(await pictureOf(stores), before);
    },
  ),
];

const requested = (stores: Stores): Promise<unknown> =>
  perform(stores, pushedRequests.shelf.insert({ place: HERE, value: pushedRequests.valueOf() }));

const isConsumed: Made['check'] = async (stores) => {
  assert.equal(await stores.pushedRequests.find('main', 'one', NOW), undefined);
  const outcome = await tried(stores, pushRequest());
  assert.deepStrictEqual(outcome, { committed: false, index: 0, unmet: { kind: 'pushed-request.insert' } });
};

const pushedRequestChangeCases: readonly StoreCase[] = [
  ...changeCases(
    [
      {
        name: 'adds',
        title: 'a pushed request is stored',
        change: pushRequest(),
        check: async ({ pushedRequests: store }) =>
          assert.deepStrictEqual(await store.find('main', 'one', NOW), pushedRequests.valueOf()),
      },
    ],
    [
      {
        name: 'exists',
        title: 'a pushed request is not stored under a key that exists',
        before: requested,
        change: pushRequest(HERE, 'other'),
        unmet: { kind: 'pushed-request.insert' },
      },
      {
        name: 'exists-consumed',
        title: 'a pushed request is not stored under the key of a consumed one',
        before: async (stores) => {
          await requested(stores);
          await stores.pushedRequests.take('main', 'one', NOW);
        },
        change: pushRequest(HERE, 'other'),
        unmet: { kind: 'pushed-request.insert' },
      },
    ],
  ),
  ...changeCases([
    {
      name: 'consumes',
      title: 'a pushed request is consumed, and its key stays used',
      before: requested,
      change: consumeRequest(),
      check: isConsumed,
    },
    {
      name: 'consumes-again',
      title: 'consuming a pushed request that was consumed before is no reason to fail',
      before: async (stores) => {
        await requested(stores);
        await stores.pushedRequests.take('main', 'one', NOW);
      },
      change: consumeRequest(),
      check: isConsumed,
    },
    {
      name: 'consumes-nothing',
      title: 'consuming an unknown pushed request changes nothing, and is no reason to fail',
      change: consumeRequest(),
      check: async (stores) =>
        assert.deepStrictEqual(await stores.commit([pushRequest()]), { committed: true }),
    },
  ]),
];

const ISSUED = { ...initialAccessToken(HERE), expiresAt: NOW + 1 };
const issued =
  (facts: Partial<typeof ISSUED> = {}) =>
  ({ initialAccessTokens }: Stores): Promise<unknown> =>
    initialAccessTokens.insert({ ...ISSUED, ...facts });
const useToken = { kind: 'initial-access-token.use', realm: 'main', hash: 'one', at: NOW } as const;

const UNUSABLE: readonly (readonly [string, Partial<typeof ISSUED>])[] = [
  ['used-up', { uses: 3 }],
  ['revoked', { revokedAt: NOW }],
  ['expired', { expiresAt: NOW }],
  ['of-another-realm', { realm: 'other' }],
  ['unknown', { hash: 'another' }],
];

const otherChangeCases: readonly StoreCase[] = [
  ...changeCases(
    [
      {
        name: 'counts',
        title: 'the last use of an initial access token is counted',
        before: issued({ uses: 2 }),
        change: useToken,
        check: async ({ initialAccessTokens }) =>
          assert.equal((await initialAccessTokens.findByHash('main', 'one'))?.uses, 3),
      },
    ],
    UNUSABLE.map(([name, facts]) => ({
      name,
      title: `an initial access token is not used if it is ${name.replaceAll('-', ' ')}`,
      before: issued(facts),
      change: useToken,
      unmet: { kind: 'initial-access-token.use' },
    })),
  ),
  ...changeCases([
    {
      name: 'records',
      title: 'an event is recorded',
      change: append(1),
      check: async ({ audit }) =>
        assert.deepStrictEqual(await audit.list('main', { limit: 5 }), { items: [event(1, NOW + 1)] }),
    },
  ]),
  ...changeCases(
    [
      {
        name: 'holds',
        title: 'a session of the person is required, and stays as it is',
        before: (stores) => perform(stores, sessionShelf.insert(sessionShelf.make(HERE))),
        change: requireSession(),
        check: async ({ sessions }) =>
          assert.deepStrictEqual(await sessions.find('main', 'one'), sessionShelf.make(HERE)),
      },
    ],
    (
      [
        ['of-another-person', requireSession(HERE, 'person-2')],
        ['of-no-person', requireSession(HERE, '')],
        ['of-another-realm', requireSession({ realm: 'other', key: 'one' })],
        ['unknown', requireSession({ realm: 'main', key: 'One' })],
      ] as const
    ).map(([name, change]) => ({
      name,
      title: `a session that is ${name.replaceAll('-', ' ')} is not the required one`,
      before: (stores) => perform(stores, sessionShelf.insert(sessionShelf.make(HERE))),
      change,
      unmet: { kind: 'session.require' },
    })),
  ),
  ...changeCases(
    [
      {
        name: 'notes',
        title: 'an id is noted',
        before: ({ replays }) => replays.note('other', 'one', NOW + 1),
        change: noteReplay(),
        check: async ({ replays }) => assert.equal(await replays.note('main', 'one', NOW), 'repeated'),
      },
    ],
    [
      {
        name: 'repeated',
        title: 'an id is not noted twice',
        before: ({ replays }) => replays.note('main', 'one', NOW - 1),
        change: noteReplay(),
        unmet: { kind: 'replay.note' },
      },
    ],
  ),
];

export const signInChangeCases: readonly StoreCase[] = [
  ...interactionChangeCases,
  ...pushedRequestChangeCases,
  ...otherChangeCases,
];

import { strict as assert } from 'node:assert';
import type { DynamicClient } from '@vestibule/core';
import { nameOf } from '../../check/name-of.ts';
import { tally } from '../../check/tally.ts';
import { times } from '../../check/times.ts';
import type { StoreCase } from '../../harness/case.ts';
import { commitCall } from '../../race/call.ts';
import { mixed } from '../../race/mixed.ts';
import { connectionRaceCases, raceCases } from '../../race/race-cases.ts';
import { RACERS, type Race } from '../../race/race.ts';
import { event } from '../../sample/event.ts';
import { grant } from '../../sample/grant.ts';
import { NOW } from '../../sample/time.ts';
import { clientWith, idsOf, printed, register } from '../clients/registered.ts';
import { GRACE, openFamily, rotateThrough, rotation } from '../grants/family.ts';
import {
  append,
  APPROVED,
  consumeRequest,
  decide,
  endGrant,
  insertClient,
  insertInteraction,
  pushRequest,
  reserve,
} from './changes.ts';

/** The numbers of the commits that were made. */
const madeOf = (answers: readonly unknown[]): readonly number[] =>
  answers.flatMap((answer, number) => (nameOf(answer) === 'committed' ? [number] : []));

/** Asserts that the events of these numbers are the recorded ones. */
async function assertRecorded(
  { audit }: Parameters<ReturnType<Race['heat']>['judge']>[1],
  realm: string,
  numbers: readonly number[],
): Promise<void> {
  const { items } = await audit.list(realm, { limit: 100 });
  assert.deepStrictEqual(
    items.toReversed(),
    numbers.map((number) => event(number, NOW + number, realm)),
  );
}

/** Races that also run in two processes. */
const RACES: readonly Race[] = [
  {
    id: 'commit.quota.reserve.as-many-as-allowed',
    title: 'exactly as many commits are made as the limit allows, in whatever order they use two limits',
    heat: (realm) => {
      const first = reserve(`first-${realm}`, { uses: 7 });
      const second = reserve(`second-${realm}`, { uses: 11 });
      return {
        calls: times(RACERS, (number) =>
          commitCall(...(number % 4 < 2 ? [first, second] : [second, first]), append(number, realm)),
        ),
        judge: async (answers, stores) => {
          assert.deepStrictEqual(tally(answers), { committed: 7, 'quota.reserve': RACERS - 7 });
          await assertRecorded(stores, realm, madeOf(answers));
          const rest = await stores.commit(times(5, () => second));
          assert.equal(rest.committed ? undefined : rest.index, 4);
        },
      };
    },
  },
  {
    id: 'commit.client.insert.as-many-as-may-be-active',
    title: 'exactly as many clients are added as may be active',
    heat: (realm) => ({
      prepare: ({ clients }) =>
        register(
          clients,
          clientWith('active', { realm }),
          clientWith('hibernated', { realm, registration: { hibernatedAt: NOW } }),
        ),
      calls: times(RACERS, (number) =>
        commitCall(
          insertClient(clientWith(`c${number}`, { realm }), { mostActive: 8 }),
          append(number, realm),
        ),
      ),
      judge: async (answers, stores) => {
        assert.deepStrictEqual(tally(answers), { committed: 7, 'client.insert: full': RACERS - 7 });
        assert.equal(await stores.clients.countAwake(realm, 100), 8);
        await assertRecorded(stores, realm, madeOf(answers));
      },
    }),
  },
  {
    id: 'commit.client.insert.same-once-of-20',
    title: 'exactly one client of a fingerprint is added with its event, and the others return it',
    heat: (realm) => ({
      calls: times(RACERS, (number) =>
        commitCall(
          reserve(realm, { uses: 1 }),
          insertClient(printed(`c${number}`, NOW, { realm }), { duplicateSince: NOW - 1, mostActive: 1 }),
          append(number, realm),
        ),
      ),
      judge: async (answers, stores) => {
        const made = madeOf(answers);
        assert.equal(made.length, 1);
        await assertRecorded(stores, realm, made);
        assert.deepStrictEqual(await idsOf(stores.clients, realm), [`c${made[0]}`]);
      },
    }),
  },
];

const duplicates: Race = {
  id: 'commit.client.insert.duplicate-of-20',
  title: 'every client but one is a duplicate of that one',
  heat: (realm) => {
    const comers: readonly DynamicClient[] = times(RACERS, (number) => printed(`c${number}`, NOW, { realm }));
    return {
      calls: comers.map((client, number) =>
        commitCall(insertClient(client, { duplicateSince: NOW - 1 }), append(number, realm)),
      ),
      judge: async (answers, stores) => {
        const [winner = -1, ...others] = madeOf(answers);
        assert.deepStrictEqual(others, []);
        const client = comers[winner];
        const duplicate = {
          committed: false,
          index: 0,
          unmet: { kind: 'client.insert', reason: 'duplicate', client },
        };
        assert.deepStrictEqual(
          answers,
          comers.map((comer) => (comer === client ? { committed: true } : duplicate)),
        );
        await assertRecorded(stores, realm, [winner]);
      },
    };
  },
};

const restorations: Race = {
  id: 'commit.client.restore.as-many-as-may-be-active',
  title: 'clients that are added and restored are never more than may be active',
  heat: (realm) => {
    const expired = times(RACERS, (number) => clientWith(`expired-${number}`, { realm }));
    return {
      prepare: async ({ clients }) => {
        for (const client of expired) {
          await clients.insert(client);
          await clients.expire({ ...client, expiredAt: NOW }, 1);
        }
      },
      calls: expired.map((client, number) =>
        number % 4 < 2
          ? commitCall({ kind: 'client.restore', client, mostActive: 5 }, append(number, realm))
          : commitCall(
              insertClient(clientWith(`c${number}`, { realm }), { mostActive: 5 }),
              append(number, realm),
            ),
      ),
      judge: async (answers, stores) => {
        assert.equal(tally(answers)['committed'], 5);
        assert.equal(await stores.clients.countAwake(realm, 100), 5);
        await assertRecorded(stores, realm, madeOf(answers));
      },
    };
  },
};

const reactivations: Race = {
  id: 'commit.client.use.counts-as-active',
  title: 'clients that are added while others are reactivated and removed are counted exactly afterwards',
  heat: (realm) => {
    const hibernated = times(RACERS / 2, (number) =>
      clientWith(`h${number}`, { realm, registration: { hibernatedAt: NOW } }),
    );
    return {
      prepare: ({ clients }) => register(clients, ...hibernated),
      calls: mixed(
        (number) => commitCall({ kind: 'client.use', realm, id: `h${number % 10}`, at: NOW }),
        (number) => commitCall(insertClient(clientWith(`c${number}`, { realm }), { mostActive: 3 })),
      ),
      judge: async (_, { clients, commit }) => {
        const { items } = await clients.list(realm, { limit: 100 });
        const active = items.filter(
          (client) => client.kind === 'dynamic' && client.registration.hibernatedAt === undefined,
        ).length;
        const another = (mostActive: number) => [
          insertClient(clientWith('another', { realm }), { mostActive }),
        ];
        assert.equal((await commit(another(active))).committed, false);
        assert.equal((await commit(another(active + 1))).committed, true);
      },
    };
  },
};

const decisions: Race = {
  id: 'commit.interaction.decide.once-of-20',
  title: 'exactly one decision is made with its grant, and the others return it',
  heat: (realm) => {
    const place = { realm, key: 'one' };
    return {
      prepare: ({ commit }) => commit([insertInteraction(place)]),
      calls: times(RACERS, (number) =>
        commitCall(
          {
            ...decide({ ...APPROVED, at: NOW + number }, place),
            grant: grant({ realm, key: `g${number}` }),
          },
          append(number, realm),
        ),
      ),
      judge: async (answers, stores) => {
        const [winner = -1, ...others] = madeOf(answers);
        assert.deepStrictEqual(others, []);
        assert.deepStrictEqual(answers[(winner + 1) % RACERS], {
          committed: false,
          index: 0,
          unmet: {
            kind: 'interaction.decide',
            reason: 'decided',
            decision: { ...APPROVED, at: NOW + winner },
          },
        });
        for (const number of times(RACERS, Number)) {
          const found = await stores.grants.findUnopened(realm, `g${number}`);
          assert.equal(found !== undefined, number === winner);
        }
        await assertRecorded(stores, realm, [winner]);
      },
    };
  },
};

const markers: Race = {
  id: 'commit.pushed-request.insert.once-of-20',
  title: 'exactly one consumes a pushed request that is in no store, by its marker',
  heat: (realm) => {
    const place = { realm, key: 'one' };
    return {
      calls: times(RACERS, (number) =>
        commitCall(
          pushRequest(place, `${number}`),
          consumeRequest(place),
          insertInteraction({ realm, key: `i${number}` }),
        ),
      ),
      judge: async (answers, { interactions, pushedRequests }) => {
        assert.deepStrictEqual(tally(answers), { committed: 1, 'pushed-request.insert': RACERS - 1 });
        const [winner] = madeOf(answers);
        for (const number of times(RACERS, Number)) {
          const found = await interactions.find(realm, `i${number}`);
          assert.equal(found !== undefined, number === winner);
        }
        assert.equal(await pushedRequests.find(realm, 'one', NOW), undefined);
      },
    };
  },
};

const rotations: Race = {
  id: 'commit.refresh-token.rotate.once-of-20',
  title: 'exactly one rotates a token with its event, and the others repeat it',
  heat: (realm) => ({
    prepare: ({ grants }) => openFamily(grants, { realm, id: 'one' }),
    calls: times(RACERS, (number) =>
      commitCall(
        { kind: 'refresh-token.rotate', ...rotation('r1', `r2-${number}`, NOW, realm) },
        append(number, realm),
      ),
    ),
    judge: async (answers, stores) => {
      const [winner = -1, ...others] = madeOf(answers);
      assert.deepStrictEqual(others, []);
      assert.deepStrictEqual(answers[(winner + 1) % RACERS], {
        committed: false,
        index: 0,
        unmet: { kind: 'refresh-token.rotate', reason: 'repeated', seed: `seed-of-r2-${winner}` },
      });
      await assertRecorded(stores, realm, [winner]);
    },
  }),
};

const replays: Race = {
  id: 'commit.grant.end.once-of-20',
  title: 'a replay ends nothing by itself, and exactly one of those that noticed it ends the grant',
  heat: (realm) => ({
    prepare: async ({ grants }) => {
      await openFamily(grants, { realm, id: 'one' });
      await rotateThrough(grants, ['r1', 'r2', 'r3'], realm);
    },
    calls: mixed(
      (number) =>
        commitCall({ kind: 'refresh-token.rotate', ...rotation('r1', `x${number}`, NOW + GRACE, realm) }),
      (number) => commitCall(endGrant({ realm, key: 'one' }), append(number, realm)),
    ),
    judge: async (answers, stores) => {
      const {
        committed,
        'grant.end': late,
        'refresh-token.rotate: replayed': replayed = 0,
        'refresh-token.rotate: invalid': invalid = 0,
      } = tally(answers);
      assert.deepStrictEqual({ committed, late }, { committed: 1, late: RACERS / 2 - 1 });
      assert.equal(replayed + invalid, RACERS / 2);
      assert.equal(await stores.grants.find(realm, 'one'), undefined);
      await assertRecorded(stores, realm, madeOf(answers));
    },
  }),
};

export const commitRaceCases: readonly StoreCase[] = [
  ...RACES.flatMap(raceCases),
  ...[duplicates, restorations, reactivations, decisions, markers, rotations, replays].flatMap(
    connectionRaceCases,
  ),
];

import { strict as assert } from 'node:assert';
import type { CommitOutcome } from '@vestibule/core';
import type { Change, Stores, Unmet } from '@vestibule/server';
// oxlint-disable-next-line no-restricted-imports -- the reference that every store is compared with
import { createMemoryStores } from '@vestibule/server/memory';
import { times } from '../../../check/times.ts';
import { eventFailureCase, type StoreCase, storeCase } from '../../../harness/case.ts';
import { initialAccessToken } from '../../../sample/initial-access-token.ts';
import { sessionShelf } from '../../../sample/session.ts';
import { perform } from '../../../race/call.ts';
import { NOW, YEAR_9999 } from '../../../sample/time.ts';
import { pictureOf, tried, type World } from '../picture.ts';
import { createDice } from './dice.ts';
import { createChanges, NAMES } from './random-changes.ts';

const SEEDS = 24;
const SEEDS_WITH_FAILURES = 8;
const COMMITS = 24;

/** Stores sessions and initial access tokens, of which few changes add some. */
async function begin(stores: Stores): Promise<void> {
  for (const [realm, key] of [
    ['main', 'a'],
    ['main', 'b'],
    ['other', 'c'],
  ] as const) {
    await perform(stores, sessionShelf.insert(sessionShelf.make({ realm, key })));
    await stores.initialAccessTokens.insert({
      ...initialAccessToken({ realm, key }),
      expiresAt: key === 'b' ? NOW + 9_000 : YEAR_9999,
    });
  }
}

interface Commits {
  readonly next: () => Promise<readonly Change[]>;
  readonly world: () => World;
}

/** Creates a generator of commits of one to eight changes, more often of few. Most of them can be made in memory. */
function createCommits(seed: number, memory: Stores): Commits {
  const dice = createDice(seed);
  const { next, use, tokens } = createChanges(dice);
  /** A change that can be made after the others, if one of a few can. */
  const nextAfter = async (changes: readonly Change[]): Promise<Change> => {
    let change = next();
    for (let attempt = dice.chance(0.1) ? 20 : 1; attempt < 20; attempt += 1) {
      if ((await expectedOf(memory, [...changes, change])).committed) return change;
      change = next(attempt % 5 === 0 ? undefined : change.kind);
    }
    return change;
  };
  return {
    next: async () => {
      const changes: Change[] = [];
      const length = 1 + dice.below(1 + dice.below(8));
      while (changes.length < length) {
        const change = await nextAfter(changes);
        use(change);
        changes.push(change);
      }
      return changes;
    },
    world: () => ({
      realms: ['main', 'other'],
      names: NAMES,
      clients: ['notes', 'other'],
      tokens: tokens.slice(-8),
    }),
  };
}

/** What a commit would result in. */
async function expectedOf(memory: Stores, changes: readonly Change[]): Promise<CommitOutcome<Unmet>> {
  const outcome = await tried(memory, ...changes);
  return outcome.committed || outcome.index === changes.length ? { committed: true } : outcome;
}

/** Commits to both stores, and compares the outcomes. */
async function commitToBoth(stores: Stores, memory: Stores, changes: readonly Change[], context: string) {
  const [outcome, expected] = [await stores.commit(changes), await memory.commit(changes)];
  assert.deepStrictEqual({ context, changes, outcome }, { context, changes, outcome: expected });
}

const randomCase = (seed: number): StoreCase =>
  storeCase(
    `commit.random.seed-${seed}`,
    `random commits (seed ${seed}) have the outcomes that they have in memory, and leave the same`,
    async (stores) => {
      const memory = createMemoryStores();
      for (const each of [stores, memory]) await begin(each);
      const { next, world } = createCommits(seed, memory);
      for (const number of times(COMMITS, Number)) {
        await commitToBoth(stores, memory, await next(), `seed ${seed}, commit ${number}`);
      }
      assert.deepStrictEqual(await pictureOf(stores, world()), await pictureOf(memory, world()));
    },
  );

const failingCase = (seed: number): StoreCase =>
  eventFailureCase(
    `commit.random.failing-seed-${seed}`,
    `random commits (seed ${seed}) leave nothing if their events cannot be recorded, and others are made`,
    async (stores, failEvents) => {
      const memory = createMemoryStores();
      for (const each of [stores, memory]) await begin(each);
      const { next, world } = createCommits(1_000 + seed, memory);
      for (const number of times(COMMITS, Number)) {
        const changes = await next();
        const context = `failing seed ${seed}, commit ${number}`;
        if (number === COMMITS / 2) await failEvents();
        if (number < COMMITS / 2 || changes.every(({ kind }) => kind !== 'event.append')) {
          await commitToBoth(stores, memory, changes, context);
          continue;
        }
        const expected = await expectedOf(memory, changes);
        const outcome = await stores.commit(changes).catch(() => 'failed');
        // A condition may fail before the event does, or the other way round.
        if (outcome !== 'failed' || expected.committed) {
          const right = expected.committed ? 'failed' : expected;
          assert.deepStrictEqual({ context, changes, outcome }, { context, changes, outcome: right });
        }
      }
      assert.deepStrictEqual(await pictureOf(stores, world()), await pictureOf(memory, world()));
    },
  );

export const randomCases: readonly StoreCase[] = [
  ...times(SEEDS, randomCase),
  ...times(SEEDS_WITH_FAILURES, failingCase),
];

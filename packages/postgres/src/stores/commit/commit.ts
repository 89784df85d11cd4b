import type { CommitOutcome, UnmetOf } from '@vestibule/core';
import type { Change, CommitChanges, Unmet } from '@vestibule/server';
import type { Database } from '../../database/database.ts';
import { isLostConnection } from '../../database/failure.ts';
import { type Failure, decodeFailures } from './decode-unmet.ts';
import { encodeCommits } from './encode-commits.ts';
import { gathered, type Reach } from './gathered.ts';
import { locksOf } from './locks.ts';

/**
 * What one statement makes at most. All of its changes of one row are versions of that row, which are only removed after it:
 * with more of them in one page, finding the newest takes longer and longer.
 */
const MOST_TOGETHER = 16;

/** Commits that change a row that all others of their kind change wait for it anyway, so one statement makes them at a time. */
const AT_ONCE = { shared: 1, others: 4 };

type Commits = readonly (readonly Change[])[];

/**
 * As text: a column of JSON would be parsed before its texts are decoded. One name for each connection, so that the plans of
 * the function are made once.
 */
const COMMIT = 'SELECT commit_changes($1, $2, $3)::text AS failures';

/**
 * Commits on PostgreSQL: one statement makes the commits of several requests, and undoes each alone whose condition fails.
 * They wait for the disk once, and a row that all of them change, such as the quota of the realm, is locked once.
 */
export function createPostgresCommit(database: Database): CommitChanges {
  async function makeAll(commits: Commits): Promise<readonly Failure[]> {
    const { together, oneByOne } = encodeCommits(commits);
    const { rows } = await database.query<{ readonly failures: string | null }>({
      name: 'commit-changes',
      text: COMMIT,
      values: [together, oneByOne, locksOf(commits)],
      readsCommitted: true,
    });
    return decodeFailures(rows[0]?.failures ?? null, commits);
  }

  const makeOneOf = (atOnce: number) =>
    gathered<readonly Change[], CommitOutcome<Unmet>>({
      most: MOST_TOGETHER,
      atOnce,
      run: async (commits) => {
        const failures = new Map((await makeAll(commits)).map((failure) => [failure.commit, failure]));
        return commits.map((_, number) => outcomeOf(failures.get(number)));
      },
      reachOf,
    });
  const makeShared = makeOneOf(AT_ONCE.shared);
  const makeOther = makeOneOf(AT_ONCE.others);

  return async <Some extends Change>(changes: readonly Some[]) =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a change fails by a condition of its own kind
    (await (changes.some(isShared) ? makeShared : makeOther)(changes)) as CommitOutcome<UnmetOf<Unmet, Some>>;
}

/** A limit, or the number of active clients. */
const isShared = ({ kind }: Change): boolean =>
  kind === 'quota.reserve' || kind === 'client.insert' || kind === 'client.restore';

/** An error that is no outage undoes all commits of a statement because of one of them. After a lost connection others work. */
function reachOf(error: unknown): Reach {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'STORE_UNAVAILABLE') return 'one';
  return isLostConnection(error.cause) ? 'run' : 'waiting';
}

const outcomeOf = (failure: Failure | undefined): CommitOutcome<Unmet> =>
  failure === undefined
    ? { committed: true }
    : { committed: false, index: failure.index, unmet: failure.unmet };

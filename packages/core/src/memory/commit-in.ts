import type { CommitOutcome, UnmetOf } from '../ports/commit.ts';
import type { Journal } from './journal.ts';

/**
 * Makes changes in their order until the condition of one fails. The caller undoes those before it.
 *
 * @param make makes one change without waiting, and returns the condition that failed
 */
export function makeInOrder<
  AnyChange extends { readonly kind: string },
  AnyUnmet extends { readonly kind: string },
  Change extends AnyChange,
>(
  changes: readonly Change[],
  make: (change: AnyChange) => AnyUnmet | undefined,
): CommitOutcome<UnmetOf<AnyUnmet, Change>> {
  for (const [index, change] of changes.entries()) {
    const unmet = make(change);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a change fails by a condition of its own kind
    if (unmet !== undefined) return { committed: false, index, unmet: unmet as UnmetOf<AnyUnmet, Change> };
  }
  return { committed: true };
}

/**
 * Commits in memory: all changes, or none.
 *
 * @param make makes one change without waiting, and returns the condition that failed
 */
export const commitIn =
  <AnyChange extends { readonly kind: string }, AnyUnmet extends { readonly kind: string }>(
    journal: Journal,
    make: (change: AnyChange) => AnyUnmet | undefined,
  ) =>
  async <Change extends AnyChange>(
    changes: readonly Change[],
  ): Promise<CommitOutcome<UnmetOf<AnyUnmet, Change>>> => {
    const failed = journal.attempt(() => {
      const outcome = makeInOrder<AnyChange, AnyUnmet, Change>(changes, make);
      return outcome.committed ? undefined : outcome;
    });
    return failed ?? { committed: true };
  };

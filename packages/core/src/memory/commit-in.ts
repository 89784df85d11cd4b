import type { CommitOutcome, UnmetOf } from '../ports/commit.ts';
import type { Journal } from './journal.ts';

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
      for (const [index, change] of changes.entries()) {
        const unmet = make(change);
        // A change fails by a condition of its own kind.
        if (unmet !== undefined) return { index, unmet: unmet as UnmetOf<AnyUnmet, Change> };
      }
      return undefined;
    });
    return failed === undefined ? { committed: true } : { committed: false, ...failed };
  };

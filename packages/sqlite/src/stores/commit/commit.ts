import type { CommitOutcome, UnmetOf } from '@vestibule/core';
import type { Change, CommitChanges, Unmet } from '@vestibule/server';
import type { SqliteDatabase } from '../../database/database.ts';

/** Commits on SQLite: the changes of a request are one message to the write thread, which commits those of many together. */
export const createSqliteCommit =
  ({ write }: SqliteDatabase): CommitChanges =>
  async <Some extends Change>(changes: readonly Some[]) => {
    const outcome = await write('commit', changes);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a change fails by a condition of its own kind
    return outcome as CommitOutcome<UnmetOf<Unmet, Some>>;
  };

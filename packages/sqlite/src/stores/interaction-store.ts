import type { Transaction, TransactionStore } from '@vestibule/server';
import type { SqliteDatabase } from '../database/database.ts';
import type { TransactionRow } from './interaction-writes.ts';

/** Transactions on SQLite. */
export function createSqliteTransactionStore({ prepare, write }: SqliteDatabase): TransactionStore {
  const select = prepare<[string, string], TransactionRow>(
    'SELECT * FROM transactions WHERE realm = ? AND id = ?',
  );
  return {
    insert: (transaction) => write('insertTransaction', transaction),
    find: async (realm, id) => {
      const row = select.get(realm, id);
      return row && toTransaction(row);
    },
    decide: (realm, id, decision) => write('decideTransaction', realm, id, decision),
  };
}

function toTransaction(row: TransactionRow): Transaction {
  return {
    realm: row.realm,
    id: row.id,
    browserHash: row.browser_hash,
    request: JSON.parse(row.request),
    startedAt: row.started_at,
    expiresAt: row.expires_at,
    ...(row.decision !== null && { decision: JSON.parse(row.decision) }),
  };
}

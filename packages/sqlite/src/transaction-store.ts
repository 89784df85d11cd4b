import type { Transaction, TransactionStore } from '@vestibule/server';
import type { Database } from 'better-sqlite3';

interface TransactionRow {
  readonly realm: string;
  readonly id: string;
  readonly browser_hash: string;
  readonly request: string;
  readonly decision: string | null;
  readonly expires_at: number;
}

/** Transactions on SQLite. */
export function createSqliteTransactionStore(database: Database): TransactionStore {
  const insert = database.prepare<[Omit<TransactionRow, 'decision'>]>(`
    INSERT INTO transactions (realm, id, browser_hash, request, expires_at)
    VALUES (@realm, @id, @browser_hash, @request, @expires_at) ON CONFLICT DO NOTHING`);
  const select = database.prepare<[string, string], TransactionRow>(
    'SELECT * FROM transactions WHERE realm = ? AND id = ?',
  );
  const decide = database.prepare<[string, string, string]>(
    'UPDATE transactions SET decision = ? WHERE realm = ? AND id = ? AND decision IS NULL',
  );

  return {
    insert: async ({ realm, id, browserHash, request, expiresAt }) => {
      const row = {
        realm,
        id,
        browser_hash: browserHash,
        request: JSON.stringify(request),
        expires_at: expiresAt,
      };
      return insert.run(row).changes === 1 ? 'inserted' : 'exists';
    },
    find: async (realm, id): Promise<Transaction | undefined> => {
      const row = select.get(realm, id);
      if (row === undefined) return undefined;
      return {
        realm,
        id,
        browserHash: row.browser_hash,
        request: JSON.parse(row.request),
        expiresAt: row.expires_at,
        ...(row.decision !== null && {
          decision: JSON.parse(row.decision),
        }),
      };
    },
    decide: async (realm, id, decision) => {
      if (decide.run(JSON.stringify(decision), realm, id).changes === 1) return { decision, made: true };
      const standing = select.get(realm, id)?.decision ?? null;
      return standing === null ? undefined : { decision: JSON.parse(standing), made: false };
    },
  };
}

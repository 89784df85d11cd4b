import type { Decision, StandingDecision, Transaction, TransactionStore } from '@vestibule/server';
import type { Database } from 'better-sqlite3';
import type { SqliteDatabase } from '../database/database.ts';

interface TransactionRow {
  readonly realm: string;
  readonly id: string;
  readonly browser_hash: string;
  readonly request: string;
  readonly decision: string | null;
  readonly started_at: number;
  readonly expires_at: number;
}

export interface TransactionWrites {
  readonly insertTransaction: (transaction: Transaction) => 'inserted' | 'exists';
  readonly decideTransaction: (realm: string, id: string, decision: Decision) => StandingDecision | undefined;
}

export function transactionWrites(database: Database): TransactionWrites {
  const insert = database.prepare<[TransactionRow]>(`
    INSERT INTO transactions (realm, id, browser_hash, request, decision, started_at, expires_at)
    VALUES (@realm, @id, @browser_hash, @request, @decision, @started_at, @expires_at) ON CONFLICT DO NOTHING`);
  const decide = database.prepare<[string, string, string]>(
    'UPDATE transactions SET decision = ? WHERE realm = ? AND id = ? AND decision IS NULL',
  );
  const select = database.prepare<[string, string], Pick<TransactionRow, 'decision'>>(
    'SELECT decision FROM transactions WHERE realm = ? AND id = ?',
  );
  return {
    insertTransaction: (transaction) =>
      insert.run(toRow(transaction)).changes === 1 ? 'inserted' : 'exists',
    decideTransaction: (realm, id, decision) => {
      if (decide.run(JSON.stringify(decision), realm, id).changes === 1) return { decision, made: true };
      const standing = select.get(realm, id)?.decision ?? null;
      return standing === null ? undefined : { decision: JSON.parse(standing), made: false };
    },
  };
}

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

function toRow({
  realm,
  id,
  browserHash,
  request,
  decision,
  startedAt,
  expiresAt,
}: Transaction): TransactionRow {
  return {
    realm,
    id,
    browser_hash: browserHash,
    request: JSON.stringify(request),
    decision: decision === undefined ? null : JSON.stringify(decision),
    started_at: startedAt,
    expires_at: expiresAt,
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

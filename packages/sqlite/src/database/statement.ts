import type { Database, Statement } from 'better-sqlite3';

/** A value of a row. */
export type SqliteValue = string | number | null;

/** The result of a statement: the first row, and the number of changed rows. */
export interface StatementOutcome {
  readonly row?: Readonly<Record<string, SqliteValue>>;
  readonly changes: number;
}

export interface StatementWrites {
  readonly statement: (sql: string, parameters: readonly SqliteValue[]) => StatementOutcome;
  /** A write that changes nothing. */
  readonly ping: () => void;
}

/** Statements of other packages, prepared once each. */
export function statementWrites(database: Database): StatementWrites {
  const prepared = new Map<string, Statement<SqliteValue[], NonNullable<StatementOutcome['row']>>>();

  return {
    statement: (sql, parameters) => {
      const statement = prepared.get(sql) ?? database.prepare(sql);
      prepared.set(sql, statement);
      if (!statement.reader) return { changes: statement.run(...parameters).changes };
      const rows = statement.all(...parameters);
      const [row] = rows;
      return { changes: rows.length, ...(row !== undefined && { row }) };
    },
    ping: () => {
      const version = Number(database.pragma('user_version', { simple: true }));
      database.pragma(`user_version = ${version}`);
    },
  };
}

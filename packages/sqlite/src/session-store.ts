import type { Session, SessionStore } from '@vestibule/server';
import type { Database } from 'better-sqlite3';
import type { SqliteDatabase } from './database.ts';

interface SessionRow {
  readonly realm: string;
  readonly hash: string;
  readonly subject: string;
  readonly name: string;
  readonly authenticated_at: number;
  readonly expires_at: number;
}

export interface SessionWrites {
  readonly insertSession: (session: Session) => 'inserted' | 'exists';
  readonly deleteSession: (realm: string, hash: string) => void;
}

export function sessionWrites(database: Database): SessionWrites {
  const insert = database.prepare<[SessionRow]>(`
    INSERT INTO sessions (realm, hash, subject, name, authenticated_at, expires_at)
    VALUES (@realm, @hash, @subject, @name, @authenticated_at, @expires_at) ON CONFLICT DO NOTHING`);
  const remove = database.prepare<[string, string]>('DELETE FROM sessions WHERE realm = ? AND hash = ?');
  return {
    insertSession: ({ realm, hash, person: { subject, name }, authenticatedAt, expiresAt }) => {
      const times = { authenticated_at: authenticatedAt, expires_at: expiresAt };
      return insert.run({ realm, hash, subject, name, ...times }).changes === 1 ? 'inserted' : 'exists';
    },
    deleteSession: (realm, hash) => void remove.run(realm, hash),
  };
}

/** Signed-in browsers, on SQLite. */
export function createSqliteSessionStore({ prepare, write }: SqliteDatabase): SessionStore {
  const select = prepare<[string, string], SessionRow>('SELECT * FROM sessions WHERE realm = ? AND hash = ?');
  return {
    insert: (session) => write('insertSession', session),
    find: async (realm, hash): Promise<Session | undefined> => {
      const row = select.get(realm, hash);
      if (row === undefined) return undefined;
      const { subject, name, authenticated_at: authenticatedAt, expires_at: expiresAt } = row;
      return { realm, hash, person: { subject, name }, authenticatedAt, expiresAt };
    },
    delete: (realm, hash) => write('deleteSession', realm, hash),
  };
}

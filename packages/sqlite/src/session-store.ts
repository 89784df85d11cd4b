import type { Session, SessionStore } from '@vestibule/server';
import type { Database } from 'better-sqlite3';

interface SessionRow {
  readonly realm: string;
  readonly hash: string;
  readonly subject: string;
  readonly name: string;
  readonly authenticated_at: number;
  readonly expires_at: number;
}

/** Signed-in browsers, on SQLite. */
export function createSqliteSessionStore(database: Database): SessionStore {
  const insert = database.prepare<[SessionRow]>(`
    INSERT INTO sessions (realm, hash, subject, name, authenticated_at, expires_at)
    VALUES (@realm, @hash, @subject, @name, @authenticated_at, @expires_at) ON CONFLICT DO NOTHING`);
  const select = database.prepare<[string, string], SessionRow>(
    'SELECT * FROM sessions WHERE realm = ? AND hash = ?',
  );
  const remove = database.prepare<[string, string]>('DELETE FROM sessions WHERE realm = ? AND hash = ?');
  return {
    insert: async ({ realm, hash, person, authenticatedAt, expiresAt }) => {
      const row = { realm, hash, ...person, authenticated_at: authenticatedAt, expires_at: expiresAt };
      return insert.run(row).changes === 1 ? 'inserted' : 'exists';
    },
    find: async (realm, hash): Promise<Session | undefined> => {
      const row = select.get(realm, hash);
      if (row === undefined) return undefined;
      const { subject, name, authenticated_at: authenticatedAt, expires_at: expiresAt } = row;
      return { realm, hash, person: { subject, name }, authenticatedAt, expiresAt };
    },
    delete: async (realm, hash) => {
      remove.run(realm, hash);
    },
  };
}

import type { Session, SessionStore } from '@vestibule/server';
import type { SqliteDatabase } from '../database/database.ts';
import type { SessionRow } from './session-writes.ts';

/** Sessions on SQLite. */
export function createSqliteSessionStore({ prepare, write }: SqliteDatabase): SessionStore {
  const select = prepare<[string, string], SessionRow>('SELECT * FROM sessions WHERE realm = ? AND hash = ?');
  return {
    insert: (session, most = Number.MAX_SAFE_INTEGER) => write('insertSession', session, most),
    find: async (realm, hash) => {
      const row = select.get(realm, hash);
      return row && toSession(row);
    },
    delete: (realm, hash) => write('deleteSession', realm, hash),
    deleteOf: (realm, subject) => write('deleteSessionsOf', realm, subject),
  };
}

function toSession({ realm, hash, subject, name, ...row }: SessionRow): Session {
  const authentication = { at: row.authenticated_at, methods: JSON.parse(row.methods) };
  return { realm, hash, person: { subject, name }, authentication, expiresAt: row.expires_at };
}

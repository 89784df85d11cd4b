import type { Session, SessionStore } from '@vestibule/server';
import type { Database } from 'better-sqlite3';
import type { SqliteDatabase } from './database.ts';

interface SessionRow {
  readonly realm: string;
  readonly hash: string;
  readonly subject: string;
  readonly name: string;
  readonly authenticated_at: number;
  readonly methods: string;
  readonly expires_at: number;
}

export interface SessionWrites {
  readonly insertSession: (session: Session) => 'inserted' | 'exists';
  readonly deleteSession: (realm: string, hash: string) => void;
}

export function sessionWrites(database: Database): SessionWrites {
  const insert = database.prepare<[SessionRow]>(`
    INSERT INTO sessions (realm, hash, subject, name, authenticated_at, methods, expires_at)
    VALUES (@realm, @hash, @subject, @name, @authenticated_at, @methods, @expires_at) ON CONFLICT DO NOTHING`);
  const remove = database.prepare<[string, string]>('DELETE FROM sessions WHERE realm = ? AND hash = ?');
  return {
    insertSession: (session) => (insert.run(toRow(session)).changes === 1 ? 'inserted' : 'exists'),
    deleteSession: (realm, hash) => void remove.run(realm, hash),
  };
}

/** Signed-in browsers, on SQLite. */
export function createSqliteSessionStore({ prepare, write }: SqliteDatabase): SessionStore {
  const select = prepare<[string, string], SessionRow>('SELECT * FROM sessions WHERE realm = ? AND hash = ?');
  return {
    insert: (session) => write('insertSession', session),
    find: async (realm, hash) => {
      const row = select.get(realm, hash);
      return row && toSession(row);
    },
    delete: (realm, hash) => write('deleteSession', realm, hash),
  };
}

function toRow({ realm, hash, person, authentication, expiresAt }: Session): SessionRow {
  return {
    realm,
    hash,
    subject: person.subject,
    name: person.name,
    authenticated_at: authentication.at,
    methods: JSON.stringify(authentication.methods),
    expires_at: expiresAt,
  };
}

function toSession({ realm, hash, subject, name, ...row }: SessionRow): Session {
  const authentication = { at: row.authenticated_at, methods: JSON.parse(row.methods) };
  return { realm, hash, person: { subject, name }, authentication, expiresAt: row.expires_at };
}

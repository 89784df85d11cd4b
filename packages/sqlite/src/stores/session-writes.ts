import type { Session } from '@vestibule/server';
import type { Database } from 'better-sqlite3';

export interface SessionRow {
  readonly realm: string;
  readonly hash: string;
  readonly subject: string;
  readonly name: string;
  readonly authenticated_at: number;
  readonly methods: string;
  readonly expires_at: number;
}

export interface SessionWrites {
  readonly insertSession: (session: Session, most: number) => 'inserted' | 'exists';
  readonly deleteSession: (realm: string, hash: string) => void;
  readonly deleteSessionsOf: (realm: string, subject: string) => number;
}

export function sessionWrites(database: Database): SessionWrites {
  const insert = database.prepare<[SessionRow]>(`
    INSERT INTO sessions (realm, hash, subject, name, authenticated_at, methods, expires_at)
    VALUES (@realm, @hash, @subject, @name, @authenticated_at, @methods, @expires_at) ON CONFLICT DO NOTHING`);
  const removeOthers = database.prepare<[string, string, string, string, number]>(`
    DELETE FROM sessions WHERE realm = ? AND hash IN (
      SELECT hash FROM sessions WHERE realm = ? AND subject = ?
      ORDER BY hash = ? DESC, authenticated_at DESC, hash LIMIT -1 OFFSET ?)`);
  const remove = database.prepare<[string, string]>('DELETE FROM sessions WHERE realm = ? AND hash = ?');
  const removeOf = database.prepare<[string, string]>('DELETE FROM sessions WHERE realm = ? AND subject = ?');
  return {
    insertSession: (session, most) => {
      if (insert.run(toRow(session)).changes === 0) return 'exists';
      const { realm, hash, person } = session;
      removeOthers.run(realm, realm, person.subject, hash, most);
      return 'inserted';
    },
    deleteSession: (realm, hash) => void remove.run(realm, hash),
    deleteSessionsOf: (realm, subject) => removeOf.run(realm, subject).changes,
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

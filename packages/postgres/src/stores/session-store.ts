import type { Session, SessionStore } from '@vestibule/server';
import type { Queryable } from '../database/statement.ts';

interface SessionRow {
  readonly subject: string;
  readonly name: string;
  readonly authenticated_at: number;
  readonly expires_at: number;
}

const INSERT = `
  INSERT INTO sessions (realm, hash, subject, name, authenticated_at, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`;

const SELECT = `
  SELECT subject, name, authenticated_at, expires_at FROM sessions WHERE realm = $1 AND hash = $2`;

const DELETE = 'DELETE FROM sessions WHERE realm = $1 AND hash = $2';

/** Signed-in browsers, on PostgreSQL. */
export function createPostgresSessionStore(database: Queryable): SessionStore {
  return {
    insert: async ({ realm, hash, person, authenticatedAt, expiresAt }) => {
      const values = [realm, hash, person.subject, person.name, authenticatedAt, expiresAt];
      const { rowCount } = await database.query({ name: 'sessions.insert', text: INSERT, values });
      return rowCount === 1 ? 'inserted' : 'exists';
    },
    find: async (realm, hash): Promise<Session | undefined> => {
      const { rows } = await database.query<SessionRow>({
        name: 'sessions.find',
        text: SELECT,
        values: [realm, hash],
        reads: true,
      });
      if (rows[0] === undefined) return undefined;
      const { subject, name, authenticated_at: authenticatedAt, expires_at: expiresAt } = rows[0];
      return { realm, hash, person: { subject, name }, authenticatedAt, expiresAt };
    },
    delete: async (realm, hash) => {
      await database.query({ name: 'sessions.delete', text: DELETE, values: [realm, hash] });
    },
  };
}

import type { Session, SessionStore } from '@vestibule/server';
import type { Queryable } from '../database/statement.ts';

interface SessionRow {
  readonly subject: string;
  readonly name: string;
  readonly authenticated_at: number;
  readonly methods: string;
  readonly expires_at: number;
}

const INSERT = `
  INSERT INTO sessions (realm, hash, subject, name, authenticated_at, methods, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`;

const SELECT = `
  SELECT subject, name, authenticated_at, methods, expires_at FROM sessions WHERE realm = $1 AND hash = $2`;

const DELETE = 'DELETE FROM sessions WHERE realm = $1 AND hash = $2';

/** Signed-in browsers, on PostgreSQL. */
export function createPostgresSessionStore(database: Queryable): SessionStore {
  return {
    insert: async ({ realm, hash, person, authentication: { at, methods }, expiresAt }) => {
      const values = [realm, hash, person.subject, person.name, at, JSON.stringify(methods), expiresAt];
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
      const { subject, name, authenticated_at: at, methods, expires_at: expiresAt } = rows[0];
      const authentication = { at, methods: JSON.parse(methods) };
      return { realm, hash, person: { subject, name }, authentication, expiresAt };
    },
    delete: async (realm, hash) => {
      await database.query({ name: 'sessions.delete', text: DELETE, values: [realm, hash] });
    },
  };
}

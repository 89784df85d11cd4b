import type { Session, SessionStore } from '@vestibule/server';
import type { Queryable } from '../database/statement.ts';

interface SessionRow {
  readonly subject: string;
  readonly name: string;
  readonly authenticated_at: number;
  readonly methods: string;
  readonly expires_at: number;
}

/** Keeps $8 other sessions besides the new one. */
const INSERT = `
  WITH added AS (
    INSERT INTO sessions (realm, hash, subject, name, authenticated_at, methods, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING hash
  ), removed AS (
    DELETE FROM sessions WHERE realm = $1 AND EXISTS (SELECT 1 FROM added) AND hash IN (
      SELECT hash FROM sessions WHERE realm = $1 AND subject = $3
      ORDER BY authenticated_at DESC, hash OFFSET $8)
  )
  SELECT hash FROM added`;

const ALL = Number.MAX_SAFE_INTEGER;

const SELECT = `
  SELECT subject, name, authenticated_at, methods, expires_at FROM sessions WHERE realm = $1 AND hash = $2`;

const DELETE = 'DELETE FROM sessions WHERE realm = $1 AND hash = $2';

const DELETE_OF = 'DELETE FROM sessions WHERE realm = $1 AND subject = $2';

/** Sessions on PostgreSQL. */
export function createPostgresSessionStore(database: Queryable): SessionStore {
  return {
    insert: async (session, most = ALL) => {
      const { realm, hash, ...row } = toSessionRow(session);
      const others = [row.subject, row.name, row.authenticated_at, row.methods, row.expires_at];
      const values = [realm, hash, ...others, most - 1];
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
    deleteOf: async (realm, subject) => {
      const values = [realm, subject];
      const { rowCount } = await database.query({ name: 'sessions.delete-of', text: DELETE_OF, values });
      return rowCount;
    },
    delete: async (realm, hash) => {
      await database.query({ name: 'sessions.delete', text: DELETE, values: [realm, hash] });
    },
  };
}

/** A session as its row. */
export const toSessionRow = ({
  realm,
  hash,
  person: { subject, name },
  authentication: { at, methods },
  expiresAt,
}: Session): SessionRow & Pick<Session, 'realm' | 'hash'> => ({
  realm,
  hash,
  subject,
  name,
  authenticated_at: at,
  methods: JSON.stringify(methods),
  expires_at: expiresAt,
});

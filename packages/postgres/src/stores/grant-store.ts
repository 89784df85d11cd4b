import type { Grant, GrantStore } from '@vestibule/server';
import type { Database } from '../database/database.ts';
import { rotate } from './rotation/rotate.ts';

interface GrantRow {
  readonly realm: string;
  readonly id: string;
  readonly client_id: string;
  readonly subject: string;
  readonly resource: string;
  readonly scopes: string;
  readonly created_at: number;
  readonly expires_at: number;
}

const COLUMNS = 'realm, id, client_id, subject, resource, scopes, created_at, expires_at';

const INSERT = `
  INSERT INTO grants (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`;

/**
 * Who opens a grant adds its first token in the same statement; who comes second, or after its end, waits, looks again
 * and does neither.
 */
const OPEN = `
  WITH opened AS (
    UPDATE grants SET opened_at = $3, expires_at = $4
    WHERE realm = $1 AND id = $2 AND opened_at IS NULL AND ended_at IS NULL RETURNING realm, id
  ), first_token AS (
    INSERT INTO refresh_tokens (realm, hash, grant_id, expires_at)
    SELECT realm, $5::text, id, $6::bigint FROM opened WHERE $5::text IS NOT NULL
  )
  SELECT EXISTS (SELECT 1 FROM opened) AS opened,
    EXISTS (SELECT 1 FROM grants WHERE realm = $1 AND id = $2) AS known`;

const SELECT_BY_TOKEN = `
  SELECT ${COLUMNS} FROM grants
  WHERE realm = $1 AND ended_at IS NULL
    AND id = (SELECT grant_id FROM refresh_tokens WHERE realm = $1 AND hash = $2)`;

const END = `
  UPDATE grants SET ended_at = $3
  WHERE realm = $1 AND id = $2 AND opened_at IS NOT NULL AND ended_at IS NULL RETURNING ${COLUMNS}`;

const END_ALL = 'UPDATE grants SET ended_at = $3 WHERE realm = $1 AND client_id = $2 AND ended_at IS NULL';

/** Grants and their families of refresh tokens, on PostgreSQL. */
export function createPostgresGrantStore(database: Database): GrantStore {
  return {
    insert: async (grant) => {
      const { rowCount } = await database.query({
        name: 'grants.insert',
        text: INSERT,
        values: toValues(grant),
      });
      return rowCount === 1 ? 'inserted' : 'exists';
    },
    open: async ({ realm, id, at, expiresAt, token }) => {
      const { rows } = await database.query<{ readonly opened: boolean; readonly known: boolean }>({
        name: 'grants.open',
        text: OPEN,
        values: [realm, id, at, expiresAt, token?.hash ?? null, token?.expiresAt ?? null],
      });
      if (rows[0]?.opened) return 'opened';
      return rows[0]?.known ? 'already-open' : 'missing';
    },
    findByRefreshToken: async (realm, hash) => {
      const { rows } = await database.query<GrantRow>({
        name: 'grants.find-by-refresh-token',
        text: SELECT_BY_TOKEN,
        values: [realm, hash],
        reads: true,
      });
      return rows[0] && toGrant(rows[0]);
    },
    rotate: (rotation) => rotate(database, rotation),
    end: async (realm, id, at) => {
      const statement = { name: 'grants.end', text: END, values: [realm, id, at] };
      const { rows } = await database.query<GrantRow>(statement);
      return rows[0] && toGrant(rows[0]);
    },
    endAll: async (realm, clientId, at) => {
      const statement = { name: 'grants.end-all', text: END_ALL, values: [realm, clientId, at] };
      return (await database.query(statement)).rowCount;
    },
  };
}

/** In the order of {@link COLUMNS}. */
const toValues = (grant: Grant): readonly (string | number)[] => [
  grant.realm,
  grant.id,
  grant.clientId,
  grant.subject,
  grant.resource,
  JSON.stringify(grant.scopes),
  grant.createdAt,
  grant.expiresAt,
];

const toGrant = (row: GrantRow): Grant => ({
  realm: row.realm,
  id: row.id,
  clientId: row.client_id,
  subject: row.subject,
  resource: row.resource,
  scopes: JSON.parse(row.scopes),
  createdAt: row.created_at,
  expiresAt: row.expires_at,
});

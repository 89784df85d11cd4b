import type { GrantStore } from '@vestibule/server';
import type { Database } from '../../database/database.ts';
import { COLUMNS, type GrantRow, type ListedGrantRow, toGrant, toListed, toValues } from './grant-row.ts';
import { toPage } from '../page.ts';
import { rotate } from './rotate-grant.ts';
import { END_OF } from './statements.ts';

const INSERT = `
  INSERT INTO grants (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING`;

const OPEN = `
  WITH opened AS (
    UPDATE grants SET opened_at = $3, expires_at = $4, proof_key = coalesce($7, proof_key)
    WHERE realm = $1 AND id = $2 AND opened_at IS NULL AND ended_at IS NULL
    RETURNING realm, id
  ), first_token AS (
    INSERT INTO refresh_tokens (realm, hash, grant_id, expires_at, family_hash)
    SELECT realm, $5::text, id, $6::bigint, $8::text FROM opened WHERE $5::text IS NOT NULL
  )
  SELECT EXISTS (SELECT 1 FROM opened) AS opened,
    EXISTS (SELECT 1 FROM grants WHERE realm = $1 AND id = $2) AS known`;

const SELECT = `
  SELECT ${COLUMNS} FROM grants
  WHERE realm = $1 AND id = $2 AND opened_at IS NOT NULL AND ended_at IS NULL`;

const SELECT_UNOPENED = `
  SELECT ${COLUMNS} FROM grants
  WHERE realm = $1 AND id = $2 AND opened_at IS NULL AND ended_at IS NULL`;

const LIST_OF = `
  SELECT ${COLUMNS}, opened_at FROM grants
  WHERE realm = $1 AND subject = $2 AND ended_at IS NULL
    AND expires_at > $3 AND ($4::text IS NULL OR client_id = $4)
  ORDER BY created_at, id`;

/** An empty cursor is the beginning: ids are not empty. */
const LIST_OF_CLIENT = `
  SELECT ${COLUMNS}, opened_at FROM grants
  WHERE realm = $1 AND client_id = $2 AND ended_at IS NULL AND expires_at > $3 AND id > $4
  ORDER BY id LIMIT $5`;

const LIST_ENDED = 'SELECT id FROM grants WHERE realm = $1 AND ended_at >= $2 LIMIT $3';

const SELECT_BY_TOKEN = `
  SELECT ${COLUMNS} FROM grants
  WHERE realm = $1 AND ended_at IS NULL
    AND id = coalesce(
      (SELECT grant_id FROM refresh_tokens WHERE realm = $1 AND hash = $2),
      (SELECT grant_id FROM refresh_tokens WHERE realm = $1 AND family_hash = $3 LIMIT 1)
    )`;

const END = `
  UPDATE grants SET ended_at = $3
  WHERE realm = $1 AND id = $2 AND opened_at IS NOT NULL AND ended_at IS NULL RETURNING ${COLUMNS}`;

const END_ALL = 'UPDATE grants SET ended_at = $3 WHERE realm = $1 AND client_id = $2 AND ended_at IS NULL';

/** Grants and their refresh token families on PostgreSQL. */
export function createPostgresGrantStore(database: Pick<Database, 'query' | 'transaction'>): GrantStore {
  return {
    insert: async (grant) => {
      const { rowCount } = await database.query({
        name: 'grants.insert',
        text: INSERT,
        values: toValues(grant),
      });
      return rowCount === 1 ? 'inserted' : 'exists';
    },
    open: async ({ realm, id, at, expiresAt, token, proofKey }) => {
      const firstToken = [token?.hash ?? null, token?.expiresAt ?? null];
      const further = [proofKey ?? null, token?.family ?? null];
      const { rows } = await database.query<Record<'opened' | 'known', boolean>>({
        name: 'grants.open',
        text: OPEN,
        values: [realm, id, at, expiresAt, ...firstToken, ...further],
      });
      if (rows[0]?.opened) return 'opened';
      return rows[0]?.known ? 'already-open' : 'missing';
    },
    find: async (realm, id) => {
      const statement = { name: 'grants.find', text: SELECT, values: [realm, id], reads: true };
      const { rows } = await database.query<GrantRow>(statement);
      return rows[0] && toGrant(rows[0]);
    },
    findUnopened: async (realm, id) => {
      const values = [realm, id];
      const statement = { name: 'grants.find-unopened', text: SELECT_UNOPENED, values, reads: true };
      const { rows } = await database.query<GrantRow>(statement);
      return rows[0] && toGrant(rows[0]);
    },
    listOf: async (realm, subject, now, clientId) => {
      const { rows } = await database.query<ListedGrantRow>({
        name: 'grants.list-of',
        text: LIST_OF,
        values: [realm, subject, now, clientId ?? null],
        reads: true,
      });
      return rows.map(toListed);
    },
    listOfClient: async (realm, clientId, now, { after = '', limit }) => {
      const { rows } = await database.query<ListedGrantRow>({
        name: 'grants.list-of-client',
        text: LIST_OF_CLIENT,
        values: [realm, clientId, now, after, limit + 1],
        reads: true,
      });
      return toPage(rows.map(toListed), limit, ({ id }) => id);
    },
    listEnded: async (realm, since, limit) => {
      const values = [realm, since, limit ?? null];
      const statement = { name: 'grants.list-ended', text: LIST_ENDED, values, reads: true };
      const { rows } = await database.query<{ readonly id: string }>(statement);
      return rows.map(({ id }) => id);
    },
    findByRefreshToken: async (realm, hash, family) => {
      const { rows } = await database.query<GrantRow>({
        name: 'grants.find-by-refresh-token',
        text: SELECT_BY_TOKEN,
        values: [realm, hash, family ?? null],
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
    endOf: async (realm, subject, clientId, at) => {
      const statement = { name: 'grants.end-of', text: END_OF, values: [realm, subject, clientId, at] };
      const { rows } = await database.query<{ readonly id: string }>(statement);
      return rows.map(({ id }) => id);
    },
    endAll: async (realm, clientId, at) => {
      const statement = { name: 'grants.end-all', text: END_ALL, values: [realm, clientId, at] };
      return (await database.query(statement)).rowCount;
    },
  };
}

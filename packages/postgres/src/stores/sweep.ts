import type { Sweeper } from '@vestibule/core';
import type { Queryable, Statement } from '../database/statement.ts';

const DAY = 86_400_000;

/** How long what is swept is stored. */
export interface SweeperOptions {
  /** How long audit events are stored, in days. @default 90 */
  readonly auditDays?: number;
}

/** Rows are selected once and locked at the selection. Rows that another node is sweeping or renewing are skipped. */
const deleteSome = (table: string, key: string, condition: string): Pick<Statement, 'name' | 'text'> => ({
  name: `sweep.${table}`,
  text: `
    WITH expired AS MATERIALIZED (
      SELECT ${key} FROM ${table} WHERE ${condition} LIMIT $2 FOR UPDATE SKIP LOCKED
    )
    DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM expired)`,
});

/**
 * A refresh prolongs a grant without moving its entry in the index of `sweep_at`, so the entry is moved when its time has come.
 * Deleting a grant deletes its tokens, and would wait for a concurrent deletion of them. A grant with remaining tokens is
 * deleted later.
 */
const EXPIRED_TOKENS = `
  SELECT 1 FROM refresh_tokens AS token
  WHERE token.realm = grants.realm AND token.grant_id = grants.id AND token.expires_at <= $1`;

const GRANTS: Pick<Statement, 'name' | 'text'> = {
  name: 'sweep.grants',
  text: `
    WITH due AS MATERIALIZED (
      SELECT realm, id, expires_at <= $1 AS has_expired FROM grants
      WHERE sweep_at <= $1 AND NOT EXISTS (${EXPIRED_TOKENS}) LIMIT $2 FOR UPDATE SKIP LOCKED
    ), postponed AS (
      UPDATE grants SET sweep_at = expires_at WHERE (realm, id) IN (SELECT realm, id FROM due WHERE NOT has_expired)
    ), deleted AS (
      DELETE FROM grants WHERE (realm, id) IN (SELECT realm, id FROM due WHERE has_expired) RETURNING id
    )
    SELECT (SELECT count(*) FROM due) AS due, (SELECT count(*) FROM deleted) AS deleted`,
};

const STATEMENTS = [
  deleteSome('transactions', 'realm, id', 'expires_at <= $1'),
  deleteSome('codes', 'realm, key', 'expires_at <= $1'),
  deleteSome('pushed_requests', 'realm, key', 'expires_at <= $1'),
  deleteSome('finished_sign_ins', 'realm, key', 'expires_at <= $1'),
  deleteSome('replays', 'realm, key', 'expires_at <= $1'),
  deleteSome('revoked_tokens', 'realm, id', 'expires_at <= $1'),
  deleteSome('sessions', 'realm, hash', 'expires_at <= $1'),
  deleteSome('refresh_tokens', 'realm, hash', 'expires_at <= $1'),
  deleteSome('initial_access_tokens', 'realm, id', 'expires_at <= $1'),
  deleteSome('leases', 'name', 'expires_at <= $1'),
  deleteSome('provider_tokens', 'realm, grant_id', 'expires_at <= $1'),
];

/** Events are in an index of realm and time, so each realm begins with its oldest. Realms are found one after the other. */
const AUDIT: Pick<Statement, 'name' | 'text'> = {
  name: 'sweep.audit_events',
  text: `
    WITH RECURSIVE known(realm) AS (
      SELECT min(realm) FROM audit_events
      UNION ALL
      SELECT (SELECT min(realm) FROM audit_events WHERE realm > known.realm) FROM known WHERE known.realm IS NOT NULL
    ), old AS MATERIALIZED (
      SELECT event.id FROM known CROSS JOIN LATERAL (
        SELECT id FROM audit_events WHERE realm = known.realm AND at <= $1 ORDER BY at LIMIT $2
      ) AS event LIMIT $2
    ), free AS MATERIALIZED (
      SELECT id FROM audit_events WHERE id IN (SELECT id FROM old) FOR UPDATE SKIP LOCKED
    )
    DELETE FROM audit_events WHERE id IN (SELECT id FROM free)`,
};

interface SweptGrants {
  readonly due: number;
  readonly deleted: number;
}

/** Deletes expired rows of a PostgreSQL database. Refresh tokens are also deleted with their grant. */
export function createPostgresSweeper(database: Queryable, { auditDays = 90 }: SweeperOptions = {}): Sweeper {
  return {
    sweep: async (now, limit) => {
      let count = 0;
      for (const statement of STATEMENTS) {
        count += (await database.query({ ...statement, values: [now, limit] })).rowCount;
      }
      const grants = await database.query<SweptGrants>({ ...GRANTS, values: [now, limit] });
      const { due = 0, deleted = 0 } = grants.rows[0] ?? {};
      // As many as the limit are perhaps not all, so that the caller has to come again.
      count += due === limit ? due : deleted;
      const audit = await database.query({ ...AUDIT, values: [now - auditDays * DAY, limit] });
      return count + audit.rowCount;
    },
  };
}

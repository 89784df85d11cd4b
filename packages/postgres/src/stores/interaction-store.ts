import type { Interaction, InteractionStore } from '@vestibule/server';
import type { Queryable } from '../database/statement.ts';
import { COLUMNS, toValues } from './grant/grant-row.ts';

interface InteractionRow {
  readonly browser_hash: string;
  readonly request: string;
  readonly decision: string | null;
  readonly started_at: number;
  readonly expires_at: number;
}

const INSERT = `
  INSERT INTO transactions (realm, id, browser_hash, request, decision, started_at, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`;

const SELECT = `
  SELECT browser_hash, request, decision, started_at, expires_at FROM transactions WHERE realm = $1 AND id = $2`;

/**
 * Of concurrent statements one finds no decision; PostgreSQL makes the others wait, check again, and leave the row
 * unchanged.
 */
const DECIDE = 'UPDATE transactions SET decision = $3 WHERE realm = $1 AND id = $2 AND decision IS NULL';

/** A decision with what it grants, in one statement: a decision that is not made grants nothing. */
const DECIDE_AND_GRANT = `
  WITH decided AS (${DECIDE} RETURNING realm)
  INSERT INTO grants (${COLUMNS}, sweep_at)
  SELECT $4, $5, $6, $7, $8, $9, $10::bigint, $11::bigint, $12::bigint, $13, $14, $15, $11 FROM decided`;

/** Interactions on PostgreSQL, in the table `transactions`. */
export function createPostgresInteractionStore(database: Queryable): InteractionStore {
  const select = async (realm: string, id: string): Promise<InteractionRow | undefined> => {
    const statement = { name: 'interactions.find', text: SELECT, values: [realm, id], reads: true };
    const { rows } = await database.query<InteractionRow>(statement);
    return rows[0];
  };
  return {
    insert: async ({ realm, id, browserHash, request, decision, startedAt, expiresAt }) => {
      const decided = decision === undefined ? null : JSON.stringify(decision);
      const values = [realm, id, browserHash, JSON.stringify(request), decided, startedAt, expiresAt];
      const { rowCount } = await database.query({ name: 'interactions.insert', text: INSERT, values });
      return rowCount === 1 ? 'inserted' : 'exists';
    },
    find: async (realm, id): Promise<Interaction | undefined> => {
      const row = await select(realm, id);
      if (row === undefined) return undefined;
      return {
        realm,
        id,
        browserHash: row.browser_hash,
        request: JSON.parse(row.request),
        startedAt: row.started_at,
        expiresAt: row.expires_at,
        ...(row.decision !== null && { decision: JSON.parse(row.decision) }),
      };
    },
    decide: async (realm, id, decision, grant) => {
      const values = [realm, id, JSON.stringify(decision)];
      const { rowCount } = await database.query(
        grant === undefined
          ? { name: 'interactions.decide', text: DECIDE, values }
          : {
              name: 'interactions.decide-and-grant',
              text: DECIDE_AND_GRANT,
              values: [...values, ...toValues(grant)],
            },
      );
      if (rowCount === 1) return { decision, made: true };
      // A second statement, which sees a concurrent decision. A decision never changes.
      const standing = (await select(realm, id))?.decision ?? null;
      return standing === null ? undefined : { decision: JSON.parse(standing), made: false };
    },
  };
}

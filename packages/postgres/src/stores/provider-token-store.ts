import type { ProviderTokenStore, StoredProviderTokens } from '@vestibule/server';
import type { Queryable } from '../database/statement.ts';

const COLUMNS = 'realm, grant_id, version, sealed, expires_at';

/** Of concurrent statements one adds the row; PostgreSQL makes the others wait for it, and add nothing. */
const INSERT = `
  INSERT INTO provider_tokens (${COLUMNS}) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`;

/** Of concurrent statements one replaces: the others see its version when they have waited for the row. */
const REPLACE = `
  UPDATE provider_tokens SET version = $3, sealed = $4, expires_at = $5
  WHERE realm = $1 AND grant_id = $2 AND version = $3 - 1`;

const FIND = `SELECT ${COLUMNS} FROM provider_tokens WHERE realm = $1 AND grant_id = $2`;

/** Parameters: realm, time and limit. */
const ORPHANED = `
  SELECT ${COLUMNS} FROM provider_tokens AS token
  WHERE realm = $1 AND NOT EXISTS (
    SELECT 1 FROM grants
    WHERE grants.realm = token.realm AND grants.id = token.grant_id AND ended_at IS NULL AND grants.expires_at > $2
  ) LIMIT $3`;

const REMOVE = 'DELETE FROM provider_tokens WHERE realm = $1 AND grant_id = $2 AND version = $3';

interface ProviderTokenRow {
  readonly realm: string;
  readonly grant_id: string;
  readonly version: number;
  readonly sealed: string;
  readonly expires_at: number;
}

const toTokens = ({
  grant_id: grantId,
  expires_at: expiresAt,
  ...row
}: ProviderTokenRow): StoredProviderTokens => ({ ...row, grantId, expiresAt });

/** The tokens of a provider on PostgreSQL. */
export function createPostgresProviderTokenStore(database: Queryable): ProviderTokenStore {
  return {
    put: async ({ realm, grantId, version, sealed, expiresAt }) => {
      const [name, text] =
        version === 1 ? ['provider-tokens.insert', INSERT] : ['provider-tokens.replace', REPLACE];
      const statement = { name, text, values: [realm, grantId, version, sealed, expiresAt] };
      return (await database.query(statement)).rowCount === 1 ? 'stored' : 'conflict';
    },
    find: async (realm, grantId) => {
      const statement = { name: 'provider-tokens.find', text: FIND, values: [realm, grantId], reads: true };
      const [row] = (await database.query<ProviderTokenRow>(statement)).rows;
      return row && toTokens(row);
    },
    listOrphaned: async (realm, now, limit) => {
      const statement = { name: 'provider-tokens.orphaned', text: ORPHANED, values: [realm, now, limit] };
      return (await database.query<ProviderTokenRow>(statement)).rows.map(toTokens);
    },
    remove: async (realm, grantId, version) => {
      await database.query({
        name: 'provider-tokens.remove',
        text: REMOVE,
        values: [realm, grantId, version],
      });
    },
  };
}

import type { Rotation, RotationOutcome } from '@vestibule/server';
import type { Queryable } from '../../database/statement.ts';

interface TokenRow {
  readonly grant_id: string;
  readonly expires_at: number;
  readonly used_at: number | null;
  readonly successor_seed: string | null;
  /** Whether its successor is still stored. */
  readonly successor_stored: boolean;
  /** When its successor was first used. */
  readonly successor_used_at: number | null;
}

const LOCK = `
  SELECT id FROM grants
  WHERE realm = $1 AND ended_at IS NULL AND expires_at > $4
    AND id = coalesce(
      (SELECT grant_id FROM refresh_tokens WHERE realm = $1 AND hash = $2),
      (SELECT grant_id FROM refresh_tokens WHERE realm = $1 AND family_hash = $3 LIMIT 1)
    )
  FOR UPDATE`;

/** Tokens with a family secret that need not be stored: used, and neither the presented one nor the one before it. */
export const isForgotten = (table: string, presented: string): string => `
  ${table}.family_hash IS NOT NULL AND ${table}.used_at IS NOT NULL
  AND ${table}.hash <> ${presented} AND ${table}.successor_hash <> ${presented}`;

const SELECT_TOKEN = `
  SELECT token.grant_id, token.expires_at, token.used_at, token.successor_seed,
    successor.hash IS NOT NULL AS successor_stored, successor.used_at AS successor_used_at
  FROM refresh_tokens AS token
  LEFT JOIN refresh_tokens AS successor ON successor.realm = token.realm AND successor.hash = token.successor_hash
  WHERE token.realm = $1 AND token.hash = $2`;

const END = 'UPDATE grants SET ended_at = $3 WHERE realm = $1 AND id = $2';

const MARK_USED = `
  UPDATE refresh_tokens SET used_at = $3, successor_hash = $4, successor_seed = $5 WHERE realm = $1 AND hash = $2`;

const INSERT_TOKEN =
  'INSERT INTO refresh_tokens (realm, hash, grant_id, expires_at, family_hash) VALUES ($1, $2, $3, $4, $5)';

const FORGET_TOKENS = `DELETE FROM refresh_tokens WHERE realm = $1 AND grant_id = $2 AND ${isForgotten('refresh_tokens', '$3')}`;

const PROLONG = 'UPDATE grants SET expires_at = $3 WHERE realm = $1 AND id = $2';

/**
 * A rotation with any result, in a transaction. Once the grant is locked, no other transaction changes this family, and a
 * later statement reads the token with all earlier changes. Every change of a family also changes its grant: a database that
 * gives a transaction a single snapshot detects that at the lock, and the transaction begins again.
 */
export async function settle(transaction: Queryable, rotation: Rotation): Promise<RotationOutcome> {
  const { realm, presented, now, repeatableSince } = rotation;
  const shown = [realm, presented.hash];
  const { rows: families } = await transaction.query<{ readonly id: string }>({
    name: 'grants.lock-family',
    text: LOCK,
    values: [...shown, presented.family ?? null, now],
  });
  const family = families[0];
  if (family === undefined) return { outcome: 'invalid' };

  const { rows } = await transaction.query<TokenRow>({
    name: 'grants.select-token',
    text: SELECT_TOKEN,
    values: shown,
  });
  const token = rows[0];
  if (token === undefined) {
    // A token without a family secret expired and was swept while this waited for the grant.
    if (presented.family === undefined) return { outcome: 'invalid' };
    // It has the secret of the family but is not stored.
    await transaction.query({ name: 'grants.end-family', text: END, values: [realm, family.id, now] });
    return { outcome: 'replayed' };
  }
  if (token.expires_at <= now) return { outcome: 'invalid' };
  if (token.used_at === null) return advance(transaction, rotation, token.grant_id);
  const { successor_seed: seed, successor_stored: isStored, successor_used_at: usedAt } = token;
  const isRepeatable = isStored && (usedAt === null || usedAt > repeatableSince);
  if (seed !== null && isRepeatable) return { outcome: 'repeated', seed };
  await transaction.query({ name: 'grants.end-family', text: END, values: [realm, token.grant_id, now] });
  return { outcome: 'replayed' };
}

/** Rotates with a statement for each row, for databases that cannot do it in one. */
async function advance(
  transaction: Queryable,
  { realm, presented, successor, now }: Rotation,
  grantId: string,
): Promise<RotationOutcome> {
  await transaction.query({
    name: 'grants.mark-used',
    text: MARK_USED,
    values: [realm, presented.hash, now, successor.hash, successor.seed],
  });
  await transaction.query({
    name: 'grants.insert-token',
    text: INSERT_TOKEN,
    values: [realm, successor.hash, grantId, successor.expiresAt, successor.family ?? null],
  });
  await transaction.query({
    name: 'grants.forget-tokens',
    text: FORGET_TOKENS,
    values: [realm, grantId, presented.hash],
  });
  await transaction.query({
    name: 'grants.prolong',
    text: PROLONG,
    values: [realm, grantId, successor.expiresAt],
  });
  return { outcome: 'rotated' };
}

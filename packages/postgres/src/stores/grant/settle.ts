import type { Rotation, RotationOutcome } from '@vestibule/server';
import type { Queryable } from '../../database/statement.ts';

interface TokenRow {
  readonly grant_id: string;
  readonly expires_at: number;
  readonly used_at: number | null;
  readonly successor_seed: string | null;
  readonly successor_used: boolean;
}

const LOCK = `
  SELECT id FROM grants
  WHERE realm = $1 AND ended_at IS NULL
    AND id = (SELECT grant_id FROM refresh_tokens WHERE realm = $1 AND hash = $2)
  FOR UPDATE`;

const SELECT_TOKEN = `
  SELECT token.grant_id, token.expires_at, token.used_at, token.successor_seed,
    successor.used_at IS NOT NULL AS successor_used
  FROM refresh_tokens AS token
  LEFT JOIN refresh_tokens AS successor ON successor.realm = token.realm AND successor.hash = token.successor_hash
  WHERE token.realm = $1 AND token.hash = $2`;

const END = 'UPDATE grants SET ended_at = $3 WHERE realm = $1 AND id = $2';

const MARK_USED = `
  UPDATE refresh_tokens SET used_at = $3, successor_hash = $4, successor_seed = $5 WHERE realm = $1 AND hash = $2`;

const INSERT_TOKEN = 'INSERT INTO refresh_tokens (realm, hash, grant_id, expires_at) VALUES ($1, $2, $3, $4)';

const PROLONG = 'UPDATE grants SET expires_at = $3 WHERE realm = $1 AND id = $2';

/**
 * A rotation, whatever it comes to, in a transaction. Once the grant is locked nobody else changes this family, and the
 * token is read by a later statement, which sees all that was done to it before. Whatever changes a family changes its
 * grant, too: an engine that shows a whole transaction one moment finds that at the lock, and has it begin again.
 */
export async function settle(transaction: Queryable, rotation: Rotation): Promise<RotationOutcome> {
  const { realm, presented, now, repeatableSince } = rotation;
  const shown = [realm, presented];
  const family = await transaction.query({ name: 'grants.lock-family', text: LOCK, values: shown });
  if (family.rowCount === 0) return { outcome: 'invalid' };

  const { rows } = await transaction.query<TokenRow>({
    name: 'grants.select-token',
    text: SELECT_TOKEN,
    values: shown,
  });
  const token = rows[0];
  if (token === undefined || token.expires_at <= now) return { outcome: 'invalid' };
  if (token.used_at === null) return advance(transaction, rotation, token.grant_id);
  if (token.successor_seed !== null && !token.successor_used && token.used_at > repeatableSince) {
    return { outcome: 'repeated', seed: token.successor_seed };
  }
  await transaction.query({ name: 'grants.end-family', text: END, values: [realm, token.grant_id, now] });
  return { outcome: 'replayed' };
}

/** Rotates by a statement for each row, for engines that cannot do it by one for all. */
async function advance(
  transaction: Queryable,
  { realm, presented, successor, now }: Rotation,
  grantId: string,
): Promise<RotationOutcome> {
  await transaction.query({
    name: 'grants.mark-used',
    text: MARK_USED,
    values: [realm, presented, now, successor.hash, successor.seed],
  });
  await transaction.query({
    name: 'grants.insert-token',
    text: INSERT_TOKEN,
    values: [realm, successor.hash, grantId, successor.expiresAt],
  });
  await transaction.query({
    name: 'grants.prolong',
    text: PROLONG,
    values: [realm, grantId, successor.expiresAt],
  });
  return { outcome: 'rotated' };
}

import type { Rotation, RotationOutcome } from '@vestibule/server';
import type { Database } from 'better-sqlite3';
import type { TokenRow } from './grant-row.ts';
import { ROTATE, SELECT_FAMILY, SELECT_TOKEN } from './grant-statements.ts';
import { type FamilyRow, judgeInFamily, judgeUsed, type Use, useInFamily } from './token-family.ts';

/** The tokens of a grant. */
interface GrantTokensRow extends FamilyRow {
  readonly id: string;
  readonly expires_at: number;
}

const INVALID: RotationOutcome = { outcome: 'invalid' };
const ROTATED: RotationOutcome = { outcome: 'rotated' };

/**
 * Creates the rotation of refresh tokens. The newest token of a family is replaced with one statement; a token without a family
 * secret, which an earlier version issued, has a row of its own, and its successor begins the family.
 */
export function tokenRotation(database: Database): (rotation: Rotation) => RotationOutcome {
  const rotate =
    database.prepare<[number, string, string, number, number, string, string, string, number, number]>(
      ROTATE,
    );
  const selectFamily = database.prepare<[string, string], GrantTokensRow>(SELECT_FAMILY);
  const selectGrant = database.prepare<[string, string], GrantTokensRow>(
    'SELECT * FROM grants WHERE realm = ? AND id = ? AND ended_at IS NULL',
  );
  const beginFamily = database.prepare<[string, string, number, number, string, string]>(
    'UPDATE grants SET family_hash = ?, token_hash = ?, token_expires_at = ?, expires_at = ? WHERE realm = ? AND id = ?',
  );
  const selectToken = database.prepare<[string, string], TokenRow>(SELECT_TOKEN);
  const insertToken = database.prepare<[string, string, string, number]>(
    'INSERT INTO refresh_tokens (realm, hash, grant_id, expires_at) VALUES (?, ?, ?, ?)',
  );
  const markUsed = database.prepare<[number, string, string, string, string]>(
    'UPDATE refresh_tokens SET used_at = ?, successor_hash = ?, successor_seed = ? WHERE realm = ? AND hash = ?',
  );
  const prolong = database.prepare<[number, string, string]>(
    'UPDATE grants SET expires_at = ? WHERE realm = ? AND id = ?',
  );
  const end = database.prepare<[number, string, string]>(
    'UPDATE grants SET ended_at = ? WHERE realm = ? AND id = ?',
  );

  /** Ends the grant of a replayed token. */
  function settled({ realm, now }: Rotation, id: string, outcome: RotationOutcome): RotationOutcome {
    if (outcome.outcome === 'replayed') end.run(now, realm, id);
    return outcome;
  }

  function useOf(realm: string, family: FamilyRow, hash: string | null): Use {
    if (hash === null) return 'unknown';
    const token = selectToken.get(realm, hash);
    return token === undefined ? useInFamily(family, hash) : (token.used_at ?? 'unused');
  }

  // Several statements, which are undone together if one of them fails.
  const rotateFirst = database.transaction(
    ({ realm, presented: { hash }, successor, now }: Rotation, grantId: string): RotationOutcome => {
      const { family, expiresAt } = successor;
      markUsed.run(now, successor.hash, successor.seed, realm, hash);
      if (family === undefined) {
        insertToken.run(realm, successor.hash, grantId, expiresAt);
        prolong.run(expiresAt, realm, grantId);
      } else {
        beginFamily.run(family, successor.hash, expiresAt, expiresAt, realm, grantId);
      }
      return ROTATED;
    },
  );

  function rotateWithoutFamily(rotation: Rotation): RotationOutcome {
    const { realm, presented, now, repeatableSince } = rotation;
    const token = selectToken.get(realm, presented.hash);
    const grant = token && selectGrant.get(realm, token.grant_id);
    if (token === undefined || grant === undefined) return INVALID;
    const { expires_at: expiresAt, used_at: usedAt, successor_hash: successor, successor_seed: seed } = token;
    if (expiresAt <= now || grant.expires_at <= now) return INVALID;
    if (usedAt === null) return rotateFirst(rotation, grant.id);
    const used = { expiresAt, seed, successor: useOf(realm, grant, successor) };
    return settled(rotation, grant.id, judgeUsed(used, now, repeatableSince));
  }

  return (rotation) => {
    const { realm, presented, successor, now, repeatableSince } = rotation;
    const { hash, family } = presented;
    if (family === undefined) return rotateWithoutFamily(rotation);
    const { seed, expiresAt } = successor;
    const next = [now, seed, successor.hash, expiresAt, expiresAt] as const;
    if (rotate.run(...next, realm, family, hash, now, now).changes === 1) return ROTATED;
    const grant = selectFamily.get(realm, family);
    if (grant === undefined) return rotateWithoutFamily(rotation);
    if (grant.expires_at <= now) return INVALID;
    return settled(rotation, grant.id, judgeInFamily(grant, hash, now, repeatableSince));
  };
}

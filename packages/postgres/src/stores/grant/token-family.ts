import type { Instant } from '@vestibule/core';
import type { Rotation, RotationOutcome } from '@vestibule/server';
import type { TokenRow } from './grant-row.ts';

/**
 * The tokens of a family, in the row of their grant: the newest one, which was not used, and the two before it. All are absent
 * if the grant has no token with a family secret.
 */
export interface FamilyRow {
  /** The hash of the secret that all of them begin with. */
  readonly family_hash: string | null;
  readonly token_hash: string | null;
  readonly token_expires_at: number | null;
  readonly previous_hash: string | null;
  readonly previous_expires_at: number | null;
  readonly previous_used_at: number | null;
  /** Derives the newest token. */
  readonly previous_seed: string | null;
  readonly oldest_hash: string | null;
  readonly oldest_expires_at: number | null;
  readonly oldest_used_at: number | null;
  /** Derives the previous token. */
  readonly oldest_seed: string | null;
}

/** What is stored of the tokens of a living grant that one was presented of. */
export interface StoredTokens {
  readonly family: FamilyRow;
  /** The presented token, if it has no family secret. It was used. */
  readonly token?: TokenRow;
  /** Its successor, if that has no family secret either and is stored. */
  readonly successor?: TokenRow | null;
}

/** A token that was used, and what became of its successor. */
interface UsedToken {
  readonly expiresAt: Instant | null;
  /** Derives its successor. */
  readonly seed: string | null;
  readonly successor: Use;
}

/** The first use of a token: its time, `unused`, or `unknown` for a token that is no longer stored. */
type Use = Instant | 'unused' | 'unknown';

/** The result of a token that was not replaced. */
export type Unrotated = Exclude<RotationOutcome, { readonly outcome: 'rotated' }>;

/** What presenting a token results in that could not be replaced. */
export function judgePresented(
  { presented, now, repeatableSince }: Pick<Rotation, 'presented' | 'now' | 'repeatableSince'>,
  { family, token, successor }: StoredTokens,
): Unrotated {
  if (token === undefined) return judgeInFamily(family, presented.hash, now, repeatableSince);
  const { expires_at: expiresAt, successor_seed: seed, successor_hash: next } = token;
  const use = successor ? (successor.used_at ?? 'unused') : useInFamily(family, next);
  return judgeUsed({ expiresAt, seed, successor: use }, now, repeatableSince);
}

/** When a token of a family was first used. */
function useInFamily(family: FamilyRow, hash: string | null): Use {
  if (hash === null) return 'unknown';
  switch (hash) {
    case family.token_hash:
      return 'unused';
    case family.previous_hash:
      return family.previous_used_at ?? 'unknown';
    case family.oldest_hash:
      return family.oldest_used_at ?? 'unknown';
    default:
      return 'unknown';
  }
}

/** What presenting a token results in that is not the newest of its family, or expired. Its grant lives. */
function judgeInFamily(family: FamilyRow, hash: string, now: Instant, repeatableSince: Instant): Unrotated {
  switch (hash) {
    case family.token_hash:
      return { outcome: 'invalid' };
    case family.previous_hash: {
      const { previous_expires_at: expiresAt, previous_seed: seed } = family;
      return judgeUsed({ expiresAt, seed, successor: 'unused' }, now, repeatableSince);
    }
    case family.oldest_hash: {
      const { oldest_expires_at: expiresAt, oldest_seed: seed, previous_used_at: usedAt } = family;
      return judgeUsed({ expiresAt, seed, successor: usedAt ?? 'unknown' }, now, repeatableSince);
    }
    default:
      // It has the secret of the family but is not stored any more.
      return { outcome: 'replayed' };
  }
}

/** What presenting a used token results in. */
function judgeUsed(
  { expiresAt, seed, successor }: UsedToken,
  now: Instant,
  repeatableSince: Instant,
): Unrotated {
  if (expiresAt === null || expiresAt <= now) return { outcome: 'invalid' };
  const isRepeatable = successor === 'unused' || (successor !== 'unknown' && successor > repeatableSince);
  return seed !== null && isRepeatable ? { outcome: 'repeated', seed } : { outcome: 'replayed' };
}

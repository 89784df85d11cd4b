import type { Instant } from '@vestibule/core';
import type { RotationOutcome } from '@vestibule/server';

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

/** A token that was used, and what became of its successor. */
interface UsedToken {
  readonly expiresAt: Instant | null;
  /** Derives its successor. */
  readonly seed: string | null;
  readonly successor: Use;
}

/** The first use of a token: its time, `unused`, or `unknown` for a token that is no longer stored. */
export type Use = Instant | 'unused' | 'unknown';

/** When a token of a family was first used. */
export function useInFamily(family: FamilyRow, hash: string): Use {
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
export function judgeInFamily(
  family: FamilyRow,
  hash: string,
  now: Instant,
  repeatableSince: Instant,
): Exclude<RotationOutcome, { outcome: 'rotated' }> {
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
export function judgeUsed(
  { expiresAt, seed, successor }: UsedToken,
  now: Instant,
  repeatableSince: Instant,
): Exclude<RotationOutcome, { outcome: 'rotated' }> {
  if (expiresAt === null || expiresAt <= now) return { outcome: 'invalid' };
  const isRepeatable = successor === 'unused' || (successor !== 'unknown' && successor > repeatableSince);
  return seed !== null && isRepeatable ? { outcome: 'repeated', seed } : { outcome: 'replayed' };
}

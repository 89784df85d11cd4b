import type { Instant } from '@vestibule/core';

/** The tokens that a provider issued for a grant, encrypted. */
export interface StoredProviderTokens {
  readonly realm: string;
  /** The id of the grant. It has one record. */
  readonly grantId: string;
  /** 1 for the first tokens of a grant; each replacement has the next number. */
  readonly version: number;
  /** The ciphertext. */
  readonly sealed: string;
  readonly expiresAt: Instant;
}

/**
 * Stores the tokens that a provider issued for grants, encrypted. Every method is atomic; none reads a clock. Needed only with
 * tokens of a provider.
 */
export interface ProviderTokenStore {
  /**
   * Stores the first tokens of a grant, or replaces those of the version before. `conflict`: another version is stored, and nothing
   * changed. Of concurrent calls with one version exactly one stores.
   */
  put(tokens: StoredProviderTokens): Promise<'stored' | 'conflict'>;
  /** The tokens of a grant, expired or not. */
  find(realm: string, grantId: string): Promise<StoredProviderTokens | undefined>;
  /** Tokens whose grant is unknown, has ended or is expired at `now` (`expiresAt` is at or before it), in no order. */
  listOrphaned(realm: string, now: Instant, limit: number): Promise<readonly StoredProviderTokens[]>;
  /** Deletes the tokens of a grant if they have this version: others were stored since, and are not revoked yet. */
  remove(realm: string, grantId: string, version: number): Promise<void>;
}

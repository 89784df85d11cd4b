import type { InitialAccessToken } from '../registration/initial-access-token.ts';
import type { Instant } from '../time.ts';
import type { Page, PageRequest } from './page.ts';

/** Keeps initial access tokens until they expire. Every method is atomic; none reads a clock. */
export interface InitialAccessTokenStore {
  /** Adds a token. Never overwrites: `exists` where the realm has one of this id or this hash. */
  insert(token: InitialAccessToken): Promise<'inserted' | 'exists'>;
  /** The token of this hash, whether it can still be used or not. */
  findByHash(realm: string, hash: string): Promise<InitialAccessToken | undefined>;
  /** A realm's tokens, by id. */
  list(realm: string, page: PageRequest): Promise<Page<InitialAccessToken>>;
  /**
   * Counts one use of the token of this hash, if it is not revoked, not expired (`expiresAt` is past at `now` or equal to
   * it) and not spent. Of many at once exactly as many are `counted` as uses are left.
   */
  use(realm: string, hash: string, now: Instant): Promise<'counted' | 'refused'>;
  /** Takes one use back that came to nothing, whatever has become of the token; never more than there were. */
  release(realm: string, hash: string): Promise<void>;
  /** From now on it cannot be used. A second time changes nothing: the first moment stands. */
  revoke(realm: string, id: string, at: Instant): Promise<'revoked' | 'missing'>;
}

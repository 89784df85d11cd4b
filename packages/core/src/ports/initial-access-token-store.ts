import type { InitialAccessToken } from '../registration/initial-access-token.ts';
import type { Instant } from '../time.ts';
import type { Page, PageRequest } from './page.ts';

/** Stores initial access tokens until they expire. Every method is atomic; none reads a clock. */
export interface InitialAccessTokenStore {
  /** Adds a token. Never overwrites: returns `exists` if the realm has one with this id or this hash. */
  insert(token: InitialAccessToken): Promise<'inserted' | 'exists'>;
  /** The token with this hash, whether it is usable or not. */
  findByHash(realm: string, hash: string): Promise<InitialAccessToken | undefined>;
  /** The tokens of a realm, ordered by id. */
  list(realm: string, page: PageRequest): Promise<Page<InitialAccessToken>>;
  /**
   * Counts one use of the token with this hash, if it is not revoked, not expired (`expiresAt` is at `now` or before) and
   * not used up. Of concurrent calls exactly as many are `counted` as uses are left.
   */
  use(realm: string, hash: string, now: Instant): Promise<'counted' | 'refused'>;
  /** Gives back one use without a result, whatever the state of the token; never more than were counted. */
  release(realm: string, hash: string): Promise<void>;
  /** Revokes a token. A second call changes nothing: the first time stays. */
  revoke(realm: string, id: string, at: Instant): Promise<'revoked' | 'missing'>;
}

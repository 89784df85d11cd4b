import type { ClientGrants, Instant, Page, PageRequest } from '@vestibule/core';
import type { BoundMethod, Grant } from '../records/grant.ts';

/** A refresh token as it is stored: its hash, never the token. */
export interface RefreshTokenRecord {
  readonly hash: string;
  readonly expiresAt: Instant;
  /**
   * The hash of the family secret in the token. Absent for tokens that were issued without one. The successor of a token with
   * a family secret has the same.
   */
  readonly family?: string;
}

/** A presented refresh token. */
export interface PresentedRefreshToken {
  readonly hash: string;
  /** The hash of its family secret. Absent if it has none, and only then. */
  readonly family?: string;
}

/** The successor of the presented token, with the seed that it was derived from. */
export interface Successor extends RefreshTokenRecord {
  readonly seed: string;
}

/** The use of a refresh token: what was presented, and the token that replaces it. */
export interface Rotation {
  readonly realm: string;
  readonly presented: PresentedRefreshToken;
  readonly successor: Successor;
  readonly now: Instant;
  /**
   * A used token still returns the same successor if that successor was first used after this time: `now` if there is no
   * grace period. While its successor has not been used, it always does.
   */
  readonly repeatableSince: Instant;
}

/** The result of using a refresh token. */
export type RotationOutcome =
  /** The successor is now the current token. */
  | { readonly outcome: 'rotated' }
  /**
   * The token was used before, and its successor was not used yet, or only a moment ago: derive the same successor again
   * from this seed.
   */
  | { readonly outcome: 'repeated'; readonly seed: string }
  /** A replay: the token was used before and can no longer be repeated. The grant and all its tokens have been ended. */
  | { readonly outcome: 'replayed' }
  /** Unknown or expired, or its grant has ended. */
  | { readonly outcome: 'invalid' };

/** A grant in the list of a person. */
export interface ListedGrant extends Grant {
  /** It was approved, and its code has not been exchanged: the client has no token yet. @default absent: opened */
  readonly isUnopened?: true;
}

/**
 * Stores grants and the refresh token family of each. Every method is atomic, and changes of one family are serialized: on a
 * database with concurrent writers the grant is the lock. None reads a clock.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2 RFC 9700 §4.14.2}
 */
export interface GrantStore extends ClientGrants {
  /** Adds a grant that no code has opened yet. Never overwrites. */
  insert(grant: Grant): Promise<'inserted' | 'exists'>;
  /**
   * Opens a grant and adds its first refresh token if it is to have one. The new expiry of the grant is `expiresAt`. Of
   * concurrent calls exactly one opens it. If the grant was opened or ended before, the result is `already-open`, and nothing
   * changes.
   */
  open(opening: Opening): Promise<OpeningOutcome>;
  /** The grant with this id, unless it has ended or no code has opened it yet. */
  find(realm: string, id: string): Promise<Grant | undefined>;
  /** The grant of this id that a code may still open: it was neither opened nor ended. */
  findUnopened(realm: string, id: string): Promise<Grant | undefined>;
  /**
   * The grants of a person at `now`, to one client or to all: those that have not ended and expire after that time, oldest
   * first. Includes those that no code has opened yet, marked as such.
   */
  listOf(realm: string, subject: string, now: Instant, clientId?: string): Promise<readonly ListedGrant[]>;
  /**
   * The grants of a client at `now`, of all people: those that have not ended and expire after that time, in a stable order.
   * Includes those that no code has opened yet, marked as such.
   */
  listOfClient(realm: string, clientId: string, now: Instant, page: PageRequest): Promise<Page<ListedGrant>>;
  /**
   * The ids of the grants of a realm that ended at that time or later and are still stored.
   *
   * @param limit the largest number of results @default all of them
   */
  listEnded(realm: string, since: Instant, limit?: number): Promise<readonly string[]>;
  /**
   * The grant of a refresh token, used or not, unless the grant has ended. A token with the secret of a family belongs to
   * it, stored or not.
   *
   * @param family the hash of the family secret, which a token that has one is found by
   */
  findByRefreshToken(realm: string, hash: string, family?: string): Promise<Grant | undefined>;
  /**
   * Replaces a refresh token by its successor, whose expiry becomes the expiry of the grant. Of concurrent calls exactly one
   * rotates; the others get the same successor. A used token returns that successor until the successor is first used, and
   * for the grace period after that; later it is a replay. A family never forks. A token is expired if `now` is at or past
   * its `expiresAt`.
   *
   * At most three tokens of a family with a secret are stored: the newest and the two before it. Any other token with that
   * secret is a replay, and so is a used token whose successor is no longer stored. Tokens without a secret are stored until
   * they expire.
   *
   * A token of an expired grant is never a replay and has no successor: it is invalid and ends nothing.
   */
  rotate(rotation: Rotation): Promise<RotationOutcome>;
  /**
   * Ends an opened grant; its refresh tokens become invalid. Returns the grant if this call ended it, otherwise `undefined`.
   */
  end(realm: string, id: string, at: Instant): Promise<Grant | undefined>;
  /**
   * Ends the grants of a person to one client, including those that no code has opened yet. Returns the ids of the grants
   * that this call ended, without those that had expired.
   */
  endOf(realm: string, subject: string, clientId: string, at: Instant): Promise<readonly string[]>;
  /**
   * Ends all grants of a client, including those that no code has opened yet: none of them can be opened, refreshed or found
   * any more. Returns how many had not ended before.
   */
  endAll(realm: string, clientId: string, at: Instant): Promise<number>;
}

/** The result of opening a grant with a code. */
export type OpeningOutcome = 'opened' | 'already-open' | 'missing';

/** The opening of a grant. */
export interface Opening {
  readonly realm: string;
  /** The id of the grant. */
  readonly id: string;
  readonly at: Instant;
  readonly expiresAt: Instant;
  readonly token?: RefreshTokenRecord;
  /** The key that its tokens are bound to. */
  readonly proofKey?: string;
  /** The method that the grant is bound to. Absent: what it was bound to at its insertion stays. Never beside `proofKey`. */
  readonly clientMethod?: BoundMethod;
}

import type { AuditEvent, ClientGrants, Instant } from '@vestibule/core';
import type { Grant } from '../records/grant.ts';

/** A refresh token as it is kept: its hash, never itself. */
export interface RefreshTokenRecord {
  readonly hash: string;
  readonly expiresAt: Instant;
  /** Hash of the secret that all tokens of its family carry. Absent: it was issued before tokens carried one. */
  readonly family?: string;
}

/** A refresh token that was presented. */
export interface PresentedRefreshToken {
  readonly hash: string;
  /** Hash of the family secret that it carries. Absent: it carries none. */
  readonly family?: string;
}

/** A token that is to follow the one that was shown, with the seed it was derived with. */
export interface Successor extends RefreshTokenRecord {
  readonly seed: string;
}

export interface Rotation {
  readonly realm: string;
  readonly presented: PresentedRefreshToken;
  readonly successor: Successor;
  readonly now: Instant;
  /**
   * A used token still yields the same successor if that successor was first used after this moment: `now` without the
   * grace. While its successor has not been used, it always does.
   */
  readonly repeatableSince: Instant;
}

export type RotationOutcome =
  /** The successor is now the token to use. */
  | { readonly outcome: 'rotated' }
  /** It was used before, and its successor was not used yet, or a moment ago: derive the same one again with this seed. */
  | { readonly outcome: 'repeated'; readonly seed: string }
  /** It was used before, and can no longer be repeated. The grant, with all its tokens, has just been ended. */
  | { readonly outcome: 'replayed' }
  /** Unknown or expired, or its grant had ended. */
  | { readonly outcome: 'invalid' };

/** A grant as it is listed for the person who allows it. */
export interface ListedGrant extends Grant {
  /** It was approved, and its code has not been exchanged yet: the client holds nothing of it so far. @default absent: opened */
  readonly isUnopened?: true;
}

/**
 * Keeps grants and the family of refresh tokens that each has. Every method is atomic, and whatever changes a family
 * happens one after the other: on a database with concurrent writers the grant is the lock. None reads a clock.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2 RFC 9700 §4.14.2}
 */
export interface GrantStore extends ClientGrants {
  /** Adds a grant that no code has opened yet. Never overwrites. */
  insert(grant: Grant): Promise<'inserted' | 'exists'>;
  /**
   * Exchanges a code for its grant, all or nothing: takes the code, opens the grant, adds its first refresh token if it is
   * to have one, and records the events. The grant expires at `expiresAt` from now on. Of many at once exactly one opens
   * it. A code that cannot be taken is `code-invalid`, a grant that was opened or ended before is `already-open`; then
   * nothing changes.
   */
  open(opening: Opening): Promise<OpeningOutcome>;
  /** The grant of this id, unless it has ended or no code has opened it yet. */
  find(realm: string, id: string): Promise<Grant | undefined>;
  /**
   * What a person allows at `now`, to one client or to all of them: the grants that have not ended and expire after that
   * moment, oldest first. Those that no code has opened yet are among them, and are marked.
   */
  listOf(realm: string, subject: string, now: Instant, clientId?: string): Promise<readonly ListedGrant[]>;
  /**
   * Ids of the grants of a realm that ended at that moment or later, for as long as they are kept.
   *
   * @param limit how many are returned at most @default all of them
   */
  listEnded(realm: string, since: Instant, limit?: number): Promise<readonly string[]>;
  /**
   * The grant of a refresh token, used or not, unless the grant has ended. A token that carries the secret of a family is
   * one of it, kept or not.
   */
  findByRefreshToken(realm: string, hash: string, family?: string): Promise<Grant | undefined>;
  /**
   * Replaces a refresh token by its successor, with which the grant then expires. Of many at once exactly one rotates; the
   * others meet the same successor. A used token yields that successor until the successor is first used, and for the
   * grace after that; later it is a replay. A family never forks. A token is expired when `now` is at or past its
   * `expiresAt`.
   *
   * Of the tokens that carry the secret of a family at most three are stored: the newest and the two before it. Any other
   * token that carries it is a replay. A used token whose successor is no longer stored is a replay, too. Tokens without a
   * secret are stored until they expire.
   *
   * Nothing of a grant that has expired is a replay or yields a successor: it is invalid, and ends nothing.
   */
  rotate(rotation: Rotation): Promise<RotationOutcome>;
  /**
   * Ends a grant that was opened; its refresh tokens are invalid from now on. Gives back the grant that this call
   * ended, and `undefined` where it did not.
   */
  end(realm: string, id: string, at: Instant): Promise<Grant | undefined>;
  /**
   * Ends what a person allows one client, including what no code has opened yet. Gives back the ids of the grants that this
   * call ended; those that have expired at that moment are not among them.
   */
  endOf(realm: string, subject: string, clientId: string, at: Instant): Promise<readonly string[]>;
  /**
   * Ends every grant of a client, those that no code has opened yet too: none of them can be opened, refreshed or found
   * any more. Counts those that had not ended before.
   */
  endAll(realm: string, clientId: string, at: Instant): Promise<number>;
}

export type OpeningOutcome = 'opened' | 'code-invalid' | 'already-open' | 'missing';

export interface Opening {
  readonly realm: string;
  /** The grant's id. */
  readonly id: string;
  /** The key of the code that is taken. @default absent: the grant is opened without one */
  readonly code?: string;
  readonly at: Instant;
  readonly expiresAt: Instant;
  readonly token?: RefreshTokenRecord;
  /** The key that its tokens are bound to from now on. */
  readonly proofKey?: string;
  /** What is recorded if it is opened. @default [] */
  readonly events?: readonly AuditEvent[];
}

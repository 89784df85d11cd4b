import type { CommitOf, Instant, OperatorChange, OperatorUnmet } from '@vestibule/core';
import type { Decision, Interaction } from '../authorization-request/interaction.ts';
import type { PushedRequest } from '../authorization-request/pushed-request.ts';
import type { AuthorizationCode } from '../records/authorization-code.ts';
import type { Grant } from '../records/grant.ts';
import type { Session } from '../records/session.ts';
import type { SigningKey } from '../records/signing-key.ts';
import type { Opening, Rotation } from './grant-store.ts';

/** A change of what an authorization server stores, with the condition under which it is made. */
export type Change =
  | Exclude<OperatorChange, { readonly kind: 'grant.open' }>
  /** Adds an interaction, unless the realm has one with its id. */
  | { readonly kind: 'interaction.insert'; readonly interaction: Interaction }
  /**
   * Stores the final decision of an interaction, unless it has one. With `grant` adds what was approved, not yet opened; if a
   * grant has its id, the commit throws.
   */
  | {
      readonly kind: 'interaction.decide';
      readonly realm: string;
      readonly id: string;
      readonly decision: Decision;
      readonly grant?: Grant;
    }
  /** Stores a pushed request, or the marker of a consumed one, unless its key exists. */
  | {
      readonly kind: 'pushed-request.insert';
      readonly realm: string;
      readonly key: string;
      readonly request: PushedRequest;
      readonly expiresAt: Instant;
    }
  /** Consumes a pushed request. Without a condition: the marker decides who consumed it. */
  | {
      readonly kind: 'pushed-request.consume';
      readonly realm: string;
      readonly key: string;
      readonly at: Instant;
    }
  /** Stores a code, unless its key exists, consumed or not. */
  | {
      readonly kind: 'code.insert';
      readonly realm: string;
      readonly key: string;
      readonly code: AuthorizationCode;
      readonly expiresAt: Instant;
    }
  /** Consumes a code, if it was neither consumed nor expired. */
  | { readonly kind: 'code.consume'; readonly realm: string; readonly key: string; readonly at: Instant }
  /** Opens a grant, with its first refresh token if it is to have one, unless it was opened or ended before. */
  | ({ readonly kind: 'grant.open' } & Opening)
  /** Replaces a refresh token by its successor, unless it was used before. See `GrantStore.rotate`. */
  | ({ readonly kind: 'refresh-token.rotate' } & Rotation)
  /** Changes nothing. The condition is that this session of this person exists. */
  | {
      readonly kind: 'session.require';
      readonly realm: string;
      readonly hash: string;
      readonly subject: string;
    }
  /**
   * Adds a session, unless the realm has one with its hash. With `most`, deletes the oldest others of the person, so that they
   * have at most so many.
   */
  | { readonly kind: 'session.insert'; readonly session: Session; readonly most?: number }
  /** Deletes a session, if it exists. */
  | { readonly kind: 'session.end'; readonly realm: string; readonly hash: string }
  /** Adds the id of a revoked access token, unless it was revoked before. */
  | {
      readonly kind: 'revoked-token.insert';
      readonly realm: string;
      readonly tokenId: string;
      readonly expiresAt: Instant;
    }
  /** Adds a key as the successor of the newest one, or as the first (`undefined`), if that is still the newest. */
  | { readonly kind: 'key.insert'; readonly key: SigningKey; readonly after: string | undefined }
  /** Deletes a key that is not the newest. */
  | { readonly kind: 'key.remove'; readonly realm: string; readonly kid: string };

/** Why a change was not made. */
export type Unmet =
  | OperatorUnmet
  | { readonly kind: 'interaction.insert' }
  | { readonly kind: 'interaction.decide'; readonly reason: 'missing' }
  /** The decision that was made before. */
  | { readonly kind: 'interaction.decide'; readonly reason: 'decided'; readonly decision: Decision }
  | { readonly kind: 'pushed-request.insert' }
  | { readonly kind: 'code.insert' }
  | { readonly kind: 'code.consume' }
  /** The token was used before: derive the same successor from this seed. */
  | { readonly kind: 'refresh-token.rotate'; readonly reason: 'repeated'; readonly seed: string }
  /** `replayed`: the token was used before and can no longer be repeated. The caller ends the grant. */
  | { readonly kind: 'refresh-token.rotate'; readonly reason: 'replayed' | 'invalid' }
  | { readonly kind: 'session.require' }
  | { readonly kind: 'session.insert' }
  | { readonly kind: 'session.end' }
  | { readonly kind: 'revoked-token.insert' }
  | { readonly kind: 'key.insert' }
  | { readonly kind: 'key.remove'; readonly reason: 'newest' | 'missing' };

/** Commits changes of what an authorization server stores. */
export type CommitChanges = CommitOf<Change, Unmet>;

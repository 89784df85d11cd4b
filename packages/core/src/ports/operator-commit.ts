import type { Instant } from '../time.ts';
import type { CommitOutcome, CoreChange, CoreUnmet } from './commit.ts';

/** A change that an act of an operator makes, with the condition under which it is made. */
export type OperatorChange =
  | CoreChange
  /** Opens a grant without a refresh token, unless it was opened or ended before. An unopened grant is opened before it ends. */
  | {
      readonly kind: 'grant.open';
      readonly realm: string;
      readonly id: string;
      readonly at: Instant;
      readonly expiresAt: Instant;
    }
  /** Ends an opened grant, unless it has ended. */
  | { readonly kind: 'grant.end'; readonly realm: string; readonly id: string; readonly at: Instant }
  /** Notes the id of a proof, of an assertion or of a client that was stored, which can be used once, until `expiresAt`. */
  | {
      readonly kind: 'replay.note';
      readonly realm: string;
      readonly key: string;
      readonly expiresAt: Instant;
    };

/** Why a change of an act was not made. */
export type OperatorUnmet =
  | CoreUnmet
  | { readonly kind: 'grant.open'; readonly reason: 'already-open' | 'missing' }
  | { readonly kind: 'grant.end' }
  | { readonly kind: 'replay.note' };

/** Commits the changes of an act with its event. */
export type CommitActs = (changes: readonly OperatorChange[]) => Promise<CommitOutcome<OperatorUnmet>>;

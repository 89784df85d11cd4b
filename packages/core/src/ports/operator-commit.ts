import type { Instant } from '../time.ts';
import type { KnownPerson } from './operator-stores.ts';
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
  /** Adds a person, unless the realm has this subject or this username. */
  | { readonly kind: 'person.insert'; readonly person: KnownPerson }
  /** Replaces a person who is still as they were read. Subject and username do not change. */
  | { readonly kind: 'person.replace'; readonly person: KnownPerson; readonly replaced: KnownPerson }
  /** Deletes a person, if the realm has this subject. */
  | { readonly kind: 'person.remove'; readonly realm: string; readonly subject: string }
  /** Deletes all sessions of a person. Without a condition. */
  | { readonly kind: 'session.end-all'; readonly realm: string; readonly subject: string }
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
  | { readonly kind: 'person.insert' }
  | { readonly kind: 'person.replace' }
  | { readonly kind: 'person.remove' }
  | { readonly kind: 'replay.note' };

/** Commits the changes of an act with its event. */
export type CommitActs = (changes: readonly OperatorChange[]) => Promise<CommitOutcome<OperatorUnmet>>;

import type { Instant } from '@vestibule/core';
import type { Authentication } from './authentication.ts';

/** A browser in which a person has signed in. */
export interface Session {
  readonly realm: string;
  /** Hash of the session cookie's value. */
  readonly hash: string;
  readonly person: Person;
  /** How the person began it. */
  readonly authentication: Authentication;
  readonly expiresAt: Instant;
}

/** Somebody who can sign in. */
export interface Person {
  /** The `sub` of tokens: stable, never reused, no name and no address. */
  readonly subject: string;
  /** As pages show it. */
  readonly name: string;
}

/** Keeps sessions until they expire. Every method is atomic; none reads a clock. */
export interface SessionStore {
  /**
   * Adds a session. Never overwrites.
   *
   * @param most how many sessions of this person are kept: the others, who signed in before, are deleted @default all
   */
  insert(session: Session, most?: number): Promise<'inserted' | 'exists'>;
  /** The session, expired or not: whoever asks looks at the time. */
  find(realm: string, hash: string): Promise<Session | undefined>;
  /** Deletes a session, if there is one. */
  delete(realm: string, hash: string): Promise<void>;
}

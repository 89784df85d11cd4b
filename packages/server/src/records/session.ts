import type { Instant } from '@vestibule/core';
import type { Authentication } from './authentication.ts';

/** A browser in which a person has signed in. */
export interface Session {
  readonly realm: string;
  /** The hash of the value of the session cookie. */
  readonly hash: string;
  readonly person: Person;
  /** How the person authenticated. */
  readonly authentication: Authentication;
  readonly expiresAt: Instant;
}

/** A person who can sign in. */
export interface Person {
  /** The `sub` of tokens: stable, never reused, and neither a name nor an address. */
  readonly subject: string;
  /** The name on pages. */
  readonly name: string;
}

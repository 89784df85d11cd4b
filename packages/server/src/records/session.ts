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

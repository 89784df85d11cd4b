import type { Person } from '../records/session.ts';

/** Somebody who can sign in with a password, as stores keep them. */
export interface StoredPerson extends Person {
  readonly realm: string;
  /** As {@link canonicalUsername} writes it; unique in its realm. */
  readonly username: string;
  /** In PHC string format, by a slow password hash. Never the password. */
  readonly passwordHash: string;
  readonly email?: string;
  /** Whether somebody checked that the address is theirs. @default false */
  readonly emailVerified?: boolean;
}

/** Keeps people. Every method is atomic. */
export interface PersonStore {
  /** Adds a person. Never overwrites: `exists` where the realm has this subject or this username. */
  insert(person: StoredPerson): Promise<'inserted' | 'exists'>;
  findByUsername(realm: string, username: string): Promise<StoredPerson | undefined>;
  findBySubject(realm: string, subject: string): Promise<StoredPerson | undefined>;
  /**
   * Replaces the password hash of a person by another of the same password, unless it is no longer the one that was seen:
   * then the answer is `stale`, as for a person that there is not.
   */
  replacePasswordHash(replacement: PasswordHashReplacement): Promise<'replaced' | 'stale'>;
}

export interface PasswordHashReplacement {
  readonly realm: string;
  readonly subject: string;
  /** The hash that was seen. */
  readonly replaced: string;
  readonly passwordHash: string;
}

/** The longest username, in UTF-16 units. */
const MAX_USERNAME_LENGTH = 256;

/**
 * The one spelling of a username: NFKC, lower case, without spaces around it. What is longer is cut first: normalizing takes
 * time that grows with the square of a run of combining marks, and strangers type usernames.
 */
export const canonicalUsername = (username: string): string =>
  username.slice(0, MAX_USERNAME_LENGTH).normalize('NFKC').trim().toLowerCase();

import type { Person } from '../records/session.ts';

/** A person who can sign in with a password, as stores hold them. */
export interface StoredPerson extends Person {
  readonly realm: string;
  /** In the form of {@link canonicalUsername}; unique in its realm. */
  readonly username: string;
  /** In PHC string format, from a slow password hash. Never the password. */
  readonly passwordHash: string;
  readonly email?: string;
  /** Whether it was verified that the address belongs to the person. @default false */
  readonly emailVerified?: boolean;
}

/** Stores people. Every method is atomic. */
export interface PersonStore {
  /** Adds a person. Never overwrites: returns `exists` if the realm has this subject or this username. */
  insert(person: StoredPerson): Promise<'inserted' | 'exists'>;
  findByUsername(realm: string, username: string): Promise<StoredPerson | undefined>;
  findBySubject(realm: string, subject: string): Promise<StoredPerson | undefined>;
  /**
   * Replaces the password hash of a person by another one of the same password, if it is still the given one. Otherwise, and
   * for an unknown person, returns `stale`.
   */
  replacePasswordHash(replacement: PasswordHashReplacement): Promise<'replaced' | 'stale'>;
}

export interface PasswordHashReplacement {
  readonly realm: string;
  readonly subject: string;
  /** The hash that is expected to be stored. */
  readonly replaced: string;
  readonly passwordHash: string;
}

/** The longest username, in UTF-16 units. */
const MAX_USERNAME_LENGTH = 256;

/**
 * The canonical form of a username: NFKC, lower case, without surrounding spaces. Longer texts are cut first: the time for
 * normalization grows with the square of a run of combining marks, and anyone can send a username.
 */
export const canonicalUsername = (username: string): string =>
  username.slice(0, MAX_USERNAME_LENGTH).normalize('NFKC').trim().toLowerCase();

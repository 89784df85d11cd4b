export { canonicalUsername } from '@vestibule/core';
import type { Memberships, Page, PageRequest } from '@vestibule/core';
import type { Person } from '../records/session.ts';

/** A person, as stores hold them. */
export interface StoredPerson extends Person, Memberships {
  readonly realm: string;
  /** In the form of `canonicalUsername`; unique in its realm. */
  readonly username: string;
  /**
   * In PHC string format, by a slow password hash. Never the password. Absent: the person has no password, and signs in by other
   * means.
   */
  readonly passwordHash?: string;
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
  /** The people of a realm, in a stable order. */
  list(realm: string, page: PageRequest): Promise<Page<StoredPerson>>;
  /**
   * Replaces the name, the email address, the groups and the password hash of a person, if everything of them is still as it was read.
   * Otherwise, and for an unknown person, returns `stale`. Subject and username do not change.
   */
  replace(next: StoredPerson, replaced: StoredPerson): Promise<'replaced' | 'stale'>;
  /** Deletes a person. Their sessions and grants are stored elsewhere. */
  remove(realm: string, subject: string): Promise<'removed' | 'missing'>;
  /**
   * Replaces the password hash of a person by another one of the same password, if it is still the given one. Otherwise, and
   * for an unknown person, returns `stale`.
   */
  replacePasswordHash(replacement: PasswordHashReplacement): Promise<'replaced' | 'stale'>;
}

/** The replacement of a password hash, made only if the stored hash is the expected one. */
export interface PasswordHashReplacement {
  readonly realm: string;
  readonly subject: string;
  /** The hash that is expected to be stored. */
  readonly replaced: string;
  readonly passwordHash: string;
}

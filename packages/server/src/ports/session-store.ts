import type { Session } from '../records/session.ts';

/** Stores sessions until they expire. Every method is atomic; none reads a clock. */
export interface SessionStore {
  /**
   * Adds a session. Never overwrites.
   *
   * @param most how many sessions of this person are kept: the oldest others are deleted @default all
   */
  insert(session: Session, most?: number): Promise<'inserted' | 'exists'>;
  /** The session, expired or not: the caller checks the time. */
  find(realm: string, hash: string): Promise<Session | undefined>;
  /** Deletes a session if it exists. */
  delete(realm: string, hash: string): Promise<void>;
  /** Deletes all sessions of a person, and returns how many. */
  deleteOf(realm: string, subject: string): Promise<number>;
}

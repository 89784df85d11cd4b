import type { Person } from '../records/session.ts';

/** What a person typed into the sign-in form. */
export interface Credentials {
  readonly realm: string;
  readonly username: string;
  readonly password: string;
}

/** A person who has just authenticated, and how. */
export interface Authenticated {
  readonly person: Person;
  /**
   * The methods of the authentication: `pwd`, `otp`, `hwk`.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc8176#section-2 RFC 8176 §2}
   */
  readonly methods: readonly string[];
  /**
   * Whether what was proved still holds. Asked when the session is stored: if the person was removed meanwhile, or their password
   * was changed, that session ends at once, because what ended all their sessions may not have seen it.
   *
   * @default it still holds
   */
  readonly stillHolds?: () => Promise<boolean>;
}

/**
 * Returns the person of these credentials, or `undefined` if they are wrong. Must take the same time for an unknown person
 * as for a wrong password.
 *
 * @param signal aborted when the browser disconnects: work that has not begun can be skipped
 */
export type Authenticate = (
  credentials: Credentials,
  signal: AbortSignal,
) => Promise<Authenticated | undefined>;

import type { Person } from '../records/session.ts';

export interface Credentials {
  readonly realm: string;
  readonly username: string;
  readonly password: string;
}

/** Somebody who has just proved who they are, and how. */
export interface Authenticated {
  readonly person: Person;
  /**
   * What they proved it with: `pwd`, `otp`, `hwk`.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc8176#section-2 RFC 8176 §2}
   */
  readonly methods: readonly string[];
}

/**
 * Says who somebody is, or `undefined` where the credentials are wrong. Must take as long for a person that
 * there is not as for a wrong password.
 *
 * @param signal aborted when the browser goes away: what has not begun by then need not be done
 */
export type Authenticate = (
  credentials: Credentials,
  signal: AbortSignal,
) => Promise<Authenticated | undefined>;

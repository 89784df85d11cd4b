import type { Person } from '../session/session.ts';

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
 */
export type Authenticate = (credentials: Credentials) => Promise<Authenticated | undefined>;

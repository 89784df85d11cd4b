import type { Person } from '../session/session.ts';

export interface Credentials {
  readonly realm: string;
  readonly username: string;
  readonly password: string;
}

/**
 * Says who somebody is, or `undefined` where the credentials are wrong. Must take as long for a person that
 * there is not as for a wrong password.
 */
export type Authenticate = (credentials: Credentials) => Promise<Person | undefined>;

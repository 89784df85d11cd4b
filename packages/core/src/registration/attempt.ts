import type { Realm } from '../realm/realm.ts';
import type { Instant } from '../time.ts';
import type { InitialAccessToken } from './initial-access-token.ts';
import type { RegistrationSource } from './registration-source.ts';

/** One registration under way: in which realm, from where, with which initial access token, and when. */
export interface RegistrationAttempt {
  /** The realm as it was after the request had been read. */
  readonly realm: Realm;
  readonly source: RegistrationSource;
  /** The initial access token that was presented. Absent: the registration is anonymous. */
  readonly token?: InitialAccessToken;
  readonly now: Instant;
}

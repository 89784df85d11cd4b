import type { Realm } from '../realm/realm.ts';
import type { Instant } from '../time.ts';
import type { InitialAccessToken } from './initial-access-token.ts';
import type { RegistrationSource } from './registration-source.ts';

/** A registration in progress: its realm, source, initial access token and time. */
export interface RegistrationAttempt {
  /** The realm as it was after the body had been read. */
  readonly realm: Realm;
  readonly source: RegistrationSource;
  /** The presented initial access token. Absent: the registration is anonymous. */
  readonly token?: InitialAccessToken;
  readonly now: Instant;
}

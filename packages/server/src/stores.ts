import type {
  AuditTrail,
  ClientStore,
  InitialAccessTokenStore,
  LeaseStore,
  RealmStore,
  Sweeper,
} from '@vestibule/core';
import type { AuthorizationCode } from './code/authorization-code.ts';
import type { OneTimeStore } from './code/one-time-store.ts';
import type { GrantStore } from './grant/grant-store.ts';
import type { KeyStore } from './key/signing-key.ts';
import type { PushedRequest } from './pushed-request/pushed-request.ts';
import type { ReplayStore } from './replay/replay-store.ts';
import type { RevokedTokenStore } from './revocation/revoked-token-store.ts';
import type { SessionStore } from './session/session.ts';
import type { PersonStore } from './sign-in/person-store.ts';
import type { TransactionStore } from './transaction/transaction-store.ts';

/** What an authorization server keeps. */
export interface ServerStores {
  readonly transactions: TransactionStore;
  readonly codes: OneTimeStore<AuthorizationCode>;
  readonly grants: GrantStore;
  readonly sessions: SessionStore;
  readonly keys: KeyStore;
  readonly people: PersonStore;
  readonly pushedRequests: OneTimeStore<PushedRequest>;
  readonly replays: ReplayStore;
  readonly revokedTokens: RevokedTokenStore;
}

/** Everything that is kept, in one place: what a database of Vestibule's offers. */
export interface Stores extends ServerStores, Sweeper {
  readonly realms: RealmStore;
  readonly clients: ClientStore;
  readonly initialAccessTokens: InitialAccessTokenStore;
  readonly audit: AuditTrail;
  readonly leases: LeaseStore;
}

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
}

/** Everything that is kept, in one place: what a database of Vestibule's offers. */
export interface Stores extends ServerStores, Sweeper {
  readonly realms: RealmStore;
  readonly clients: ClientStore;
  readonly initialAccessTokens: InitialAccessTokenStore;
  readonly people: PersonStore;
  readonly audit: AuditTrail;
  readonly leases: LeaseStore;
}

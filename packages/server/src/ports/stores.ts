import type {
  AuditTrail,
  ClientStore,
  InitialAccessTokenStore,
  LeaseStore,
  RealmStore,
  Sweeper,
} from '@vestibule/core';
import type { AuthorizationCode } from '../records/authorization-code.ts';
import type { FinishedSignIn } from '../records/finished-sign-in.ts';
import type { CommitChanges } from './commit.ts';
import type { ProviderTokenStore } from './provider-token-store.ts';
import type { OneTimeStore } from './one-time-store.ts';
import type { GrantStore } from './grant-store.ts';
import type { KeyStore } from './key-store.ts';
import type { PushedRequest } from '../authorization-request/pushed-request.ts';
import type { ReplayStore } from './replay-store.ts';
import type { RevokedTokenStore } from './revoked-token-store.ts';
import type { SessionStore } from './session-store.ts';
import type { PersonStore } from './person-store.ts';
import type { InteractionStore } from './interaction-store.ts';

/** The stores of an authorization server. */
export interface ServerStores {
  readonly clients: ClientStore;
  readonly interactions: InteractionStore;
  readonly codes: OneTimeStore<AuthorizationCode>;
  readonly grants: GrantStore;
  readonly sessions: SessionStore;
  readonly finishedSignIns: OneTimeStore<FinishedSignIn>;
  readonly keys: KeyStore;
  readonly people: PersonStore;
  readonly pushedRequests: OneTimeStore<PushedRequest>;
  readonly replays: ReplayStore;
  readonly revokedTokens: RevokedTokenStore;
  /** Makes the changes of a request, all or none. */
  readonly commit: CommitChanges;
}

/** All stores together, as a Vestibule database provides them. */
export interface Stores extends ServerStores, Sweeper {
  readonly realms: RealmStore;
  readonly initialAccessTokens: InitialAccessTokenStore;
  readonly audit: AuditTrail;
  readonly leases: LeaseStore;
  /** Needed only with tokens of a provider. */
  readonly providerTokens?: ProviderTokenStore;
}

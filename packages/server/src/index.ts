export type { AuthorizationCode } from './code/authorization-code.ts';
export type { OneTimeStore } from './code/one-time-store.ts';
export type { AppAccess, HeldScope } from './connected-app/connected-apps.ts';
export { issuerPath, metadataPaths, pathAt, PATHS } from './endpoints.ts';
export type { ClientMark, ClientName } from './client/client-name.ts';
export type { DisplayedClient } from './grant/displayed-client.ts';
export type { Grant } from './grant/grant.ts';
export type {
  GrantStore,
  Opening,
  OpeningOutcome,
  RefreshTokenRecord,
  Rotation,
  RotationOutcome,
  Successor,
} from './grant/grant-store.ts';
export { createKeyCipher, type KeyCipher, plainKeys } from './key/cipher.ts';
export { type KeyPlan, planKeys } from './key/plan.ts';
export type { KeyStore, PrivateKey, SigningKey } from './key/signing-key.ts';
export type { AuthorizationServerMetadata } from './metadata/document.ts';
export type { Page, Pages } from './pages/pages.ts';
export { strictTransport } from './pages/strict-transport.ts';
export type {
  ClientView,
  ConnectedAppsView,
  ConnectedAppView,
  ConsentView,
  EndedAppView,
  HandBackView,
  OnwardView,
  PageProblem,
  ProblemView,
  RulesView,
  ScopeView,
  SignInView,
  SignOutView,
} from './pages/views.ts';
export type { AuthorizationServerOptions } from './options.ts';
export { type AuthorizationServer, createAuthorizationServer } from './server.ts';
export type { ServerStores, Stores } from './stores.ts';
export type { PushedRequest } from './pushed-request/pushed-request.ts';
export type { ReplayStore } from './replay/replay-store.ts';
export type { RevokedTokenStore } from './revocation/revoked-token-store.ts';
export type { Authentication } from './session/authentication.ts';
export type { Person, Session, SessionStore } from './session/session.ts';
export type { Authenticate, Authenticated, Credentials } from './sign-in/authenticate.ts';
export {
  createSignInQueue,
  type Queued,
  type SignInQueue,
  type SignInQueueOptions,
} from './sign-in/queue.ts';
export type { Place } from './sign-in/waiting-line.ts';
export { canonicalPassword } from './sign-in/canonical-password.ts';
export {
  canonicalUsername,
  type PasswordHashReplacement,
  type PersonStore,
  type StoredPerson,
} from './sign-in/person-store.ts';
export type { AuthorizationRequest, Decision, Transaction } from './transaction/transaction.ts';
export type { StandingDecision, TransactionStore } from './transaction/transaction-store.ts';

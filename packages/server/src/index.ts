export type { AuthorizationCode } from './records/authorization-code.ts';
export type { OneTimeStore } from './ports/one-time-store.ts';
export type { AppAccess, HeldScope } from './grant/apps-of-grants.ts';
export { issuerPath, managementUri, metadataPaths, pathAt, PATHS } from './web/paths.ts';
export type { ClientMark, ClientName } from './records/client-name.ts';
export type { DisplayedClient } from './records/displayed-client.ts';
export type { FinishedSignIn, ReportedProfile } from './records/finished-sign-in.ts';
export type { Grant } from './records/grant.ts';
export type {
  GrantStore,
  ListedGrant,
  Opening,
  OpeningOutcome,
  RefreshTokenRecord,
  Rotation,
  RotationOutcome,
  Successor,
} from './ports/grant-store.ts';
export { unstoredClients, type UnstoredClientOptions } from './client/store-sealed-client.ts';
export { createClientSealer } from './key/client-sealer.ts';
export type { SealingKeyOptions } from './key/sealing-keys.ts';
export { createKeyCipher, type KeyCipher, plainKeys } from './key/key-cipher.ts';
export { type KeyPlan, planKeys } from './key/plan-keys.ts';
export type { PrivateKey, SigningKey } from './records/signing-key.ts';
export type { KeyStore } from './ports/key-store.ts';
export type { AuthorizationServerMetadata } from './endpoints/metadata-document.ts';
export type { Page, Pages } from './pages/pages.ts';
export { strictTransport } from './pages/strict-transport.ts';
export type {
  ClientView,
  ConnectedAppsView,
  ConnectedAppView,
  ConsentView,
  NotAllowedView,
  EndedAppView,
  AuthorizationResponseView,
  OnwardView,
  PageProblem,
  ProblemView,
  RulesView,
  ScopeView,
  SignInView,
  SignOutElsewhere,
  SignOutView,
} from './pages/views.ts';
export type { AuthorizationServerOptions } from './options.ts';
export { type AuthorizationServer, createAuthorizationServer } from './server.ts';
export type { ServerStores, Stores } from './ports/stores.ts';
export type { PushedRequest } from './authorization-request/pushed-request.ts';
export type { ProviderTokenOptions } from './provider-tokens/provider-token-options.ts';
export type {
  ProvidedTokens,
  ProviderTokenApi,
  Refreshing,
  RefreshOutcome,
  TokenProvider,
  TokenTrip,
  TripBeginning,
  TripOutcome,
} from './provider-tokens/token-provider.ts';
export { problemsWithProviderTokens } from './provider-tokens/check-realm.ts';
export {
  createProviderTokenSweeper,
  type ProviderTokenSweeperOptions,
} from './provider-tokens/revoke-orphaned.ts';
export type { ProviderTokenStore, StoredProviderTokens } from './ports/provider-token-store.ts';
export type { ReplayStore } from './ports/replay-store.ts';
export type { RevokedTokenStore } from './ports/revoked-token-store.ts';
export type { Authentication } from './records/authentication.ts';
export type { Person, Session } from './records/session.ts';
export type { SessionStore } from './ports/session-store.ts';
export type { Authenticate, Authenticated, Credentials } from './person/authenticate.ts';
export { passwords, type PasswordsOptions } from './sign-in/passwords.ts';
export type { FinishOutcome, PendingSignIn, SignInObstacle } from './sign-in/finish-sign-in.ts';
export type {
  AuthenticatedPerson,
  SignIn,
  SignInForm,
  SignInInteraction,
  SignInMethod,
  SignInStep,
  SignOut,
} from './sign-in/sign-in-method.ts';
export {
  createSignInQueue,
  type Queued,
  type SignInQueue,
  type SignInQueueOptions,
} from './sign-in/sign-in-queue.ts';
export type { Place } from './sign-in/waiting-line.ts';
export { canonicalPassword } from './sign-in/canonical-password.ts';
export {
  canonicalUsername,
  type PasswordHashReplacement,
  type PersonStore,
  type StoredPerson,
} from './ports/person-store.ts';
export type { AuthorizationRequest, Decision, Interaction } from './authorization-request/interaction.ts';
export type { StandingDecision, InteractionStore } from './ports/interaction-store.ts';
export type { Change, CommitChanges, Unmet } from './ports/commit.ts';

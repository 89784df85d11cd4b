export type { Applied, ApplyActs, ApplyOptions } from './operator/apply-acts.ts';
export type { DescribedState, PlannedChange, RealmPlan } from './operator/plan-realm.ts';
export type { AddedRealm, NewRealmTerms, RealmActs } from './operator/realm-acts.ts';
export type { ScopeActs, ScopeAmendment } from './operator/scope-acts.ts';
export { type Operator, createOperator } from './operator/operator.ts';
export type { ClientActs, ClientChange } from './operator/client-acts.ts';
export {
  type ApiActs,
  type ApiAmendment,
  apiSecretHash,
  type IssuedApiSecret,
  type PartChange,
} from './operator/api-acts.ts';
export type { GateActs, GateChange, GateName } from './operator/gate-acts.ts';
export type { KeyActs, KeyReplacement } from './operator/key-acts.ts';
export type { GrantActs } from './operator/grant-acts.ts';
export type { AddedPerson, PersonActs, PersonTerms, RemovedPerson } from './operator/person-acts.ts';
export type {
  KnownGrant,
  KnownGrants,
  KnownPeople,
  KnownPerson,
  PersonSessions,
} from './ports/operator-stores.ts';
export type { SettingsActs, SettingsOutcome } from './operator/settings-acts.ts';
export type { OperatorOptions } from './operator/operator-options.ts';
export { judgeTerms } from './operator/pre-registration/judge-terms.ts';
export { preregister } from './operator/pre-registration/pre-register.ts';
export type { SecretChange, SecretRotation } from './operator/pre-registration/secrets.ts';
export type {
  Amending,
  Amendment,
  AuthenticationTerms,
  Preregistering,
  PreregistrationTerms,
  TermsRefused,
} from './operator/pre-registration/terms.ts';
export type { IssuedToken, TokenActs, TokenTerms } from './operator/token-acts.ts';
export type { Actor } from './audit/actor.ts';
export type { RecordedState, RecordedValue } from './audit/recorded-state.ts';
export { type AuditBounds, boundedAuditLog, type BoundedAuditLog } from './audit/bounded-log.ts';
export { recordChange, type RecordedChange } from './audit/recorded-change.ts';
export { watchedAuditLog } from './audit/watched-log.ts';
export type {
  OperatorEvent,
  AuditEvent,
  AuditFacts,
  AuditLogEvent,
  AuthorizationEvent,
  KeyEvent,
  LifecycleEvent,
  ManagementEvent,
  RegistrationEvent,
  RegistrationLimit,
  TokenEvent,
} from './audit/event.ts';
export { type ClientSource, firstOf, storedClients } from './client/client-source.ts';
export { noteUse } from './client/note-use.ts';
export { reactivateClient } from './client/reactivate-client.ts';
export { type Standing, standingDuringInteraction, standingOf } from './client/standing.ts';
export { vendorNamed } from './client/vendor-named.ts';
export { type ClientRules, judgeAgain } from './policy/judge-again.ts';
export { clientSecretHash } from './client/secret.ts';
export { statementIssuerOf } from './software-statement/voucher.ts';
export type {
  ApiAccess,
  ClientAuthentication,
  ClientAuthenticationMethod,
  Preregistration,
} from './client/preregistration.ts';
export {
  type Client,
  type ClientCore,
  type ClientDocument,
  type ClientKind,
  type ClientTranslation,
  type DynamicClient,
  isSelfRegistered,
  type MetadataDocumentClient,
  type PreregisteredClient,
  registrationOf,
  type SelfRegisteredClient,
} from './client/client.ts';
export type { Registration } from './client/registration.ts';
export { type ExpiredClient, expiredClient, isExpired } from './client/expired-client.ts';
export type { ManagementUri } from './registration/present-access-token.ts';
export { type Restoration, type RestorationOptions, restoreClient } from './registration/restore.ts';
export {
  askGates,
  type Gate,
  type GateQuestion,
  type GateVerdict,
  grantableScopes,
  isRegistrationOpen,
  mayTarget,
  obtainableScopes,
  openScopes,
} from './gates/gates.ts';
export type {
  ApplicationType,
  ClientMetadata,
  DynamicGrantType,
  EffectiveClientMetadata,
} from './metadata/client-metadata.ts';
export { canonicalLanguage } from './metadata/language.ts';
export { type ParsedClientMetadata, parseClientMetadata } from './metadata/parse-metadata.ts';
export { findRule, type RuleDescription, RULES } from './policy/catalogue.ts';
export { judgeRegistration, type RegistrationJudgement } from './policy/judge-registration.ts';
export { definePolicy } from './policy/policy.ts';
export {
  defineRule,
  type Draft,
  type Judgement,
  type PolicyContext,
  type Rule,
  type TraceEntry,
  type TraceValue,
  type Verdict,
} from './policy/rule.ts';
export { dynamicClientPolicy } from './policy/dynamic-client-policy.ts';
export type { AuditLog, AuditTrail } from './ports/audit-log.ts';
export {
  boundsOf,
  type ClientBounds,
  type InitialAccessToken,
  whyUnusable,
} from './registration/initial-access-token.ts';
export type { ClientGrants } from './ports/client-grants.ts';
export type { ClientInsertion, ClientStore, DueKind } from './ports/client-store.ts';
export type { Clock, GenerateToken } from './ports/clock.ts';
export type { Hash } from './ports/hash.ts';
export type { InitialAccessTokenStore } from './ports/initial-access-token-store.ts';
export type { LeaseStore } from './ports/lease-store.ts';
export type { Page, PageRequest } from './ports/page.ts';
export type { Limit, RateLimiter, RateLimitVerdict } from './ports/rate-limiter.ts';
export type { RealmDirectory } from './ports/realm-directory.ts';
export type { RealmStore, StoredRealm } from './ports/realm-store.ts';
export { isStoreUnavailable, type StoreUnavailable } from './ports/store-unavailable.ts';
export type { Sweeper } from './ports/sweeper.ts';
export { completeRealm, findRealm } from './realm/find.ts';
export { isIssuersOwn, isLoopbackIssuer, issuerProblem } from './realm/issuer.ts';
export type { Neighbour } from './realm/neighbours.ts';
export { isLoopbackUrl } from './text/loopback-url.ts';
export { editDistance } from './brand/edit-distance.ts';
export type { Api, DpopPolicy, Realm, RealmRecord, Scope } from './realm/realm.ts';
export type { ServerLimits } from './realm/server-limits.ts';
export { type AllConsumed, consumeAll, type Use } from './limits/consume-all.ts';
export { partOf, withShare } from './limits/share.ts';
export { egressRangeOf } from './registration/reserve.ts';
export {
  type AuthorizationSettings,
  type ConsentSettings,
  DEFAULT_REALM_SETTINGS,
  type EgressRange,
  type GrantDuration,
  type KeySettings,
  type Lifecycle,
  type Lifetimes,
  type ManagementSettings,
  type PartialRealmSettings,
  type PolicySettings,
  type RealmSettings,
  type RegistrationLimits,
  type RegistrationMode,
  type RegistrationSettings,
  type SigningAlgorithm,
  type SoftwareStatementSettings,
  withDefaultSettings,
} from './realm/settings.ts';
export { realmSettings } from './realm/realm-settings.ts';
export { parseSettings } from './realm/parse-settings.ts';
export { changedSettings, type ChangedSettings, type SettingsChange } from './realm/change-settings.ts';
export { leavesOf, objectOf } from './realm/setting-tree.ts';
export { type Contradiction, contradictions } from './realm/contradictions.ts';
export { type Parsed, type Problem, problemLine, within } from './realm/problem.ts';
export { type ApiDocument, parseApiDocument, type RealmOfApi } from './realm/api-document.ts';
export { parseScopeDocument } from './realm/scope-document.ts';
export {
  parsePersonDocument,
  parsePersonProfile,
  type PersonAmendment,
  type PersonDocument,
  type PersonProfile,
} from './realm/person-document.ts';
export {
  parsePreregistrationDocument,
  type PreregistrationDocument,
} from './realm/preregistration-document.ts';
export { parseRealmDocument, type RealmDocument } from './realm/realm-document.ts';
export { SERVER_PATH, USERINFO_PATH } from './realm/server-paths.ts';
export { readDuration } from './realm/duration.ts';
export { type CheckedOptions, checkOptions } from './options/check-options.ts';
export type { OptionTable } from './options/option-table.ts';
export { didYouMean } from './text/nearest.ts';
export { canonicalUsername } from './identifiers/username.ts';
export { canonicalHostPattern, refusesHost } from './redirect-uri/host-pattern.ts';
export { matchesRedirectUri } from './redirect-uri/match-redirect-uri.ts';
export {
  type ParsedRedirectUri,
  parseRedirectUri,
  type RedirectUriRule,
} from './redirect-uri/parse-redirect-uri.ts';
export type {
  HttpsRedirectUri,
  LoopbackHost,
  LoopbackRedirectUri,
  PrivateUseRedirectUri,
  RedirectUri,
} from './redirect-uri/redirect-uri.ts';
export { type Refusal, refusal, type RegistrationErrorCode } from './refusal.ts';
export { initialAccessTokenHash } from './registration/admit.ts';
export type { Admission, Admitted } from './registration/admit.ts';
export type { Judged } from './registration/judge.ts';
export type { ReadOutcome } from './registration/management/read.ts';
export type { RemovalOutcome } from './registration/management/remove.ts';
export type { ManagementObstacle, ManagementRequest } from './registration/management/request.ts';
export type { UpdateOutcome } from './registration/management/update.ts';
export type { RegistrarOptions } from './registration/registrar-options.ts';
export type { RegistrationOutcome } from './registration/outcome.ts';
export { createRegistrar, type Registrar } from './registration/registrar.ts';
export type { ClientInformationResponse } from './registration/respond.ts';
export { type CountedNetwork, networksOf } from './registration/networks.ts';
export type { RegistrationSource } from './registration/registration-source.ts';
export { canonicalResource, sameResource } from './identifiers/resource.ts';
export { formatScope, parseScope } from './identifiers/scope.ts';
export {
  type JsonWebKeySet,
  type SoftwareStatementVerifier,
  STATEMENT_ALGORITHMS,
  type StatementAlgorithm,
  type StatementVerdict,
  type TrustedIssuer,
} from './software-statement/verifier.ts';
export {
  type ClientSweeper,
  type ClientSweeperOptions,
  createClientSweeper,
  type SweepOutcome,
  type SweptClients,
} from './lifecycle/sweep-clients.ts';
export { isRestorable, isWorthNoting, type Life, lifeOf } from './lifecycle/life.ts';
export { equalInConstantTime } from './text/equal.ts';
export { quote, quoteClientId, quoteConfigured, toWireText } from './text/quote.ts';
export { forgettableUntil } from './retention.ts';
export { after, type Instant, type Milliseconds, type Seconds, toEpochSeconds } from './time.ts';
export { claimedVendor } from './brand/claimed-vendor.ts';
export type { Vendor } from './brand/vendor.ts';

export type {
  AuditEvent,
  AuditFacts,
  AuthorizationEvent,
  RegistrationEvent,
  TokenEvent,
} from './audit/event.ts';
export { type ClientResolver, dynamicClients } from './client/resolver.ts';
export type { ClientTranslation, StoredClient } from './client/stored-client.ts';
export {
  askGates,
  type Gate,
  type GateQuestion,
  type GateVerdict,
  grantableScopes,
  isDoorOpen,
  mayTarget,
  openScopes,
} from './gates/gates.ts';
export type {
  ApplicationType,
  ClientMetadata,
  DynamicGrantType,
  EffectiveClientMetadata,
} from './metadata/client-metadata.ts';
export { type ParsedClientMetadata, parseClientMetadata } from './metadata/parse.ts';
export { judgeRegistration, type RegistrationJudgement } from './policy/judge.ts';
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
export { selfIntroduced } from './policy/self-introduced.ts';
export type { AuditLog, AuditTrail } from './ports/audit-log.ts';
export type { ClientStore } from './ports/client-store.ts';
export type { Clock, Entropy } from './ports/clock.ts';
export type { Page, PageRequest } from './ports/page.ts';
export type { Limit, RateLimiter, RateLimitVerdict } from './ports/rate-limiter.ts';
export type { RealmDirectory } from './ports/realm-directory.ts';
export type { RealmStore, StoredRealm } from './ports/realm-store.ts';
export { isStoreUnavailable, type StoreUnavailable } from './ports/store-unavailable.ts';
export type { Sweeper } from './ports/sweeper.ts';
export { findRealm } from './realm/find.ts';
export type { Api, Realm, Scope } from './realm/realm.ts';
export {
  DEFAULT_REALM_SETTINGS,
  type Lifetimes,
  type PartialRealmSettings,
  type RealmSettings,
  realmSettings,
  type RegistrationLimits,
  type RegistrationSettings,
} from './realm/settings.ts';
export { canonicalHostPattern } from './redirect-uri/host-pattern.ts';
export { matchesRedirectUri } from './redirect-uri/match.ts';
export { type ParsedRedirectUri, parseRedirectUri, type RedirectUriRule } from './redirect-uri/parse.ts';
export type {
  HttpsRedirectUri,
  LoopbackHost,
  LoopbackRedirectUri,
  PrivateUseRedirectUri,
  RedirectUri,
} from './redirect-uri/redirect-uri.ts';
export { type Refusal, refusal, type RegistrationErrorCode } from './refusal.ts';
export {
  createRegistrar,
  type Registrar,
  type RegistrarOptions,
  type RegistrationOutcome,
  type RegistrationSource,
} from './registrar/registrar.ts';
export type { ClientInformationResponse } from './registrar/response.ts';
export { canonicalResource, sameResource } from './resource/resource.ts';
export { formatScope, parseScope } from './scope/scope.ts';
export { quote } from './text/quote.ts';
export { after, type Instant, type Seconds, toEpochSeconds } from './time.ts';

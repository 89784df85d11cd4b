export type { KnownGrant, KnownGrants, KnownPeople, KnownPerson } from './ports/operator-stores.ts';
export {
  CLIENT_COLUMNS,
  type ClientRow,
  type ExpiredClientRow,
  fromClientRow,
  fromDocumentRows,
  fromDynamicRows,
  fromExpiredClientRow,
  toClientRow,
  toExpiredClientRow,
} from './client/client-row.ts';
export {
  type ClientIdUrl,
  isDocumentId,
  type JudgedClientIdUrl,
  judgeClientIdUrl,
} from './client/client-id-url.ts';
export { type ReadDocument, readDocument } from './client/read-document.ts';
export { type ClientSource, firstOf, storedClients } from './client/client-source.ts';
export { isSealed, type SealedClient } from './client/sealed-client.ts';
export { noteUse, usedClient } from './client/note-use.ts';
export { reactivateClient, type ReactivationStore } from './client/reactivate-client.ts';
export { isDocumentTooOld, type Standing, standingDuringInteraction, standingOf } from './client/standing.ts';
export { vendorNamed } from './client/vendor-named.ts';
export { clientSecretHash } from './client/secret.ts';
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
export { clientIdentity } from './client/client-identity.ts';
export type { DocumentAuthentication, PublishedKeys } from './client/document-authentication.ts';
export type { Registration } from './client/registration.ts';
export { type ExpiredClient, expiredClient, isExpired } from './client/expired-client.ts';
export { allowsPerson, type Memberships, memberships, type PersonRule } from './gates/allows-person.ts';
export { acceptsDocument, acceptsKeysAt } from './gates/accepts-document.ts';
export {
  askGates,
  type Gate,
  type GateQuestion,
  type GateVerdict,
  grantableScopes,
  isOpenToDocuments,
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
export type { Admission, AuditLog, AuditTrail } from './ports/audit-log.ts';
export type { ClientSealer } from './ports/client-sealer.ts';
export type { CommitActs, OperatorChange, OperatorUnmet } from './ports/operator-commit.ts';
export type {
  DocumentClients,
  KeysCause,
  KeysFetched,
  Obtained,
  WantedKeys,
} from './ports/document-clients.ts';
export type { RegistrationVerifier, UnverifiedReason, Verification } from './ports/registration-verifier.ts';
export type { Blocking, UnstoredClients } from './ports/unstored-clients.ts';
export type { ClientGrants } from './ports/client-grants.ts';
export type { ClientInsertion, ClientStore, DocumentsDue, DueKind } from './ports/client-store.ts';
export type { Clock, GenerateToken } from './ports/clock.ts';
export type {
  Commit,
  CommitOf,
  CommitOutcome,
  CommitRegistrations,
  CoreChange,
  CoreUnmet,
  RegistrationChange,
  UnmetOf,
} from './ports/commit.ts';
export type { Hash } from './ports/hash.ts';
export type { InitialAccessTokenStore } from './ports/initial-access-token-store.ts';
export type { LeaseStore } from './ports/lease-store.ts';
export type { Page, PageRequest } from './ports/page.ts';
export type { Limit, RateLimiter, RateLimitVerdict } from './ports/rate-limiter.ts';
export type { RealmDirectory } from './ports/realm-directory.ts';
export type { RealmStore, StoredRealm } from './ports/realm-store.ts';
export { isKeysUnavailable, type KeysUnavailable } from './ports/keys-unavailable.ts';
export { isStoreUnavailable, type StoreUnavailable } from './ports/store-unavailable.ts';
export type { Sweeper } from './ports/sweeper.ts';
export { isLoopbackUrl } from './text/loopback-url.ts';
export { keptRecently } from './kept-recently.ts';
export { editDistance } from './brand/edit-distance.ts';
export { type Counted, createProcessCounts, type ProcessCounts } from './limits/process-counts.ts';
export { partOf, withShare } from './limits/share.ts';
export { reservations, type Use } from './limits/use.ts';
export { type CheckedOptions, checkOptions } from './options/check-options.ts';
export type { OptionTable } from './options/option-table.ts';
export { didYouMean } from './text/nearest.ts';
export { isGroup, MAX_GROUPS } from './identifiers/group.ts';
export { canonicalUsername } from './identifiers/username.ts';
export { canonicalHostPattern, refusesHost } from './redirect-uri/host-pattern.ts';
export { matchesRedirectUri } from './redirect-uri/match-redirect-uri.ts';
export {
  type ParsedRedirectUri,
  parseRedirectUri,
  type RedirectUriRule,
} from './redirect-uri/parse-redirect-uri.ts';
export { redirectTarget } from './redirect-uri/redirect-target.ts';
export type {
  HttpsRedirectUri,
  LoopbackHost,
  LoopbackRedirectUri,
  PrivateUseRedirectUri,
  RedirectUri,
} from './redirect-uri/redirect-uri.ts';
export { type Refusal, refusal, type RegistrationErrorCode } from './refusal.ts';
export { canonicalResource, sameResource } from './identifiers/resource.ts';
export { formatScope, parseScope } from './identifiers/scope.ts';
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
export { passesResponsesOn } from './brand/is-theirs.ts';
export type { Vendor, VendorDocument } from './brand/vendor.ts';

export { completeRealm, findRealm } from './find.ts';
export { isAtIssuer, isIssuersOwn, isLoopbackIssuer, issuerProblem } from './issuer.ts';
export { createNeighbours, type FindNeighbours, type Neighbour } from './neighbours.ts';
export type { Api, DpopPolicy, Realm, RealmRecord, Scope } from './realm.ts';
export type { ServerLimits } from './server-limits.ts';
export {
  type AuthorizationSettings,
  type ConsentSettings,
  DEFAULT_REALM_SETTINGS,
  type GrantDuration,
  type KeySettings,
  type Lifecycle,
  type Lifetimes,
  type PartialRealmSettings,
  type RealmSettings,
  type SigningAlgorithm,
  withDefaultSettings,
} from './settings.ts';
export type {
  EgressRange,
  ManagementSettings,
  Persistence,
  PolicySettings,
  RegistrationLimits,
  RegistrationMode,
  RegistrationSettings,
  SoftwareStatementSettings,
} from './registration-settings.ts';
export type {
  DocumentSnapshot,
  MetadataDocumentLimits,
  MetadataDocumentSettings,
} from './metadata-document-settings.ts';
export { realmSettings } from './realm-settings.ts';
export { choosablePaths, parseSettings } from './parse-settings.ts';
export { changedSettings, type ChangedSettings, type SettingsChange } from './change-settings.ts';
export { leavesOf, objectOf } from './setting-tree.ts';
export { type Contradiction, contradictions } from './contradictions.ts';
export { type Parsed, type Problem, problemLine, within } from './problem.ts';
export { type ApiDocument, parseApiDocument, type RealmOfApi } from './api-document.ts';
export { parseScopeDocument } from './scope-document.ts';
export {
  parsePersonDocument,
  parsePersonProfile,
  type PersonAmendment,
  type PersonDocument,
  type PersonProfile,
} from './person-document.ts';
export { parsePreregistrationDocument, type PreregistrationDocument } from './preregistration-document.ts';
export { parseRealmDocument, type RealmDocument } from './realm-document.ts';
export { SERVER_PATH, USERINFO_PATH } from './server-paths.ts';
export { vendorsOf } from './vendors.ts';
export { readDuration } from './duration.ts';

export type { Applied, ApplyActs, ApplyOptions } from './apply-acts.ts';
export type { DescribedState, PlannedChange, RealmPlan } from './plan-realm.ts';
export type { AddedRealm, NewRealmTerms, RealmActs } from './realm-acts.ts';
export { type RealmCreation, realmCreation, type WholeRealm } from './realm-creation.ts';
export type { ScopeActs, ScopeAmendment } from './scope-acts.ts';
export { type ProfileChange, profileChange, type ReportedPerson } from './profile-change.ts';
export { type Operator, createOperator } from './operator.ts';
export type { ClientActs, ClientChange } from './client-acts.ts';
export {
  type ApiActs,
  type ApiAmendment,
  apiSecretHash,
  type IssuedApiSecret,
  type PartChange,
} from './api-acts.ts';
export type { GateActs, GateChange, GateName } from './gate-acts.ts';
export type { KeyActs, KeyReplacement } from './key-acts.ts';
export type { GrantActs } from './grant-acts.ts';
export type { AddedPerson, PersonActs, PersonTerms, RemovedPerson } from './person-acts.ts';
export type { SettingsActs, SettingsOutcome } from './settings-acts.ts';
export type { SnapshotActs } from './snapshot-acts.ts';
export type { OperatorOptions } from './operator-options.ts';
export { judgeTerms } from './pre-registration/judge-terms.ts';
export { preregister } from './pre-registration/pre-register.ts';
export type { SecretChange, SecretRotation } from './pre-registration/secrets.ts';
export type {
  Amending,
  Amendment,
  AuthenticationTerms,
  Preregistering,
  PreregistrationTerms,
  TermsRefused,
} from './pre-registration/terms.ts';
export type { IssuedToken, TokenActs, TokenTerms } from './token-acts.ts';

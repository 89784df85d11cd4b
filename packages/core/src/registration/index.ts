export { statementIssuerOf } from '../software-statement/voucher.ts';
export type { ManagementUri } from './present-access-token.ts';
export {
  type Restoration,
  type RestorationOptions,
  restorationIn,
  restorationOf,
  type RestorationChange,
} from './restore.ts';
export { storedFromSealed } from '../client/sealed-client.ts';
export { sealedClients, openSealed, knownUntil, type SealedClientOptions } from '../client/sealed-clients.ts';
export { isDeferring, isManaging } from './persistence.ts';
export { storableAfter, storingOf, type StoringChange } from './store-sealed.ts';
export { boundsOf, type ClientBounds, type InitialAccessToken, whyUnusable } from './initial-access-token.ts';
export { countedNetworksOf } from './counted-networks.ts';
export { dayOfRange, egressRangeOf } from './limits.ts';
export { initialAccessTokenHash, type Admission, type Admitted } from './admit.ts';
export type { Judged } from './judge.ts';
export type { ReadOutcome } from './management/read.ts';
export type { RemovalOutcome } from './management/remove.ts';
export type { ManagementObstacle, ManagementRequest } from './management/request.ts';
export type { UpdateOutcome } from './management/update.ts';
export type { RegistrarOptions } from './registrar-options.ts';
export type { RegistrationOutcome } from './outcome.ts';
export { toRecord } from './record.ts';
export { createRegistrar, type Registrar } from './registrar.ts';
export type { ClientInformationResponse } from './respond.ts';
export { type CountedNetwork, networksOf } from './networks.ts';
export type { RegistrationSource } from './registration-source.ts';
export {
  type JsonWebKeySet,
  type SoftwareStatementVerifier,
  STATEMENT_ALGORITHMS,
  type StatementAlgorithm,
  type StatementVerdict,
  type TrustedIssuer,
} from '../software-statement/verifier.ts';

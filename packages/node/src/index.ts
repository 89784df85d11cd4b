export { createVestibule, type Vestibule, type VestibuleListenOptions } from './create-vestibule.ts';
export type { GivenStores, VestibuleOptions } from './vestibule-options.ts';
export type { ErrorContext, OnVestibuleError } from './error-context.ts';
export type { NewPerson, NewRealm } from './realms/new-realm.ts';
export { localKeys } from './realms/local-keys.ts';
export type { RoutesBeside } from './realms/realm-routes.ts';
export { checkKeys, findKeyCipher, type KeyCipherOptions, makeKeyFile } from './keys/find-key-cipher.ts';
export { type KeyEncryption, secretsIn } from './keys/key-encryption.ts';
export { edgeError, sendEdgeError } from './listening/edge-error.ts';
export { listen, type Listening, type ListenOptions, type Timeouts } from './listening/listen.ts';
export { loggedPath } from './logged-path.ts';
export { operatorCheck } from './operator-token.ts';
export { type HashPassword, hashPassword, isPasswordHash, passwordAuthenticator } from './passwords.ts';
export { OPTION_NAMES, type SettingNames } from './setting-names.ts';
export { stopOnSignal } from './stop-on-signal.ts';
export { createAuditLog } from './upkeep/process-audit-log.ts';
export { healthRoutes } from './upkeep/health.ts';
export { createMetrics, type Metrics } from './upkeep/metrics.ts';
export {
  clientSweeper,
  keepSwept,
  omissionRecorder,
  storeSweeper,
  type SweepingOptions,
} from './upkeep/sweeping.ts';
export { forgeableAddresses, type ReachableAddress } from './warnings/forgeable-addresses.ts';
export { readableByOthers } from './warnings/readable-by-others.ts';

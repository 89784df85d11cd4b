export { checkKeys, findKeyCipher, type KeyCipherOptions, makeKeyFile } from './keys/find-key-cipher.ts';
export { type KeyEncryption, secretsIn } from './keys/key-encryption.ts';
export { edgeError, sendEdgeError } from './listening/edge-error.ts';
export { listen, type Listening, type ListenOptions, type Timeouts } from './listening/listen.ts';
export { loggedPath } from './logged-path.ts';
export { createNotFound, type NotFoundOptions } from './not-found.ts';
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

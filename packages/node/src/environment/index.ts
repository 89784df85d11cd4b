export {
  type Config,
  defaultIssuer,
  type LogLevel,
  readConfig,
  readGuardedFetch,
  readKeyEncryption,
  VARIABLE_NAMES,
} from './read-config.ts';
export { type SecretVariable, type Variables, withSecretFiles } from './secret-files.ts';
export type { UpstreamConfig } from './read-upstream.ts';
export {
  type UpstreamVariable,
  type VariableDescription,
  type VariableName,
  VARIABLES,
} from './variables.ts';

export {
  type Config,
  defaultIssuer,
  type LogLevel,
  readConfig,
  readKeyEncryption,
  VARIABLE_NAMES,
} from './read-config.ts';

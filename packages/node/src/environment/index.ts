export {
  type Config,
  defaultIssuer,
  isLoopback,
  type LogLevel,
  readConfig,
  VARIABLE_NAMES,
} from './read-config.ts';

export {
  type Config,
  defaultIssuer,
  isLoopback,
  issuerProblem,
  type LogLevel,
  readConfig,
  VARIABLE_NAMES,
} from './read-config.ts';

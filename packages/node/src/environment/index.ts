export { type Config, defaultIssuer, type LogLevel, readConfig, VARIABLE_NAMES } from './read-config.ts';

import { type Logger, pino } from 'pino';
import type { LogLevel } from './config.ts';

/** Logs JSON lines to standard error, so that standard output stays for people. */
export const createLogger = (level: LogLevel): Logger =>
  pino({ level, base: null }, pino.destination({ fd: 2, sync: true }));

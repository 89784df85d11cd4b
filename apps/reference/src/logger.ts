import { harmlessJson } from '@vestibule/cli';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from './config.ts';

/**
 * Logs JSON lines to standard error, so that standard output stays for people. What strangers sent stands in them so that
 * no terminal does anything because of it: JSON alone lets 8-bit control characters and direction marks through.
 */
export const createLogger = (
  level: LogLevel,
  destination: DestinationStream = pino.destination({ fd: 2, sync: true }),
): Logger => pino({ level, base: null, hooks: { streamWrite: harmlessJson } }, destination);

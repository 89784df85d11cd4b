import { harmlessJson } from '@vestibule/cli/process';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from '@vestibule/node/environment';

/**
 * Creates a logger that writes JSON lines to standard error; standard output is for people. Untrusted text is escaped, so that
 * it cannot control a terminal: JSON alone does not escape 8-bit control characters and direction marks.
 */
export const createLogger = (
  level: LogLevel,
  destination: DestinationStream = pino.destination({ fd: 2, sync: true }),
): Logger => pino({ level, base: null, hooks: { streamWrite: harmlessJson } }, destination);

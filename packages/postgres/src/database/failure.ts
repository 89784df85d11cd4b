import type { StoreUnavailable } from '@vestibule/core';

/** Connection errors, exhausted resources, timeouts, shutdown, startup, read-only mode and unknown outcomes. */
const OUTAGE_STATES = /^(?:08...|53...|57P0[1-5]|57014|55P03|25006|25P03|40003)$/;
const LOST_STATES = /^(?:08...|57P0[12])$/;
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** Errors of the driver itself have no code. */
const DRIVER =
  /^(?:Connection terminated|timeout e|Query read timeout|Client (?:has encountered|was closed))/;

/** The work was rolled back because of concurrent work, so it can be retried. */
export const isConflict = (error: unknown): boolean => /^(?:40001|40P01)$/.test(codeOf(error));

/** The database cannot be reached or cannot work at the moment; the statement itself is correct. */
export const isOutage = (error: unknown): boolean =>
  OUTAGE_STATES.test(codeOf(error)) ||
  NETWORK.has(codeOf(error)) ||
  (error instanceof Error &&
    (DRIVER.test(error.message) || ('syscall' in error && error.syscall === 'connect')));

/**
 * The server cannot be reached or is not the right one, and another may be. Unlike a server without resources, or one whose
 * connections are all in use.
 */
export const isAway = (error: unknown): boolean =>
  isOutage(error) &&
  !codeOf(error).startsWith('53') &&
  !(error instanceof Error && error.message.startsWith('timeout exceeded'));

/** The server does not respond on an existing connection, so it will not on others either. */
export const isSilence = (error: unknown): boolean =>
  ['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'].includes(codeOf(error)) ||
  (error instanceof Error && error.message.startsWith('Query read timeout'));

/** The server is a standby, or is set to be read-only. */
export const isReadOnly = (error: unknown): boolean => codeOf(error) === '25006';

/** {@link isReadOnly} as an error, with the code that PostgreSQL has for it. */
export const readOnly = (): Error =>
  Object.assign(new Error('The database is read-only: it is a standby, or is set to be.'), { code: '25006' });

/** An existing connection was lost, and a new one may work. */
export const isLostConnection = (error: unknown): boolean =>
  LOST_STATES.test(codeOf(error)) ||
  ['ECONNRESET', 'EPIPE'].includes(codeOf(error)) ||
  (error instanceof Error && /^Connection terminated(?! due to)/.test(error.message));

/**
 * The error for an outage, and for a conflict that persists. Its message does not name the database; `cause` may name host
 * and port, for the operator.
 */
export const unavailable = (cause: unknown): StoreUnavailable =>
  Object.assign(new Error('The database cannot be reached or cannot do its work just now.', { cause }), {
    code: 'STORE_UNAVAILABLE' as const,
    retryAfter: 1,
  });

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

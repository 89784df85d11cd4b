import type { Toggles } from './set-up.ts';

/** Each gate, closed, with the error of the token endpoint. */
export const CLOSED_GATES: readonly (readonly [gate: string, toggles: Toggles, error: string])[] = [
  ['realm', { realm: false }, 'unauthorized_client'],
  ['api', { notes: false }, 'invalid_target'],
  ['scope', { read: false, write: false }, 'invalid_scope'],
];

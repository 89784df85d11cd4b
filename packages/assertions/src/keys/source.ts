import type { JsonWebKeySet } from '@vestibule/core';

/** Where somebody's public keys are, as an operator has it. */
export interface KeySource {
  /** Whose they are, as messages to the operator say it: `the trusted issuer 'https://vouch.example'`. */
  readonly owner: string;
  /** The keys, or where they are. One of the two. */
  readonly jwks?: JsonWebKeySet;
  /** An https address that the operator names; never one that an assertion names. */
  readonly jwksUri?: string;
}

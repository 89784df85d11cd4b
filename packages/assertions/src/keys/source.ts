import type { KeysCause } from '@vestibule/core';
import type { JsonWebKeySet } from '@vestibule/core/registration';

/** The public keys of a party. */
export interface KeySource {
  /** The owner, as messages to the operator name it: `the trusted issuer 'https://vouch.example'`. */
  readonly owner: string;
  /** The keys. Either `jwks` or `jwksUri` is set. */
  readonly jwks?: JsonWebKeySet;
  /** An https address from the settings, never from an assertion. */
  readonly jwksUri?: string;
  /**
   * Who chose `jwksUri`: an operator, in the settings, or a stranger. An operator may allow networks for the former only.
   *
   * @default "stranger"
   */
  readonly chosenBy?: 'operator' | 'stranger';
  /**
   * Whose request waits for the keys, for limits on what strangers can cause.
   *
   * @default it is not known
   */
  readonly cause?: KeysCause;
}

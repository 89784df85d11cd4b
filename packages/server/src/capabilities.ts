import { type ClientAuthenticationMethod, STATEMENT_ALGORITHMS } from '@vestibule/core';
import { PROOF_ALGORITHMS } from '@vestibule/dpop';
import { PROMPTS } from './authorization-request/prompt.ts';
import { RESPONSE_MODES } from './authorization-request/response-mode.ts';

/**
 * What this authorization server can do. The metadata advertises it and the endpoints enforce it, from this one
 * value.
 */
export interface Capabilities {
  readonly responseTypes: readonly string[];
  readonly responseModes: readonly string[];
  readonly prompts: readonly string[];
  readonly grantTypes: readonly string[];
  readonly codeChallengeMethods: readonly string[];
  /** `none` comes first: agents that pick the first one they find can have no other. */
  readonly clientAuthenticationMethods: readonly ClientAuthenticationMethod[];
  /** What clients may sign assertions with. */
  readonly assertionAlgorithms: readonly string[];
  readonly proofAlgorithms: readonly string[];
  /** Whether clients may introduce themselves, where the realm's door is open. */
  readonly registration: boolean;
}

/** What does not depend on how a server is put together. */
export const CAPABILITIES: Omit<Capabilities, 'registration'> = {
  responseTypes: ['code'],
  responseModes: RESPONSE_MODES,
  prompts: PROMPTS,
  grantTypes: ['authorization_code', 'refresh_token'],
  codeChallengeMethods: ['S256'],
  clientAuthenticationMethods: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
  assertionAlgorithms: STATEMENT_ALGORITHMS,
  proofAlgorithms: PROOF_ALGORITHMS,
};

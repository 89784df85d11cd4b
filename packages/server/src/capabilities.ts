import type { ClientAuthenticationMethod } from '@vestibule/core';
import { STATEMENT_ALGORITHMS } from '@vestibule/core/registration';
import { PROOF_ALGORITHMS } from '@vestibule/dpop';
import { PROMPTS } from './authorization-request/prompt.ts';
import { RESPONSE_MODES } from './authorization-request/response-mode.ts';

/** The capabilities of this authorization server. One value that the metadata advertises and the endpoints enforce. */
export interface Capabilities {
  readonly responseTypes: readonly string[];
  readonly responseModes: readonly string[];
  readonly prompts: readonly string[];
  readonly grantTypes: readonly string[];
  readonly codeChallengeMethods: readonly string[];
  /** `none` comes first, because agents that use the first method can only be public clients. */
  readonly clientAuthenticationMethods: readonly ClientAuthenticationMethod[];
  /** The algorithms of client assertions. */
  readonly assertionAlgorithms: readonly string[];
  readonly proofAlgorithms: readonly string[];
  /** Whether documents of clients can be fetched while the realm is open to them. */
  readonly metadataDocuments: boolean;
  /** Whether clients can register while the realm's registration is open. */
  readonly registration: boolean;
}

/** The capabilities that do not depend on the options of a server. */
export const CAPABILITIES: Omit<Capabilities, 'metadataDocuments' | 'registration'> = {
  responseTypes: ['code'],
  responseModes: RESPONSE_MODES,
  prompts: PROMPTS,
  grantTypes: ['authorization_code', 'refresh_token'],
  codeChallengeMethods: ['S256'],
  clientAuthenticationMethods: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
  assertionAlgorithms: STATEMENT_ALGORITHMS,
  proofAlgorithms: PROOF_ALGORITHMS,
};

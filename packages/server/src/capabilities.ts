import type { SigningAlgorithm } from './key/signing-key.ts';

/**
 * What this authorization server can do. The metadata advertises it and the endpoints enforce it, from this one
 * value.
 */
export interface Capabilities {
  readonly responseTypes: readonly string[];
  readonly responseModes: readonly string[];
  readonly grantTypes: readonly string[];
  readonly codeChallengeMethods: readonly string[];
  readonly tokenEndpointAuthMethods: readonly string[];
  readonly signingAlgorithms: readonly SigningAlgorithm[];
}

export const CAPABILITIES: Capabilities = {
  responseTypes: ['code'],
  responseModes: ['query'],
  grantTypes: ['authorization_code', 'refresh_token'],
  codeChallengeMethods: ['S256'],
  tokenEndpointAuthMethods: ['none'],
  signingAlgorithms: ['ES256'],
};

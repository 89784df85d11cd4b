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
  /** Whether clients may introduce themselves, where the realm's door is open. */
  readonly registration: boolean;
}

/** What does not depend on how a server is put together. */
export const CAPABILITIES: Omit<Capabilities, 'registration'> = {
  responseTypes: ['code'],
  responseModes: ['query'],
  grantTypes: ['authorization_code', 'refresh_token'],
  codeChallengeMethods: ['S256'],
  tokenEndpointAuthMethods: ['none'],
};

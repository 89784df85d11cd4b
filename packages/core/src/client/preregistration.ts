import type { JsonWebKeySet } from '../software-statement/verifier.ts';

/**
 * What an operator decided about a pre-registered client. The gates for dynamic clients do not apply to it; its own list of
 * APIs and scopes does.
 */
export interface Preregistration {
  readonly authentication: ClientAuthentication;
  /** The APIs that it can use, with the scopes at each. Empty: it cannot obtain anything. */
  readonly access: readonly ApiAccess[];
  /** Whether consent is remembered, so that a person is not asked again. @default false */
  readonly rememberConsent: boolean;
}

/** The access of a client at one API. */
export interface ApiAccess {
  /** The resource indicator of the API. */
  readonly resource: string;
  readonly scopes: readonly string[];
}

/**
 * How a client authenticates.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-2.3 RFC 6749 §2.3}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7523#section-2.2 RFC 7523 §2.2}
 */
export type ClientAuthentication =
  /** No authentication: a public client. */
  | { readonly method: 'none' }
  | {
      readonly method: 'client_secret_basic' | 'client_secret_post';
      /** The hashes of its secrets, all of which are valid: two during a rotation. */
      readonly secretHashes: readonly string[];
    }
  | {
      readonly method: 'private_key_jwt';
      /** Its public keys. Either `jwks` or `jwksUri` is set. */
      readonly jwks?: JsonWebKeySet;
      /** A URL that the operator configured. */
      readonly jwksUri?: string;
    };

/** How a pre-registered client authenticates: `none`, `client_secret_basic`, `client_secret_post` or `private_key_jwt`. */
export type ClientAuthenticationMethod = ClientAuthentication['method'];

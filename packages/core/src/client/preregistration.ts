import type { JsonWebKeySet } from '../software-statement/verifier.ts';

/**
 * What an operator decided about a client that they made by hand. Such a client is not bound by the gates for clients
 * that introduced themselves: its own list of APIs and scopes takes their place.
 */
export interface Preregistration {
  readonly authentication: ClientAuthentication;
  /** The APIs it may name, with the scopes it may hold at each. None: it gets nothing. */
  readonly access: readonly ApiAccess[];
  /** Whether what a person allowed it once need not be asked again. @default false */
  readonly rememberConsent: boolean;
}

/** What a client may have of one API. */
export interface ApiAccess {
  /** The API's resource indicator. */
  readonly resource: string;
  readonly scopes: readonly string[];
}

/**
 * How a client proves that it is itself.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-2.3 RFC 6749 §2.3}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7523#section-2.2 RFC 7523 §2.2}
 */
export type ClientAuthentication =
  /** It does not: a public client. */
  | { readonly method: 'none' }
  | {
      readonly method: 'client_secret_basic' | 'client_secret_post';
      /** Hashes of its secrets, each as good as the other: two while one is replaced. */
      readonly secretHashes: readonly string[];
    }
  | {
      readonly method: 'private_key_jwt';
      /** Its public keys, or where they are. One of the two. */
      readonly jwks?: JsonWebKeySet;
      /** An address that the operator names. */
      readonly jwksUri?: string;
    };

export type ClientAuthenticationMethod = ClientAuthentication['method'];

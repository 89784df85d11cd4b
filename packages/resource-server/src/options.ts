import type { AcceptedTokens } from '@vestibule/dpop';
import type { ProofReplays } from './dpop/replays.ts';
import type { AccessToken } from './token/access-token.ts';

/** What an API advertises to clients, and which tokens it accepts. */
export interface ApiTerms {
  /** The name of the API for people. */
  readonly name?: string;
  /** The scopes that clients are told to request. @default none */
  readonly scopes?: readonly string[];
  /**
   * Whether sender-constrained tokens are accepted: never (`off`), beside bearer tokens (`offered`), or exclusively
   * (`required`). Such a token is always refused without a proof.
   *
   * @default "off"
   * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-7 RFC 9449 §7}
   */
  readonly dpop?: AcceptedTokens;
}

/** The options of a resource server. */
export interface ResourceServerOptions extends ApiTerms {
  /** The issuer identifier of the authorization server. */
  readonly issuer: string;
  /**
   * Where clients register and are authorized, if that is not the issuer of the tokens: an authorization server that gets them from the
   * issuer. The metadata names it.
   *
   * @default the issuer
   * @see {@link https://www.rfc-editor.org/rfc/rfc9728#section-2 RFC 9728 §2}
   */
  readonly authorizationServer?: string;
  /** The resource indicator of this API, an http(s) URL. Tokens for another audience are refused. */
  readonly resource: string;
  /**
   * Called at each request for the terms that can change while the API runs, instead of `name`, `scopes` and `dpop`. An
   * exception becomes the `cause` of an `IssuerUnavailable`.
   *
   * @default the options, unchanged
   */
  readonly current?: () => Promise<ApiTerms>;
  /** The URL of the keys of the issuer. @default `${issuer}/connect/jwks` */
  readonly jwksUri?: string;
  /** Sends all requests to the issuer. @default the global `fetch` */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Stores the ids of used proofs, so that each proof is accepted once. @default the memory of this process */
  readonly proofReplays?: ProofReplays;
  /**
   * A secret of at least 32 random bytes, as text, the same in all processes of the API. Nonces for proofs are computed from
   * it.
   *
   * @default proofs need no nonce
   * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-9 RFC 9449 §9}
   */
  readonly nonceSecret?: string;
  /** Refuses revoked tokens, by a list that the issuer publishes. @default tokens are accepted until they expire */
  readonly revocations?: RevocationOptions;
  /** Introspects each token at the issuer instead of verifying it locally. @default tokens are verified locally */
  readonly introspection?: IntrospectionOptions;
  /**
   * Called with each verified token. Returns the scopes that it currently has, or `undefined` if it or its grant has ended.
   * For an API in the same process as its issuer, where this needs no request: the `scopesNow` of an authorization server.
   * An exception becomes the `cause` of an `IssuerUnavailable`.
   *
   * @default the scopes of the token
   */
  readonly scopesNow?: (token: AccessToken) => Promise<readonly string[] | undefined>;
  /**
   * The time in milliseconds since 1970. A token is accepted for five seconds past its `exp`, because clocks differ.
   *
   * @default the clock of the machine
   */
  readonly clock?: () => number;
}

/** The credentials with which an API authenticates at the issuer. */
export interface ApiCredentials {
  /** The id of the API in the realm. */
  readonly id: string;
  readonly secret: string;
}

/** How this API reads the list of revoked tokens. */
export interface RevocationOptions {
  readonly credentials: ApiCredentials;
  /** The URL of the list. @default `${issuer}/connect/revocations` */
  readonly uri?: string;
  /**
   * How old the list may become before it is fetched again, in seconds. A revoked token is accepted for that long at most.
   * @default 30
   */
  readonly refreshSeconds?: number;
  /** How long the last list is used if a newer one cannot be fetched, in seconds. @default 300 */
  readonly staleSeconds?: number;
  /** The largest list, in bytes after decompression. A larger one is treated as unavailable. @default 8388608 */
  readonly maxBytes?: number;
  /** The largest number of ids of tokens and grants in the list. A longer list is treated as unavailable. @default 100000 */
  readonly maxEntries?: number;
  /**
   * What happens if no usable list exists: `admit` throws, for a `503` (`refuse`), or tokens are accepted although they may
   * have been revoked (`accept`).
   *
   * @default "refuse"
   */
  readonly withoutList?: 'refuse' | 'accept';
}

/** How this API asks the authorization server about tokens (RFC 7662). */
export interface IntrospectionOptions {
  readonly credentials: ApiCredentials;
  /** The URL of the introspection endpoint. @default `${issuer}/connect/introspect` */
  readonly uri?: string;
  /**
   * The largest number of concurrent introspection requests. Anyone can present any number of tokens: beyond this limit
   * `admit` throws at once, for a `503`.
   *
   * @default 100
   */
  readonly maxAtOnce?: number;
}

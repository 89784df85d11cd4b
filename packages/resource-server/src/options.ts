import type { TokensTaken } from '@vestibule/dpop';
import type { ProofReplays } from './dpop/replays.ts';
import type { AccessToken } from './token/access-token.ts';

/** What an API tells clients, and which tokens it takes. */
export interface ApiTerms {
  /** What people call this API. */
  readonly name?: string;
  /** Scopes that clients are told to ask for. @default none */
  readonly scopes?: readonly string[];
  /**
   * Whether tokens that are bound to a key of the client's are taken, with a proof: not at all (`off`), beside bearer tokens
   * (`offered`), or they alone (`required`). Without a proof they are refused in any case.
   *
   * @default "off"
   * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-7 RFC 9449 §7}
   */
  readonly dpop?: TokensTaken;
}

/** Who protects what, and whom it believes. */
export interface ResourceServerOptions extends ApiTerms {
  /** The issuer identifier of the authorization server. */
  readonly issuer: string;
  /** This API's resource indicator, an http(s) URL: tokens for any other are refused. */
  readonly resource: string;
  /**
   * Asked at each request for what may change while the API runs, in place of `name`, `scopes` and `dpop`. What it throws
   * becomes the `cause` of an `IssuerUnavailable`.
   *
   * @default they stay what the options say
   */
  readonly current?: () => Promise<ApiTerms>;
  /** Where the issuer's keys are. @default `${issuer}/connect/jwks` */
  readonly jwksUri?: string;
  /** Asks the issuer for its keys, and for whatever else is needed of it. @default the global `fetch` */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Remembers proofs, so that each is good once. @default the memory of this process */
  readonly proofReplays?: ProofReplays;
  /**
   * A secret of 32 random bytes or more, as text, the same in all processes of the API: nonces for proofs follow from it.
   *
   * @default proofs need no nonce
   * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-9 RFC 9449 §9}
   */
  readonly nonceSecret?: string;
  /** Refuses tokens that ended before their time, by a list of the issuer's. @default they live out their minutes */
  readonly revocations?: RevocationOptions;
  /** Asks the issuer about each token, in place of verifying it here. @default tokens are verified here */
  readonly introspection?: IntrospectionOptions;
  /**
   * Asked about each token that was verified, for which scopes it counts at this moment; `undefined`: for none, because it or
   * its grant has ended. For an API that shares a process with its issuer, where asking costs no request: the `scopesNow`
   * of an authorization server. What it throws becomes the `cause` of an `IssuerUnavailable`.
   *
   * @default tokens count for what they say
   */
  readonly scopesNow?: (token: AccessToken) => Promise<readonly string[] | undefined>;
  /**
   * In milliseconds since 1970. A token is accepted for five seconds past its `exp`, because clocks differ.
   *
   * @default the clock of the machine
   */
  readonly clock?: () => number;
}

/** With what an API authenticates where it asks about tokens. */
export interface ApiCredentials {
  /** The API's id in the realm. */
  readonly id: string;
  readonly secret: string;
}

export interface RevocationOptions {
  readonly credentials: ApiCredentials;
  /** Where the list is. @default `${issuer}/connect/revocations` */
  readonly uri?: string;
  /** How old the list may become before it is fetched again, in seconds: a token lives at most that much too long. @default 30 */
  readonly refreshSeconds?: number;
  /** How long the last list still counts while no newer one can be had, in seconds. @default 300 */
  readonly staleSeconds?: number;
  /** How long the list may be, in bytes, unpacked. A longer one counts as no list. @default 8388608 */
  readonly maxBytes?: number;
  /** How many ids of tokens and grants the list may hold together. A longer one counts as no list. @default 100000 */
  readonly maxEntries?: number;
  /**
   * What happens afterwards, and while there has been no list at all: nobody is let in and `admit` throws, for a `503`
   * (`refuse`), or tokens count though they may have been revoked (`accept`).
   *
   * @default "refuse"
   */
  readonly withoutList?: 'refuse' | 'accept';
}

export interface IntrospectionOptions {
  readonly credentials: ApiCredentials;
  /** Where the issuer answers. @default `${issuer}/connect/introspect` */
  readonly uri?: string;
  /**
   * About how many tokens the issuer is asked at once. Strangers choose how many tokens they present: past the bound `admit`
   * throws at once, for a `503`.
   *
   * @default 100
   */
  readonly maxAtOnce?: number;
}

/** Who protects what, and whom it believes. */
export interface ResourceServerOptions {
  /** The issuer identifier of the authorization server. */
  readonly issuer: string;
  /** This API's resource indicator, an http(s) URL: tokens for any other are refused. */
  readonly resource: string;
  /** What people call this API. */
  readonly name?: string;
  /** Scopes that clients are told to ask for. @default none */
  readonly scopes?: readonly string[];
  /** Where the issuer's keys are. @default `${issuer}/connect/jwks` */
  readonly jwksUri?: string;
  /** Fetches the keys. @default the global `fetch` */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/**
 * Limits on requests, and on what unauthenticated requests can store. Beyond a limit the response is `429` or `503` with
 * `Retry-After`.
 */
export interface ServerLimits {
  /**
   * Requests per hour from one address (IPv6: one /64) to the token, revocation, userinfo and pushed authorization request
   * endpoints. Addresses in an egress range are not counted. Each process counts separately.
   *
   * @default 36000
   */
  readonly tokenRequestsPerAddressPerHour: number;
  /**
   * Requests per hour of one client to the token and revocation endpoints: of a client that authenticates from all addresses
   * together; of a public client, whose id anyone can send, from one address or egress range. For a client that
   * authenticates, pushed authorization requests count as well. Many people share a client with a metadata document: each person has
   * this number at each destination, and requests without a valid code or refresh token have it together. Each process counts
   * separately.
   *
   * @default 18000
   */
  readonly tokenRequestsPerClientPerHour: number;
  /**
   * Authorizations in browsers without a session, within `lifetimes.transaction`; at most twice as many are stored at once.
   * Known browsers are counted by person, within `authorizationsPerAddressPerHour`.
   *
   * @default 50000
   */
  readonly pendingAuthorizations: number;
  /**
   * Pushed requests of public clients, within `lifetimes.pushedRequest`; at most twice as many are stored at once. Clients
   * that authenticate are counted individually, within `tokenRequestsPerClientPerHour`.
   *
   * @default 10000
   */
  readonly pendingPushedRequests: number;
  /**
   * The share of one organization (IPv6 /48, IPv4 /24) in `pendingAuthorizations` and `pendingPushedRequests`, in percent,
   * rounded up. An egress range can use half, or this share if it is larger. 100: all of it.
   *
   * @default 25
   */
  readonly organizationPercentOfPending: number;
  /**
   * Sessions of one person at once, at least 1. One more deletes the oldest.
   *
   * @default 50
   */
  readonly sessionsPerPerson: number;
  /**
   * Individually revoked access tokens of one grant, within `lifetimes.accessToken`. One more ends the grant, which revokes
   * all of them.
   *
   * @default 20
   */
  readonly revokedTokensPerGrant: number;
  /** Entries of the revocation list that APIs fetch. If there are more, the list is not served. @default 100000 */
  readonly revocationListEntries: number;
}

export const DEFAULT_SERVER_LIMITS: ServerLimits = {
  tokenRequestsPerAddressPerHour: 36_000,
  tokenRequestsPerClientPerHour: 18_000,
  pendingAuthorizations: 50_000,
  pendingPushedRequests: 10_000,
  organizationPercentOfPending: 25,
  sessionsPerPerson: 50,
  revokedTokensPerGrant: 20,
  revocationListEntries: 100_000,
};

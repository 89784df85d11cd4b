/**
 * How much may be asked of a realm, and how much of what strangers can cause is kept, whoever they are. Past a limit the
 * answer is `429` or `503` with `Retry-After`.
 */
export interface ServerLimits {
  /**
   * Requests to the token, revocation, userinfo and pushed authorization request endpoints from one address (IPv6: one
   * /64), in an hour. Addresses in an egress range that the operator names are not counted. Each process counts by itself.
   *
   * @default 36000
   */
  readonly tokenRequestsPerAddressPerHour: number;
  /**
   * Requests to the token and revocation endpoints by one client, in an hour: of a client that authenticates from
   * everywhere, of a public client, which anybody can name, from one address or egress range. Of a client that
   * authenticates its pushed authorization requests count, too. Each process counts by itself.
   *
   * @default 18000
   */
  readonly tokenRequestsPerClientPerHour: number;
  /**
   * Authorizations begun in browsers in which nobody has signed in, within `lifetimes.transaction`; at most twice as many
   * are kept at once. Browsers that are known are counted by person, within `authorizationsPerAddressPerHour`.
   *
   * @default 50000
   */
  readonly pendingAuthorizations: number;
  /**
   * Requests pushed by public clients, within `lifetimes.pushedRequest`; at most twice as many are kept at once. Clients that
   * authenticate are counted one by one, within `tokenRequestsPerClientPerHour`.
   *
   * @default 10000
   */
  readonly pendingPushedRequests: number;
  /**
   * How much of `pendingAuthorizations` and of `pendingPushedRequests` one organization (IPv6 /48, IPv4 /24) may use, in
   * percent, rounded up. An egress range that the operator names may use half, or this if it is more. 100: all of it.
   *
   * @default 25
   */
  readonly organizationPercentOfPending: number;
  /**
   * Browsers in which one person is signed in at once, 1 or more. One more signs out the one that has been for longest.
   *
   * @default 50
   */
  readonly sessionsPerPerson: number;
  /**
   * Access tokens of one grant that are revoked one by one, within `lifetimes.accessToken`. One more ends the grant, which
   * revokes all of them.
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

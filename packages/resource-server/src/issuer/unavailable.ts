/** The issuer does not answer, or answers what is none: an outage, for a `503`, of which no token is guilty. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
  /** For frameworks that look for it. */
  readonly status = 503;
}

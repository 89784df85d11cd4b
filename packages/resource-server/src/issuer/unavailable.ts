/** The issuer does not respond, or its response is unusable: an outage, for a `503`. The token may be valid. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
  /** The status that frameworks respond with. */
  readonly status = 503;
  /** The error boundary of `@vestibule/http` recognizes an outage by it, and responds with 503 as well. */
  readonly code = 'STORE_UNAVAILABLE';
}

/** Runs work whose failure is an outage of the issuer. @throws IssuerUnavailable with the failure as its `cause` */
export async function orUnavailable<T>(message: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw cause instanceof IssuerUnavailable ? cause : new IssuerUnavailable(message, { cause });
  }
}

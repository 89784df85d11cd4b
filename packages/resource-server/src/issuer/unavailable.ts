/** The issuer does not answer, or answers what is none: an outage, for a `503`, of which no token is guilty. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
  /** For frameworks that look for it. */
  readonly status = 503;
}

/** Does work whose failure is an outage of the issuer. @throws IssuerUnavailable with the failure as its `cause` */
export async function orUnavailable<T>(message: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw cause instanceof IssuerUnavailable ? cause : new IssuerUnavailable(message, { cause });
  }
}

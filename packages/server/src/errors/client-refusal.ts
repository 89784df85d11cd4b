import { statusOf, type TokenRefusal } from './token-refusal.ts';

/** A request that a client made and that is not looked at any further, as its endpoint answers it. */
export interface Refused {
  readonly ok: false;
  readonly refusal: TokenRefusal;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The client that the request says it is from, which it did not prove: quoted and cut, a stranger's text. */
  readonly claimedClientId?: string;
}

export const refused = (refusal: TokenRefusal, status: number = statusOf(refusal.error)): Refused => ({
  ok: false,
  refusal,
  status,
});

/** RFC 6749 §5.2: a client that tried it by the `Authorization` header is told by which scheme it could. */
export const challenged = (refusal: TokenRefusal, request: Request): Refused =>
  refusal.error === 'invalid_client' && request.headers.has('authorization')
    ? { ...refused(refusal), headers: { 'www-authenticate': 'Basic realm="client"' } }
    : refused(refusal);

import { statusOf, type TokenRefusal } from './token-refusal.ts';

/** The refusal of a client's request, as its endpoint returns it. */
export interface Refused {
  readonly ok: false;
  readonly refusal: TokenRefusal;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The client that the request names without proof: quoted and shortened, because the sender chose it. */
  readonly claimedClientId?: string;
}

export const refused = (refusal: TokenRefusal, status: number = statusOf(refusal.error)): Refused => ({
  ok: false,
  refusal,
  status,
});

/** RFC 6749 §5.2: a client that used the `Authorization` header is told the supported scheme. */
export const challenged = (
  refusal: TokenRefusal,
  request: { readonly headers: Pick<Headers, 'has'> },
): Refused =>
  refusal.error === 'invalid_client' && request.headers.has('authorization')
    ? { ...refused(refusal), headers: { 'www-authenticate': 'Basic realm="client"' } }
    : refused(refusal);

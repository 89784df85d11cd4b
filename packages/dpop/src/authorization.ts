/** An access token, and how it was shown. */
export interface PresentedToken {
  readonly scheme: 'Bearer' | 'DPoP';
  /** Empty where what stands there is no token: none is like it. */
  readonly token: string;
}

/** RFC 9110 §11.4: the scheme in any case. */
const SCHEME = /^(bearer|dpop)(?: |$)/i;

/** RFC 6750 §2.1 and RFC 9449 §7.1: one token of these characters. */
const TOKEN = /^[a-z]+ +([A-Za-z0-9\-._~+/]+=*) *$/i;

/**
 * The access token of an `Authorization` header; `undefined` where there is none, or the header is for something else.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-7.1 RFC 9449 §7.1}
 */
export function presentedToken(authorization: string | null): PresentedToken | undefined {
  const [, scheme] = SCHEME.exec(authorization ?? '') ?? [];
  if (authorization === null || scheme === undefined) return undefined;
  const [, token = ''] = TOKEN.exec(authorization) ?? [];
  return { scheme: scheme.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer', token };
}

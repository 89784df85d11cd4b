/** An access token and its authentication scheme. */
export interface PresentedToken {
  readonly scheme: 'Bearer' | 'DPoP';
  /** Empty if the header has no valid token; no token equals it. */
  readonly token: string;
}

/** RFC 9110 §11.4: the scheme is case-insensitive. */
const SCHEME = /^(bearer|dpop)(?: |$)/i;

/** RFC 6750 §2.1 and RFC 9449 §7.1: one token of these characters. */
const TOKEN = /^[a-z]+ +([A-Za-z0-9\-._~+/]+=*) *$/i;

/**
 * The access token of an `Authorization` header, or `undefined` if the header is missing or has another scheme.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-7.1 RFC 9449 §7.1}
 */
export function presentedToken(authorization: string | null): PresentedToken | undefined {
  const [, scheme] = SCHEME.exec(authorization ?? '') ?? [];
  if (authorization === null || scheme === undefined) return undefined;
  const [, token = ''] = TOKEN.exec(authorization) ?? [];
  return { scheme: scheme.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer', token };
}

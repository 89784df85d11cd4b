/** The content of a valid access token. */
export interface AccessToken {
  readonly subject: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** In seconds since 1970. */
  readonly expiresAt: number;
  /** The token's own id (`jti`). */
  readonly id: string;
  /** The id of the grant, which the person can end. Absent if the issuer does not include it. */
  readonly grantId?: string;
  /**
   * The thumbprint of the key that the token is bound to. Such a token is accepted only with a proof of that key. Absent for
   * a bearer token.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-6.1 RFC 9449 §6.1}
   */
  readonly proofKey?: string;
}

/** A valid access token, or why a request is refused. */
export type VerifiedToken =
  | { readonly ok: true; readonly token: AccessToken }
  | {
      readonly ok: false;
      readonly reason: string;
      /** In seconds, when the token can be verified. Absent if the token is invalid. */
      readonly retryAfter?: number;
    };

/** @throws IssuerUnavailable if the issuer is needed and does not respond */
export type VerifyToken = (token: string) => Promise<VerifiedToken>;

/**
 * Reads claims that are authenticated: by the signature of a JWT, or by the response of the issuer.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-2.2 RFC 9068 §2.2}
 */
export function readClaims(claims: Readonly<Record<string, unknown>>, resource: string): VerifiedToken {
  const {
    sub: subject,
    client_id: clientId,
    jti: id,
    exp: expiresAt,
    aud,
    scope = '',
    grant_id,
    cnf,
  } = claims;
  // Accepts exactly one audience, this API. A token that is also valid elsewhere is refused.
  if (typeof aud !== 'string' || withoutSlash(aud) !== withoutSlash(resource)) {
    return invalid('it is for another API');
  }
  const texts = { subject, clientId, id };
  if (!areTexts(texts) || typeof expiresAt !== 'number') return invalid('a claim is missing');
  const scopes = typeof scope === 'string' ? scope.split(' ').filter((name) => name !== '') : [];
  const proofKey = thumbprintOf(cnf);
  // Refuses a token that is bound by another method, which cannot be checked here.
  if (cnf !== undefined && proofKey === undefined) return invalid('it is bound to something unknown');
  const more = {
    ...(typeof grant_id === 'string' && { grantId: grant_id }),
    ...(proofKey !== undefined && { proofKey }),
  };
  return { ok: true, token: { ...texts, scopes, expiresAt, ...more } };
}

const thumbprintOf = (cnf: unknown): string | undefined =>
  typeof cnf === 'object' && cnf !== null && 'jkt' in cnf && typeof cnf.jkt === 'string'
    ? cnf.jkt
    : undefined;

const areTexts = <Name extends string>(
  texts: Readonly<Record<Name, unknown>>,
): texts is Readonly<Record<Name, string>> => Object.values(texts).every((text) => typeof text === 'string');

/** An origin with and without a trailing slash is one resource. */
const withoutSlash = (resource: string): string => resource.replace(/^(https?:\/\/[^/?#]+)\/$/, '$1');

const invalid = (reason: string): VerifiedToken => ({ ok: false, reason });

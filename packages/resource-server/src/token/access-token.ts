/** What a good access token says. */
export interface AccessToken {
  readonly subject: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** In seconds since 1970. */
  readonly expiresAt: number;
  /** The token's own id (`jti`). */
  readonly id: string;
  /** What the person allowed, and can end. Absent: the issuer does not say. */
  readonly grantId?: string;
  /**
   * Thumbprint of the key that it is bound to: without a proof of that key it counts for nothing. Absent: it is a bearer token.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-6.1 RFC 9449 §6.1}
   */
  readonly proofKey?: string;
}

export type VerifiedToken =
  | { readonly ok: true; readonly token: AccessToken }
  | {
      readonly ok: false;
      readonly reason: string;
      /** In seconds: whether the token is good can be found out then. Absent: it is not good. */
      readonly retryAfter?: number;
    };

/** @throws IssuerUnavailable where the issuer is needed and does not answer */
export type VerifyToken = (token: string) => Promise<VerifiedToken>;

/**
 * Reads claims, whoever vouches for them: the signature of a JWT, or the issuer's own answer.
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
  // One audience, and it is this API: a token that is good elsewhere too is not for here.
  if (typeof aud !== 'string' || withoutSlash(aud) !== withoutSlash(resource)) {
    return invalid('it is for another API');
  }
  const texts = { subject, clientId, id };
  if (!areTexts(texts) || typeof expiresAt !== 'number') return invalid('a claim is missing');
  const scopes = typeof scope === 'string' ? scope.split(' ').filter((name) => name !== '') : [];
  const proofKey = thumbprintOf(cnf);
  // Bound to something else than a key of this kind, it is bound to what nobody here can check.
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

/** A bare origin is one resource with and without its slash. */
const withoutSlash = (resource: string): string => resource.replace(/^(https?:\/\/[^/?#]+)\/$/, '$1');

const invalid = (reason: string): VerifiedToken => ({ ok: false, reason });

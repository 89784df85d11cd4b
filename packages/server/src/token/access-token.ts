import { formatScope, type Seconds, toEpochSeconds, type Instant } from '@vestibule/core';
import type { Grant } from '../records/grant.ts';
import type { Signer } from '../key/signer.ts';

export interface AccessTokenClaims {
  readonly issuer: string;
  readonly grant: Pick<Grant, 'id' | 'clientId' | 'subject' | 'resource'>;
  readonly scopes: readonly string[];
  /** The `jti`. */
  readonly id: string;
  readonly issuedAt: Instant;
  readonly lifetime: Seconds;
  /** The thumbprint of the key that the token is bound to. Absent for a bearer token. */
  readonly proofKey?: string;
}

/**
 * A signed access token for one API. It names its grant (`grant_id`), so that an API can recognize its end by a list of
 * ended grants.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-6.1 RFC 9449 §6.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-2 RFC 9068 §2}
 */
export function signAccessToken(signer: Signer, claims: AccessTokenClaims): Promise<string> {
  const { issuer, grant, scopes, id, issuedAt, lifetime, proofKey } = claims;
  const iat = toEpochSeconds(issuedAt);
  const token = {
    client_id: grant.clientId,
    scope: formatScope(scopes),
    grant_id: grant.id,
    ...(proofKey !== undefined && { cnf: { jkt: proofKey } }),
    iss: issuer,
    sub: grant.subject,
    aud: grant.resource,
    jti: id,
    iat,
    exp: iat + lifetime,
  };
  return signer.sign(token, 'at+jwt');
}

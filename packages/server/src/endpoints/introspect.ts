import { formatScope, sameResource } from '@vestibule/core';
import { errorReply, jsonReply, type PlainHandler } from '@vestibule/http';
import { authenticateApi } from '../client/authentication/authenticate-api.ts';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';
import { readParameters } from '../web/read-parameters.ts';
import { standingAccessToken } from '../token/standing-access-token.ts';

/**
 * Tells an API whether an access token for it is active. Reveals nothing about tokens for others and about refresh tokens.
 * For a sender-constrained token it returns the key; the API has to check the proof.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-6.2 RFC 9449 §6.2}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7662#section-2 RFC 7662 §2}
 */
export function createIntrospectionEndpoint(context: ServerContext): PlainHandler {
  return async (request) => {
    const realm = await currentRealm(context);
    const authenticated = authenticateApi(realm, request);
    if (!authenticated.ok) return authenticated.response;
    const read = await readParameters(request);
    if (!read.ok) return errorReply(read.status, 'invalid_request', read.description);
    const presented = read.parameters.get('token');
    if (presented === null) return errorReply(400, 'invalid_request', 'token is missing');

    const standing = await standingAccessToken(context, realm, presented);
    if (standing === undefined || !sameResource(standing.token.resource, authenticated.api.resource)) {
      return jsonReply(200, { active: false });
    }
    const { token, scopes } = standing;
    return jsonReply(200, {
      active: true,
      iss: context.issuer,
      sub: token.subject,
      aud: token.resource,
      client_id: token.clientId,
      scope: formatScope(scopes),
      token_type: token.proofKey === undefined ? 'Bearer' : 'DPoP',
      ...(token.proofKey !== undefined && { cnf: { jkt: token.proofKey } }),
      iat: token.issuedAt,
      exp: token.expiresAt,
      jti: token.id,
      grant_id: token.grantId,
    });
  };
}

import { sameResource } from '@vestibule/core';
import { allowMethods, bearerToken, type Handler, json, oauthError } from '@vestibule/http';
import { currentRealm, type ServerContext } from '../context.ts';
import { PATHS } from '../endpoints.ts';
import { standingAccessToken } from '../token/standing-access-token.ts';
import { claimsOf } from './claims.ts';

/**
 * Says who the person is that a token is about. It is an API like every other: tokens have to be for it, by its own
 * resource indicator, so that no API can ask about people with the tokens it is shown.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#UserInfo OIDC Core §5.3}
 */
export function createUserinfoEndpoint(context: ServerContext): Handler {
  const { issuer, people } = context;
  const resource = `${issuer}${PATHS.userinfo}`;

  return allowMethods(['GET', 'POST'], async (request) => {
    const realm = await currentRealm(context);
    const presented = bearerToken(request);
    if (presented === undefined) return challenge(401, 'an access token is needed');
    const standing = await standingAccessToken(context, realm, presented);
    if (standing === undefined || !sameResource(standing.token.resource, resource)) {
      return challenge(401, `the access token is not valid, or is not for ${resource}`, 'invalid_token');
    }
    const { token, scopes } = standing;
    if (!scopes.includes('openid')) {
      return challenge(403, 'the access token lacks openid', 'insufficient_scope', 'scope="openid"');
    }
    const person = await people.findBySubject(realm.id, token.subject);
    if (person === undefined) {
      return challenge(401, 'the person that the token is about is not known here any more', 'invalid_token');
    }
    return json(200, claimsOf(person, scopes));
  });
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3 RFC 6750 §3} */
function challenge(status: 401 | 403, description: string, error?: string, more?: string): Response {
  const parameters = [
    'realm="userinfo"',
    ...(error === undefined ? [] : [`error="${error}"`, `error_description="${description}"`]),
    ...(more === undefined ? [] : [more]),
  ];
  const headers = { 'www-authenticate': `Bearer ${parameters.join(', ')}` };
  return oauthError(status, error ?? 'unauthorized', description, headers);
}

import type { DpopPolicy } from '@vestibule/core/realm';
import { challengeHeader, type PresentedToken } from '@vestibule/dpop';
import { errorReply, jsonReply, type PlainHandler, type Reply } from '@vestibule/http';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';
import { dpopPolicyOf } from '../dpop/policy.ts';
import { PATHS } from '../web/paths.ts';
import { limited } from '../limits/limited.ts';
import { presentedAccessToken } from '../token/presented-access-token.ts';
import { claimsOf } from '../token/userinfo-claims.ts';

/**
 * Returns claims about the person of a token. It is an API like every other: tokens need its resource indicator, so that no
 * API can use the tokens that it receives to ask about people.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#UserInfo OIDC Core §5.3}
 */
export function createUserinfoEndpoint(context: ServerContext): PlainHandler {
  const { issuer, people, requestLimits } = context;

  return async (request, info) => {
    const realm = await currentRealm(context);
    const room = requestLimits.ofAddress(realm, info, request.headers);
    if (!room.allowed) return limited(context, info, room, 'requests from this address');
    const accepted = dpopPolicyOf(realm, `${issuer}${PATHS.userinfo}`);
    const presented = await presentedAccessToken(context, realm, request, 'userinfo');
    if (!presented.ok) return refused({ status: 401, accepted, ...presented });
    const { standing, scheme, headers } = presented;
    const { token, scopes } = standing;
    if (!scopes.includes('openid')) {
      const description = 'the access token lacks openid';
      const lacking = { error: 'insufficient_scope', description, scope: 'openid' };
      return refused({ status: 403, accepted, scheme, headers, ...lacking });
    }
    const person = await people.findBySubject(realm.id, token.subject);
    if (person === undefined) {
      const description = 'the person that the token is about is not known here any more';
      return refused({ status: 401, accepted, scheme, headers, error: 'invalid_token', description });
    }
    return jsonReply(200, claimsOf(person, scopes), headers);
  };
}

interface Refused {
  readonly status: 401 | 403;
  readonly accepted: DpopPolicy;
  readonly scheme?: PresentedToken['scheme'];
  readonly error?: string;
  readonly description: string;
  readonly scope?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3 RFC 6750 §3} */
function refused({ status, accepted, scheme, error, description, scope, headers }: Refused): Reply {
  const parameters = {
    realm: 'userinfo',
    ...(error !== undefined && { error, error_description: description }),
    ...(scope !== undefined && { scope }),
  };
  const challenge = challengeHeader({
    accepted,
    parameters,
    ...(scheme !== undefined && { presented: scheme }),
  });
  return errorReply(status, error ?? 'unauthorized', description, {
    ...headers,
    'www-authenticate': challenge,
  });
}

import { after, forgettableUntil } from '@vestibule/core';
import { errorReply, jsonReply, type PlainHandler, type Reply } from '@vestibule/http';
import { authenticateApi } from '../client/authentication/authenticate-api.ts';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';

/** Revoked tokens and ended grants: an access token is invalid if its `jti` or its `grant_id` is listed. */
export interface RevocationList {
  readonly token_ids: readonly string[];
  readonly grant_ids: readonly string[];
}

/**
 * For APIs that verify tokens locally: everything that was revoked or ended while its access tokens may still be valid, and
 * for a minute longer, because an API accepts a token until its own clock, with a few seconds of tolerance, says that it has
 * expired. Its length is the number of such ends, and it contains nothing that gives access.
 */
export function createRevocationListEndpoint(context: ServerContext): PlainHandler {
  const { grants, revokedTokens, clock } = context;
  return async (request) => {
    const realm = await currentRealm(context);
    const authenticated = authenticateApi(realm, request);
    if (!authenticated.ok) return authenticated.response;
    const until = forgettableUntil(clock());
    const most = realm.settings.limits.revocationListEntries;
    const since = after(until, -realm.settings.lifetimes.accessToken);
    const list: RevocationList = {
      token_ids: await revokedTokens.list(realm.id, until, most + 1),
      grant_ids: await grants.listEnded(realm.id, since, most + 1),
    };
    // A partial list would accept the missing tokens.
    return list.token_ids.length + list.grant_ids.length <= most ? jsonReply(200, list) : tooLong(most);
  };
}

const tooLong = (most: number): Reply =>
  errorReply(
    503,
    'temporarily_unavailable',
    `the list has more than ${most} entries (limits.revocationListEntries); ask about each token by introspection`,
    { 'retry-after': '60' },
  );

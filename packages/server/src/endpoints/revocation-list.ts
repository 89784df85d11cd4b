import { after, forgettableUntil } from '@vestibule/core';
import { allowMethods, type Handler, json, oauthError } from '@vestibule/http';
import { authenticateApi } from '../client/authentication/authenticate-api.ts';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';

/** What ended before its time: an access token counts no more if its `jti` or its `grant_id` stands here. */
export interface RevocationList {
  readonly token_ids: readonly string[];
  readonly grant_ids: readonly string[];
}

/**
 * For APIs that verify tokens by themselves: everything that was revoked or ended while access tokens of it may still be
 * alive, and for a minute longer, because an API accepts a token until it has expired by the API's own clock, give or take
 * a few seconds. It is as long as that was often, and holds nothing that lets anybody in.
 */
export function createRevocationListEndpoint(context: ServerContext): Handler {
  const { grants, revokedTokens, clock } = context;
  return allowMethods(['GET'], async (request) => {
    const realm = await currentRealm(context);
    const authenticated = await authenticateApi(realm, request);
    if (!authenticated.ok) return authenticated.response;
    const until = forgettableUntil(clock());
    const most = realm.settings.limits.revocationListEntries;
    const since = after(until, -realm.settings.lifetimes.accessToken);
    const list: RevocationList = {
      token_ids: await revokedTokens.list(realm.id, until, most + 1),
      grant_ids: await grants.listEnded(realm.id, since, most + 1),
    };
    // Half a list would let in what is missing from it.
    return list.token_ids.length + list.grant_ids.length <= most ? json(200, list) : tooLong(most);
  });
}

const tooLong = (most: number): Response =>
  oauthError(
    503,
    'temporarily_unavailable',
    `the list has more than ${most} entries (limits.revocationListEntries); ask about each token by introspection`,
    { 'retry-after': '60' },
  );

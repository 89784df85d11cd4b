import { forgettableUntil, type Client } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { errorReply, type PlainHandler, type RequestInfo } from '@vestibule/http';
import { refuseClient } from '../client/authentication/refuse-client.ts';
import { hasManyInstalls } from '../client/has-many-installs.ts';
import { readClientRequest } from '../client/authentication/request.ts';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';
import { commitRecorded } from '../context/commit-recorded.ts';
import { eventOf } from '../context/record.ts';
import { limited } from '../limits/limited.ts';
import { presentedRefreshToken } from '../grant/refresh-token.ts';
import type { Grant } from '../records/grant.ts';
import { verifyAccessToken } from '../token/verify-access-token.ts';

/**
 * Revokes a client's own token: a refresh token with its grant and all tokens of the grant, an access token individually.
 * For any other text the response is the same and nothing changes, so that a client learns nothing about tokens of others.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7009#section-2 RFC 7009 §2}
 */
export function createRevocationEndpoint(context: ServerContext): PlainHandler {
  const { realm: realmId, issuer, grants, revokedTokens, keyring, clock, limiter, requestLimits } = context;

  function refreshed(token: string): Promise<Grant | undefined> {
    const { hash, family } = presentedRefreshToken(token);
    return grants.findByRefreshToken(realmId, hash, family);
  }

  async function endById(info: RequestInfo, clientId: string, grantId: string): Promise<void> {
    const change = { kind: 'grant.end', realm: realmId, id: grantId, at: clock() } as const;
    const event = { type: 'grant.ended', grantId, clientId, reason: 'client-revoked' } as const;
    await commitRecorded(context, [change], [eventOf(context, info, event)]);
  }

  async function revokeAccessToken(
    info: RequestInfo,
    realm: Realm,
    client: Client,
    text: string,
  ): Promise<void> {
    const keys = await keyring.publicKeys(realm);
    // A token that has just expired may still be accepted by an API whose clock is behind.
    const now = forgettableUntil(clock());
    const token = await verifyAccessToken({ token: text, issuer, keys, now });
    if (token?.clientId !== client.id) return;
    // A token that was revoked before, or whose grant has ended, is invalid already: there is nothing to record.
    if ((await grants.find(realmId, token.grantId)) === undefined) return;
    if (await revokedTokens.has(realmId, token.id)) return;
    // A grant with very many revoked tokens ends, which takes only one entry in the list.
    const room = await limiter.consume(`revoked-tokens:${realmId}:${token.grantId}`, {
      uses: realm.settings.limits.revokedTokensPerGrant,
      seconds: realm.settings.lifetimes.accessToken,
    });
    if (!room.allowed) return endById(info, client.id, token.grantId);
    const { id: tokenId, grantId, clientId } = token;
    const expiresAt = token.expiresAt * 1_000;
    const revocation = { kind: 'revoked-token.insert', realm: realmId, tokenId, expiresAt } as const;
    const event = { type: 'token.revoked', tokenId, grantId, clientId } as const;
    // If another request has revoked it meanwhile, nothing is made and nothing is recorded.
    await commitRecorded(context, [revocation], [eventOf(context, info, event)]);
  }

  return async (request, info) => {
    const realm = await currentRealm(context);
    const room = requestLimits.ofAddress(realm, info, request.headers);
    if (!room.allowed) return limited(context, info, room, 'requests from this address');
    const read = await readClientRequest(context, request, info);
    if (!read.ok) return refuseClient(context, info, read);
    const { client, parameters } = read.request;
    const token = parameters.get('token');
    const presented = token !== null && hasManyInstalls(client) ? await refreshed(token) : undefined;
    const theirs = presented?.clientId === client.id ? presented : undefined;
    const roomOfClient = requestLimits.ofClient(realm, info, request.headers, client, theirs);
    if (!roomOfClient.allowed) {
      return limited(context, info, roomOfClient, 'requests by this client', client.id);
    }
    if (token === null) return errorReply(400, 'invalid_request', 'token is missing');
    // `token_type_hint` only says where to look first, and both look-ups are cheap (§2.1).
    const grant = presented ?? (await refreshed(token));
    if (grant === undefined) await revokeAccessToken(info, realm, client, token);
    else if (grant.clientId === client.id) await endById(info, client.id, grant.id);
    return { status: 200, headers: { 'cache-control': 'no-store' } };
  };
}

import { type ClientAuthenticationMethod, forgettableUntil } from '@vestibule/core';
import type { AuditEvent } from '@vestibule/core/audit';
import type { Realm } from '@vestibule/core/realm';
import { errorReply, type PlainHandler, type RequestInfo } from '@vestibule/http';
import { assertionUsed } from '../client/authentication/authenticate-client.ts';
import type { AssertionUse } from '../client/authentication/proof.ts';
import { refuseClient } from '../client/authentication/refuse-client.ts';
import { hasManyInstalls } from '../client/has-many-installs.ts';
import { type ClientRequest, readClientRequest } from '../client/authentication/request.ts';
import type { Change } from '../ports/commit.ts';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';
import { commitRecorded } from '../context/commit-recorded.ts';
import { eventOf } from '../context/record.ts';
import { refused } from '../errors/client-refusal.ts';
import { asMisused, refuse } from '../errors/token-refusal.ts';
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

  async function endById(
    info: RequestInfo,
    { client: { id: clientId }, use }: ClientRequest,
    grantId: string,
  ): Promise<Revocation> {
    const change = { kind: 'grant.end', realm: realmId, id: grantId, at: clock() } as const;
    const event = { type: 'grant.ended', grantId, clientId, reason: 'client-revoked' } as const;
    return commitRevocation(use, change, eventOf(context, info, event));
  }

  /** If another request has revoked it meanwhile, nothing is made and nothing is recorded. */
  async function commitRevocation(
    use: AssertionUse | undefined,
    change: Extract<Change, { readonly kind: 'grant.end' | 'revoked-token.insert' }>,
    event: AuditEvent,
  ): Promise<Revocation> {
    const outcome = await commitRecorded(context, [...(use === undefined ? [] : [use]), change], [event]);
    return !outcome.committed && outcome.unmet.kind === 'replay.note' ? 'used' : 'done';
  }

  async function revokeGrant(info: RequestInfo, request: ClientRequest, grant: Grant): Promise<Revocation> {
    if (grant.clientId !== request.client.id) return 'done';
    return isUnproven(grant, request.method) ? 'unproven' : endById(info, request, grant.id);
  }

  async function revokeAccessToken(
    info: RequestInfo,
    realm: Realm,
    request: ClientRequest,
    text: string,
  ): Promise<Revocation> {
    const keys = await keyring.publicKeys(realm);
    // A token that has just expired may still be accepted by an API whose clock is behind.
    const now = forgettableUntil(clock());
    const token = await verifyAccessToken({ token: text, issuer, keys, now });
    if (token?.clientId !== request.client.id) return 'done';
    // A token that was revoked before, or whose grant has ended, is invalid already: there is nothing to record.
    const grant = await grants.find(realmId, token.grantId);
    if (grant === undefined) return 'done';
    if (isUnproven(grant, request.method)) return 'unproven';
    if (await revokedTokens.has(realmId, token.id)) return 'done';
    // A grant with very many revoked tokens ends, which takes only one entry in the list.
    const room = await limiter.consume(`revoked-tokens:${realmId}:${token.grantId}`, {
      uses: realm.settings.limits.revokedTokensPerGrant,
      seconds: realm.settings.lifetimes.accessToken,
    });
    if (!room.allowed) return endById(info, request, token.grantId);
    const { id: tokenId, grantId, clientId } = token;
    const expiresAt = token.expiresAt * 1_000;
    const revocation = { kind: 'revoked-token.insert', realm: realmId, tokenId, expiresAt } as const;
    const event = { type: 'token.revoked', tokenId, grantId, clientId } as const;
    return commitRevocation(request.use, revocation, eventOf(context, info, event));
  }

  return async (request, info) => {
    const realm = await currentRealm(context);
    const room = requestLimits.ofAddress(realm, info, request.headers);
    if (!room.allowed) return limited(context, info, room, 'requests from this address');
    const read = await readClientRequest(context, realm, request, info);
    if (!read.ok) return refuseClient(context, info, read);
    const { client, parameters } = read.request;
    const token = parameters.get('token');
    const isCounted = token !== null && hasManyInstalls(client);
    const presented = isCounted ? await refreshed(token) : undefined;
    const theirs = presented?.clientId === client.id ? presented : undefined;
    const roomOfClient = requestLimits.ofClient(realm, info, request.headers, client, theirs);
    if (!roomOfClient.allowed) {
      return limited(context, info, roomOfClient, 'requests by this client', client.id);
    }
    if (token === null) return errorReply(400, 'invalid_request', 'token is missing');
    // `token_type_hint` only says where to look first, and both look-ups are cheap (§2.1).
    const grant = isCounted ? presented : await refreshed(token);
    const revocation =
      grant === undefined
        ? await revokeAccessToken(info, realm, read.request, token)
        : await revokeGrant(info, read.request, grant);
    if (revocation !== 'done') {
      return refuseClient(context, info, refused(revocation === 'used' ? assertionUsed() : UNPROVEN));
    }
    return { status: 200, headers: { 'cache-control': 'no-store' } };
  };
}

/** `unproven`: the client has to authenticate as it did for the grant. `used`: another request has used its assertion. */
type Revocation = 'done' | 'unproven' | 'used';

/** Whether a grant is bound to a method of client authentication, and the client used another one. */
const isUnproven = (
  { clientMethod }: Pick<Grant, 'clientMethod'>,
  used: ClientAuthenticationMethod,
): boolean => clientMethod !== undefined && clientMethod !== used;

const UNPROVEN = asMisused(
  refuse(
    'invalid_client',
    'the token was issued to a client that authenticated: authenticate in the same way',
  ),
);

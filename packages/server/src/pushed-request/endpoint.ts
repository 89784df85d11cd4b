import { after, type RateLimitVerdict, type Realm, type StoredClient } from '@vestibule/core';
import { allowMethods, type Handler, json, oauthError, type RequestInfo, tooMany } from '@vestibule/http';
import type { AuthorizationError } from '../authorization/authorization-error.ts';
import { takeRoom } from '../authorization/room.ts';
import { readClientRequest } from '../client-authentication/request.ts';
import { isPublic } from '../client/is-public.ts';
import { standingOf } from '../client/standing.ts';
import type { Counted } from '../limits/process-counts.ts';
import { currentRealm, record, type ServerContext } from '../context.ts';
import { shownProof } from '../dpop/shown-proof.ts';
import { boundTo } from './bound-to.ts';
import { judgePush } from './judge.ts';
import { pushedRequestKey, requestUri } from './pushed-request.ts';

const KEYS_DISAGREE = {
  error: 'invalid_request',
  description: 'dpop_jkt is not the key of the DPoP proof',
} as const;

/**
 * Where a client leaves an authorization request before it sends the person here with nothing but a reference to it. A proof
 * that comes along binds the code to its key.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-10.1 RFC 9449 §10.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9126#section-2 RFC 9126 §2}
 */
export function createPushedRequestEndpoint(context: ServerContext): Handler {
  const { clients, pushedRequests, limiter, requestLimits, capabilities, clock, entropy } = context;

  /** What anybody can push is kept up to a number in the realm; clients that authenticate have a number each. */
  async function roomToKeep(
    realm: Realm,
    info: RequestInfo,
    client: StoredClient,
  ): Promise<RateLimitVerdict | Counted> {
    if (!isPublic(client)) return requestLimits.ofClient(realm, info, client);
    const { limits, lifetimes } = realm.settings;
    const atOnce = { uses: limits.pendingPushedRequests, seconds: lifetimes.pushedRequest };
    return limiter.consume(`pushed-requests:${realm.id}`, atOnce);
  }

  async function refuse(
    info: RequestInfo,
    clientId: string,
    { error, description, gate }: AuthorizationError,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    await record(context, info, { type: 'authorization.refused', clientId, error, ...(gate && { gate }) });
    return oauthError(error === 'invalid_client' ? 401 : 400, error, description, headers);
  }

  return allowMethods(['POST'], async (request, info) => {
    const read = await readClientRequest(context, request);
    if (!read.ok) {
      const { refusal, status, headers, claimedClientId } = read;
      const claimed = claimedClientId !== undefined && { claimedClientId };
      await record(context, info, { type: 'authorization.refused', error: refusal.error, ...claimed });
      return oauthError(status, refusal.error, refusal.description, headers);
    }
    const realm = await currentRealm(context);
    const { client, parameters } = read.request;
    const { id: clientId } = client;
    const room = await takeRoom(context, 'pushed-request', realm, request, info);
    if (!room.allowed) {
      await record(context, info, { type: 'authorization.limited', clientId });
      return tooMany('pushed requests from this address', room.retryAfter);
    }
    const proof = await shownProof(context, realm, request, 'pushedRequest');
    if (!proof.ok) return refuse(info, clientId, proof, proof.headers);
    const bound = boundTo(parameters, proof.key);
    if (bound === undefined) return refuse(info, clientId, KEYS_DISAGREE, proof.headers);
    const now = clock();
    const standing = standingOf(client, realm, clients, now);
    const verdict = judgePush({ parameters: bound, realm, client, standing, capabilities });
    if (!verdict.ok) return refuse(info, clientId, verdict.error, proof.headers);

    const kept = await roomToKeep(realm, info, client);
    if (!kept.allowed) {
      await record(context, info, { type: 'authorization.limited', clientId, limit: 'realm' });
      return tooMany('pushed requests here', kept.retryAfter);
    }
    const used = await proof.use();
    if (!used.ok) return refuse(info, clientId, used, proof.headers);
    const uri = requestUri(entropy());
    const lifetime = realm.settings.lifetimes.pushedRequest;
    const key = await pushedRequestKey(clientId, uri);
    await pushedRequests.put(realm.id, key, { clientId, query: verdict.query }, after(now, lifetime));
    return json(201, { request_uri: uri, expires_in: lifetime }, proof.headers);
  });
}

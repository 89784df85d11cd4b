import {
  after,
  type ClientSource,
  type Counted,
  isSelfRegistered,
  quoteClientId,
  reservations,
  standingOf,
  toWireText,
  type Use,
} from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { egressRangeOf } from '@vestibule/core/registration';
import {
  errorReply,
  jsonReply,
  type PlainRequest,
  type PlainHandler,
  type Reply,
  type RequestInfo,
  sourceOf,
  tooManyReply,
} from '@vestibule/http';
import type { AuthorizationError } from '../errors/authorization-error.ts';
import { pendingUses } from '../limits/pending-uses.ts';
import { networkUses } from '../limits/network-uses.ts';
import { assertionUsed } from '../client/authentication/authenticate-client.ts';
import { refuseClient } from '../client/authentication/refuse-client.ts';
import { clientRequestOf, namedClient, readClientParameters } from '../client/authentication/request.ts';
import { obtainClient, type ObtainProblem } from '../client/obtain-client.ts';
import { bindingMethod } from '../client/bound-method.ts';
import { limited } from '../limits/limited.ts';
import type { ServerContext } from '../server-context.ts';
import { currentRealm } from '../context/current-realm.ts';
import { record } from '../context/record.ts';
import { presentedProof, USED_BEFORE } from '../dpop/presented-proof.ts';
import { boundTo } from '../authorization/bound-to.ts';
import { judgePush } from '../authorization/judge-pushed.ts';
import { pushedRequestKey, requestUri } from '../authorization-request/pushed-request.ts';
import { ruleUrl } from '../web/paths.ts';

const KEYS_DISAGREE = {
  error: 'invalid_request',
  description: 'dpop_jkt is not the key of the DPoP proof',
} as const;

/**
 * Stores an authorization request of a client, which then sends the person with a reference to it. A proof binds the code to
 * its key.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-10.1 RFC 9449 §10.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9126#section-2 RFC 9126 §2}
 */
export function createPushedAuthorizationRequestEndpoint(context: ServerContext): PlainHandler {
  const { clientRules, clients, commit, requestLimits, capabilities, clock, generateToken } = context;
  const { issuer, metadataDocuments } = context;

  /**
   * The limits of a request of a client that is public, or that no operator decided about. Anyone can push with its id, or publish a
   * document with a key, so the network is counted, unless it is an egress range; such requests are stored up to a number per realm, of
   * which an organization has a share.
   */
  function usesOf(
    realm: Realm,
    request: PlainRequest,
    info: RequestInfo,
  ): readonly Use<'address' | 'organization' | 'realm'>[] {
    const { limits, lifetimes } = realm.settings;
    const atOnce = { uses: limits.pendingPushedRequests, seconds: lifetimes.pushedRequest };
    const isOfRange = egressRangeOf(realm, sourceOf(info.ip)) !== undefined;
    return [
      ...(isOfRange ? [] : networkUses('pushed-request', realm, request, info)),
      ...pendingUses('pushed-requests', realm, info, atOnce),
    ];
  }

  const tooOften = (
    info: RequestInfo,
    counted: Counted & { readonly allowed: false },
    what: string,
    clientId?: string,
  ): Promise<Reply> => limited(context, info, counted, what, clientId, 'authorization.refused');

  async function refuse(
    info: RequestInfo,
    clientId: string,
    { error, description, gate }: AuthorizationError,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Reply> {
    await record(context, info, { type: 'authorization.refused', clientId, error, ...(gate && { gate }) });
    return errorReply(error === 'invalid_client' ? 401 : 400, error, description, headers);
  }

  async function refuseDocument(
    info: RequestInfo,
    clientId: string,
    obtained: ObtainProblem,
  ): Promise<Reply> {
    const claimedClientId = quoteClientId(clientId);
    await record(context, info, { type: 'authorization.refused', error: obtained.problem, claimedClientId });
    switch (obtained.problem) {
      case 'document-refused':
        return jsonReply(401, {
          error: 'invalid_client',
          error_description: toWireText(obtained.detail),
          error_uri: ruleUrl(issuer, obtained.rule),
        });
      case 'document-unavailable':
        return errorReply(503, 'temporarily_unavailable', 'the metadata document cannot be fetched now', {
          'retry-after': String(obtained.retryAfter),
        });
      case 'too-many':
        return tooManyReply('metadata documents', obtained.retryAfter);
    }
  }

  return async (request, info) => {
    const realm = await currentRealm(context);
    const asked = requestLimits.ofAddress(realm, info, request.headers);
    if (!asked.allowed) return tooOften(info, asked, 'requests from this address');
    const posted = await readClientParameters(request);
    const askedId = posted.ok ? namedClient(posted.parameters) : undefined;
    const found = askedId === undefined ? undefined : await clients.find(realm.id, askedId);
    const obtained = await obtainClient(metadataDocuments, realm, askedId, found, request, info);
    if (!obtained.ok) return refuseDocument(info, askedId ?? '', obtained);
    const known: ClientSource = {
      find: async (of, id) => (id === askedId ? obtained.client : clients.find(of, id)),
    };
    const read = await clientRequestOf({ ...context, clients: known }, realm, request, info, posted);
    if (!read.ok) return refuseClient(context, info, read, 'authorization.refused');
    const { client, method, use, parameters } = read.request;
    const { id: clientId } = client;
    if (method !== 'none') {
      const counted = requestLimits.ofClient(realm, info, request.headers, client);
      if (!counted.allowed) return tooOften(info, counted, 'requests by this client', clientId);
    }
    const proof = await presentedProof(context, realm, request, 'pushedRequest');
    if (!proof.ok) return refuse(info, clientId, proof, proof.headers);
    const bound = boundTo(parameters, proof.key);
    if (bound === undefined) return refuse(info, clientId, KEYS_DISAGREE, proof.headers);
    const now = clock();
    const standing = standingOf(client, realm, clientRules, now);
    const verdict = judgePush({ parameters: bound, realm, client, standing, capabilities });
    if (!verdict.ok) return refuse(info, clientId, verdict.error, proof.headers);

    const uri = requestUri(generateToken());
    const lifetime = realm.settings.lifetimes.pushedRequest;
    const uses = isSelfRegistered(client) || method === 'none' ? usesOf(realm, request, info) : [];
    const clientMethod = bindingMethod(client, method);
    const insertion = {
      kind: 'pushed-request.insert',
      realm: realm.id,
      key: pushedRequestKey(clientId, uri),
      request: { clientId, query: verdict.query, ...(clientMethod !== undefined && { clientMethod }) },
      expiresAt: after(now, lifetime),
    } as const;
    const proofUse = proof.use === undefined ? [] : [proof.use];
    const assertionUse = use === undefined ? [] : [use];
    const changes = [...reservations(uses, now), ...proofUse, ...assertionUse, insertion];
    const stored = await commit(changes);
    if (!stored.committed) {
      const { unmet, index } = stored;
      switch (unmet.kind) {
        case 'quota.reserve': {
          const limit = uses[index]?.name ?? 'realm';
          const facts = limit === 'address' ? {} : { limit };
          await record(context, info, { type: 'authorization.limited', clientId, ...facts });
          return tooManyReply(`pushed requests ${WHERE[limit]}`, unmet.retryAfter);
        }
        case 'replay.note':
          return use !== undefined && changes[index] === use
            ? refuse(info, clientId, assertionUsed(), proof.headers)
            : refuse(info, clientId, USED_BEFORE, proof.headers);
        case 'pushed-request.insert':
          throw new Error('A pushed request has a reference that was generated for it.');
      }
    }
    return jsonReply(201, { request_uri: uri, expires_in: lifetime }, proof.headers);
  };
}

/** Where there are too many pushed requests, for the response. */
const WHERE = { address: 'from this address', organization: 'from this network', realm: 'here' } as const;

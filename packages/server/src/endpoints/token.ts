import {
  type Client,
  formatScope,
  type Instant,
  isWorthNoting,
  type Standing,
  standingOf,
} from '@vestibule/core';
import type { AuditEvent } from '@vestibule/core/audit';
import type { Realm } from '@vestibule/core/realm';
import {
  errorReply,
  jsonReply,
  type PlainRequest,
  type PlainHandler,
  type Reply,
  type RequestInfo,
  sourceOf,
} from '@vestibule/http';
import { authenticatesAsBefore } from '../client/authentication/authentication-of.ts';
import { refuseClient } from '../client/authentication/refuse-client.ts';
import {
  type ClientRequest,
  clientRequestOf,
  readClientParameters,
} from '../client/authentication/request.ts';
import { hasManyInstalls } from '../client/has-many-installs.ts';
import type { ServerContext } from '../server-context.ts';
import { commitRecorded } from '../context/commit-recorded.ts';
import { eventOf } from '../context/record.ts';
import { type PresentedProof, presentedProof } from '../dpop/presented-proof.ts';
import { claimsOf } from '../token/userinfo-claims.ts';
import { signAccessToken } from '../token/access-token.ts';
import { lifetimeWithin } from '../grant/grant-end.ts';
import { limited } from '../limits/limited.ts';
import { exchangeCode } from '../token/authorization-code-grant.ts';
import { type GrantOutcome, type Granted, type GrantRefused, denied } from '../token/grant-outcome.ts';
import { signIdToken } from '../token/id-token.ts';
import { beginTokenReads, grantPresented, type TokenReads } from '../token/token-reads.ts';
import { type IssuedToken, providedToken } from '../token/provided-token.ts';
import { refreshGrant } from '../token/refresh-token-grant.ts';
import { refused as refusedClient } from '../errors/client-refusal.ts';
import { refuse, statusOf, type TokenRefusal } from '../errors/token-refusal.ts';

/** How long a client waits before it repeats a request that the provider could not answer, in seconds. */
const RETRY_AFTER = 5;

/** The provider does not respond. Nothing was consumed: the same request can be repeated. */
const providerUnavailable = (): Reply =>
  errorReply(503, 'temporarily_unavailable', 'the provider does not respond: repeat this request', {
    'retry-after': String(RETRY_AFTER),
  });

/** No parameters, in a request that has none that can be read. */
const NOTHING = new URLSearchParams();

type GrantType = 'authorization_code' | 'refresh_token';

/**
 * The token endpoint.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-3.2 RFC 6749 §3.2}
 */
export function createTokenEndpoint(context: ServerContext): PlainHandler {
  const { issuer, clientRules, people, clock, generateToken, capabilities, requestLimits } = context;

  async function grantFor(
    realm: Realm,
    request: ClientRequest,
    proof: PresentedProof & { readonly ok: true },
    reads: TokenReads,
  ): Promise<GrantOutcome> {
    const grantType = request.parameters.get('grant_type');
    if (grantType === null) return denied(refuse('invalid_request', 'grant_type is missing'));
    if (!capabilities.grantTypes.includes(grantType)) {
      return denied(
        refuse('unsupported_grant_type', 'grant_type must be authorization_code or refresh_token'),
      );
    }
    if (!request.client.grantTypes.some((allowed) => allowed === grantType)) {
      return denied(refuse('unauthorized_client', 'this client did not register this grant_type'));
    }
    return grantType === 'authorization_code'
      ? exchangeCode(context, realm, request, proof.key, reads)
      : refreshGrant(context, realm, request, proof.key, reads);
  }

  /**
   * Creates the tokens, consumes what was presented for them, and returns them. The order matters: if the keys are
   * unavailable nothing is consumed, and no token is returned that is not recorded.
   */
  async function issue(
    info: RequestInfo,
    realm: Realm,
    grantType: GrantType,
    granted: Granted,
    { client, use }: Pick<ClientRequest, 'client' | 'use'>,
    proof: PresentedProof & { readonly ok: true },
    reads: TokenReads,
  ): Promise<Reply | GrantRefused> {
    const { grant } = granted;
    const issuedAt = clock();
    const provided = await providedToken(context, realm, granted);
    if (provided.kind === 'refused') return provided.refused;
    if (provided.kind === 'unavailable') return providerUnavailable();
    const issuing =
      provided.kind === 'provided' ? provided.token : await ownToken(realm, granted, issuedAt, reads);
    const { accessToken, id, scopes } = issuing;
    const idToken = await idTokenFor(realm, reads, granted, accessToken);
    const { id: grantId, clientId, subject, resource } = grant;
    const issued = { grantType, grantId, clientId, subject, resource, scopes, tokenId: id };
    const settlement = await granted.settle(eventOf(context, info, { type: 'token.issued', ...issued }), [
      ...(proof.use === undefined ? [] : [proof.use]),
      ...(use === undefined ? [] : [use]),
      ...(isWorthNoting(client, realm.settings.lifecycle, issuedAt)
        ? [{ kind: 'client.use', realm: realm.id, id: clientId, at: issuedAt } as const]
        : []),
    ]);
    if (!settlement.ok) return settlement;
    const { refreshToken } = settlement;
    const body = {
      access_token: accessToken,
      token_type: issuing.type,
      ...(issuing.lifetime !== undefined && { expires_in: issuing.lifetime }),
      scope: formatScope(scopes),
      ...(refreshToken !== undefined && { refresh_token: refreshToken }),
      ...(idToken !== undefined && { id_token: idToken }),
    };
    return jsonReply(200, body, proof.headers);
  }

  /** A signed access token of this server. */
  async function ownToken(
    realm: Realm,
    { grant, scopes, proofKey }: Granted,
    issuedAt: Instant,
    reads: TokenReads,
  ): Promise<IssuedToken> {
    const id = generateToken();
    const lifetime = lifetimeWithin(grant, issuedAt, realm.settings.lifetimes.accessToken);
    const signer = await reads.signer(realm);
    const bound = proofKey === undefined ? {} : { proofKey };
    const claims = { issuer, grant, scopes, id, issuedAt, lifetime, ...bound };
    const accessToken = await signAccessToken(signer, claims);
    return { accessToken, id, scopes, lifetime, type: proofKey === undefined ? 'Bearer' : 'DPoP' };
  }

  /** Issued if `openid` was granted. */
  async function idTokenFor(
    realm: Realm,
    reads: TokenReads,
    { grant, scopes, nonce }: Granted,
    accessToken: string,
  ): Promise<string | undefined> {
    if (!scopes.includes('openid')) return undefined;
    const signer = await reads.signer(realm);
    const { clientId, subject, authentication } = grant;
    const known = await people.findBySubject(realm.id, subject);
    const person = known === undefined ? { sub: subject } : claimsOf(known, scopes);
    const lifetime = realm.settings.lifetimes.idToken;
    const about = { issuer, clientId, person, authentication, accessToken, issuedAt: clock(), lifetime };
    return signIdToken(signer, { ...about, ...(nonce !== undefined && { nonce }) });
  }

  async function answer(request: PlainRequest, info: RequestInfo): Promise<Reply> {
    const given = await readClientParameters(request);
    const reads = beginTokenReads(context, given.ok ? given.parameters : NOTHING);
    const realm = await reads.realm();
    const room = requestLimits.ofAddress(realm, info, request.headers);
    if (!room.allowed) return limited(context, info, room, 'requests from this address');
    const read = await clientRequestOf({ ...context, clients: reads.clients }, realm, request, info, given);
    if (!read.ok) return refuseClient(context, info, read);
    const { client: known, method } = read.request;
    const clientId = known.id;
    const presented = hasManyInstalls(known)
      ? await grantPresented(reads, clientId, read.request.parameters)
      : undefined;
    const roomOfClient = requestLimits.ofClient(realm, info, request.headers, known, presented);
    if (!roomOfClient.allowed) {
      return limited(context, info, roomOfClient, 'requests by this client', clientId);
    }
    const client = await remembered(realm, known, request, info);
    if (method !== 'none' && !authenticatesAsBefore(known, client)) {
      return refuseClient(context, info, refusedClient(KEYS_CHANGED));
    }
    const unwanted = refusalOf(standingOf(client, realm, clientRules, clock()));
    const proof = await presentedProof(context, realm, request, 'token');
    if (unwanted !== undefined) return refused(info, clientId, denied(unwanted), proof);
    if (!proof.ok) {
      return refused(info, clientId, denied(refuse(proof.error, proof.description, proof.reason)), proof);
    }
    const used = { ...read.request, client };
    const outcome = await grantFor(realm, used, proof, reads);
    if (!outcome.ok) return refused(info, clientId, outcome, proof);
    const grantType =
      read.request.parameters.get('grant_type') === 'refresh_token' ? 'refresh_token' : 'authorization_code';
    const issued = await issue(info, realm, grantType, outcome, used, proof, reads);
    if (!('status' in issued)) return refused(info, clientId, issued, proof);
    // Not waited for: a slow host must not delay its clients. Only after a token was issued: a stranger must not cause fetches here.
    if (client.kind === 'metadata-document') context.metadataDocuments?.refresh(realm, client);
    return issued;
  }

  /** The client of a request. If its document was not fetched for so long that it is refused otherwise, it is fetched first. */
  async function remembered(
    realm: Realm,
    client: Client,
    { headers }: PlainRequest,
    { ip }: RequestInfo,
  ): Promise<Client> {
    if (client.kind !== 'metadata-document' || context.metadataDocuments === undefined) return client;
    if (standingOf(client, realm, clientRules, clock()).kind !== 'gone') return client;
    const source = sourceOf(ip, headers.get('origin'));
    const obtained = await context.metadataDocuments.obtain(realm, client.id, client, source);
    return 'client' in obtained ? obtained.client : client;
  }

  async function refused(
    info: RequestInfo,
    clientId: string,
    { refusal, ends }: GrantRefused,
    proof: PresentedProof,
  ): Promise<Reply> {
    const { error, description, reason, misused, gate, rule } = refusal;
    const about = { ...(misused && { misused }), ...(gate && { gate }), ...(rule && { rule }) };
    const facts = { clientId, error, reason, ...about };
    const refusedEvent = eventOf(context, info, { type: 'token.refused', ...facts });
    if (!(await endReplayed(info, ends, refusedEvent))) await context.audit.record(refusedEvent);
    return errorReply(statusOf(error), error, description, proof.headers);
  }

  /** Ends a grant of which another party has a code or token. Returns whether this request ended it. */
  async function endReplayed(
    info: RequestInfo,
    ends: GrantRefused['ends'],
    refusedEvent: AuditEvent,
  ): Promise<boolean> {
    if (ends === undefined) return false;
    const { grant, reason } = ends;
    const { id: grantId, realm, clientId } = grant;
    const ended = eventOf(context, info, { type: 'grant.ended', grantId, clientId, reason });
    const change = { kind: 'grant.end', realm, id: grantId, at: clock() } as const;
    return (await commitRecorded(context, [change], [ended, refusedEvent])).committed;
  }

  return answer;
}

/**
 * Why a client gets no token in its standing: for any grant type, and before its code or token is read, so that nothing is
 * consumed. `invalid_client` makes agents register again, which is right for a client that has expired, and for a hibernated
 * one that the current policy would not reactivate. Any other hibernated client gets `invalid_grant`: agents then return to
 * the authorization endpoint with their `client_id`, and one consent reactivates the client. A blocked client is not told to
 * register: it would return under another `client_id`.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.2 RFC 6749 §5.2}
 */
function refusalOf({ kind }: Standing): TokenRefusal | undefined {
  switch (kind) {
    case 'good':
      return undefined;
    case 'asleep':
      return refuse(
        'invalid_grant',
        'this client has not been used for a long time; a person has to authorize it again',
        'the client is hibernated',
      );
    case 'unacceptable':
      return refuse('invalid_client', UNKNOWN, 'the client is hibernated and not acceptable any more');
    case 'restorable':
    case 'gone':
      return refuse('invalid_client', UNKNOWN, 'the client has expired');
    case 'blocked':
      return refuse('invalid_grant', 'the operator has blocked this client', 'the client is blocked');
  }
}

const UNKNOWN = 'no such client; register again';

const KEYS_CHANGED = refuse(
  'invalid_client',
  'the metadata document of this client has been read again, and its keys have changed: authenticate once more',
);

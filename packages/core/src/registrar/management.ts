import type { AuditFacts, LifecycleEvent, ManagementEvent, RegistrationEvent } from '../audit/event.ts';
import type { StoredClient } from '../client/stored-client.ts';
import { isDoorOpen } from '../gates/gates.ts';
import { lifeOf } from '../lifecycle/life.ts';
import { findRealm } from '../realm/find.ts';
import type { ClientStore } from '../ports/client-store.ts';
import type { Limit } from '../ports/rate-limiter.ts';
import type { Realm } from '../realm/realm.ts';
import { type Refusal, refusal } from '../refusal.ts';
import type { Seconds } from '../time.ts';
import { isTokenOf, newAccess, registrationClientUri } from './access-token.ts';
import { judge } from './judgement.ts';
import type { Options } from './options.ts';
import { toRecord, withoutOwnWords } from './record.ts';
import { type ClientInformationResponse, toClientInformationResponse } from './response.ts';
import type { RegistrationSource } from './source.ts';

/** Who manages which registration, with what, from where. */
export interface ManagementRequest {
  readonly realm: string;
  readonly clientId: string;
  /** The registration access token. Absent: none came. */
  readonly token: string | undefined;
  readonly source: RegistrationSource;
}

/** What stands in the way of managing a registration. */
export type ManagementObstacle =
  /** The realm does not let clients manage themselves: there is nothing here. */
  | { readonly outcome: 'closed' }
  /** No such client, none with this token, or another client's token: nobody is told which. */
  | { readonly outcome: 'unauthorized'; readonly token: 'missing' | 'invalid' }
  /** An operator has blocked the client: it may look, and change nothing. */
  | { readonly outcome: 'blocked' };

export type ReadOutcome =
  { readonly outcome: 'read'; readonly response: ClientInformationResponse } | ManagementObstacle;

export type UpdateOutcome =
  | { readonly outcome: 'updated'; readonly response: ClientInformationResponse }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  /** Another request changed it at the same moment; nothing was changed by this one. */
  | { readonly outcome: 'conflict' }
  | { readonly outcome: 'limited'; readonly retryAfter: Seconds }
  | ManagementObstacle;

export type RemovalOutcome = { readonly outcome: 'removed' } | ManagementObstacle;

/** Updates of one client. Each is kept and taken down, and nobody changes more often than this. */
const UPDATES: Limit = { uses: 60, seconds: 3_600 };

interface Manager {
  readonly realm: Realm;
  readonly client: StoredClient;
  readonly token: string;
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc7592#section-2.1 RFC 7592 §2.1} */
export async function readRegistration(options: Options, request: ManagementRequest): Promise<ReadOutcome> {
  const found = await authenticate(options, request);
  if ('outcome' in found) return found;
  return { outcome: 'read', response: answerTo(found) };
}

/**
 * Replaces everything a client says of itself. It is judged as a new registration is, by today's policy, within the
 * bounds of the initial access token that it once registered with.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7592#section-2.2 RFC 7592 §2.2}
 */
export async function updateRegistration(
  options: Options,
  request: ManagementRequest,
  body: unknown,
): Promise<UpdateOutcome> {
  const { clients, clock } = options;
  const found = await authenticate(options, request);
  if ('outcome' in found) return found;
  const { realm, client } = found;
  if (client.blockedAt !== undefined) return { outcome: 'blocked' };
  const record = recorder(options, request);
  const refuse = async (refused: Refusal): Promise<UpdateOutcome> => {
    const { rule, description } = refused;
    await record({ type: 'client.update-refused', clientId: client.id, rule, description });
    return { outcome: 'refused', refusal: refused };
  };

  const room = await options.limiter.consume(`update:${realm.id}:${client.id}`, UPDATES);
  if (!room.allowed) return { outcome: 'limited', retryAfter: room.retryAfter };
  const impostor = judgeIdentity(body, client.id);
  if (impostor !== undefined) return refuse(impostor);
  const judged = await judge(options, realm, body, clock(), client.bounds);
  if (!judged.ok) return refuse(judged.refusal);

  const { metadata, vouchedBy, trace, candidateRefusal } = judged;
  const fresh = realm.settings.registration.management.rotateToken
    ? await newAccess(options, realm, client.id)
    : undefined;
  const said = {
    ...toRecord(metadata),
    ...(vouchedBy !== undefined && { vouchedBy }),
    ...(fresh && { registrationAccessTokenHash: fresh.registrationAccessTokenHash }),
  };
  const next = await replaceWords(clients, client, said);
  if (next === undefined) return { outcome: 'conflict' };
  await record({
    type: 'client.updated',
    clientId: client.id,
    clientName: next.name,
    trace: trace.filter(({ outcome }) => outcome !== 'kept'),
  });
  if (candidateRefusal !== undefined) {
    const { rule, description } = candidateRefusal;
    await record({ type: 'registration.would-refuse', clientId: client.id, rule, description });
  }
  const response = answerTo({ ...found, client: next });
  return { outcome: 'updated', response: { ...response, ...fresh?.told } };
}

/**
 * Deletes a registration; what people allowed the client ends with it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7592#section-2.3 RFC 7592 §2.3}
 */
export async function removeRegistration(
  options: Options,
  request: ManagementRequest,
): Promise<RemovalOutcome> {
  const { clients, grants, clock } = options;
  const found = await authenticate(options, request);
  if ('outcome' in found) return found;
  const { realm, client } = found;
  if (client.blockedAt !== undefined) return { outcome: 'blocked' };
  const removed = await clients.remove(realm.id, client.id);
  if (removed === 'removed') {
    const { id: clientId, name: clientName } = client;
    await recorder(options, request)({ type: 'client.removed', clientId, clientName, reason: 'client' });
  }
  // The client first: a grant that is made meanwhile is worth nothing without it.
  await grants?.endAll(realm.id, client.id, clock());
  return { outcome: 'removed' };
}

async function authenticate(
  options: Options,
  request: ManagementRequest,
): Promise<Manager | Exclude<ManagementObstacle, { outcome: 'blocked' }>> {
  const { realms, clients, clock, hash } = options;
  const realm = await findRealm(realms, request.realm);
  if (realm === undefined || !isDoorOpen(realm) || !realm.settings.registration.management.enabled) {
    return { outcome: 'closed' };
  }
  const { token } = request;
  if (token === undefined) return { outcome: 'unauthorized', token: 'missing' };
  const stored = await clients.find(realm.id, request.clientId);
  const isThere = stored && lifeOf(stored, realm.settings.lifecycle, clock()).state !== 'gone';
  const client = isThere ? stored : undefined;
  if ((await isTokenOf(hash, client, token)) && client !== undefined) return { realm, client, token };
  await recorder(options, request)({ type: 'management.unauthorized' });
  return { outcome: 'unauthorized', token: 'invalid' };
}

/**
 * RFC 7592 §2.2: the request names the client that it is about, and no secret that it does not have. What is no object is
 * left to the policy, which says so.
 */
function judgeIdentity(body: unknown, clientId: string): Refusal | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  const { client_id, client_secret }: Record<string, unknown> = { ...body };
  if (client_id !== clientId) {
    const found = client_id === undefined ? 'is missing' : 'is not that of this registration';
    return refusal('invalid_client_metadata', 'management.client-id', `client_id ${found}; send your own`);
  }
  return client_secret === undefined || client_secret === null || client_secret === ''
    ? undefined
    : refusal(
        'invalid_client_metadata',
        'management.client-secret',
        'client_secret must be left out: this client has none',
      );
}

/** What a client says of itself, with what follows from that. */
type Words = ReturnType<typeof toRecord> & Pick<StoredClient, 'vouchedBy' | 'registrationAccessTokenHash'>;

/**
 * Puts new words in the place of those that were read. `undefined` where another update or a removal came between; that
 * the client was merely used meanwhile is no reason to fail.
 */
async function replaceWords(
  clients: ClientStore,
  read: StoredClient,
  said: Words,
): Promise<StoredClient | undefined> {
  const next = { ...withoutOwnWords(read), ...said };
  const outcome = await clients.replace(next, read.version);
  if (outcome === 'replaced') return next;
  const now = await clients.find(read.realm, read.id);
  const isOnlyUsed = now !== undefined && wordsOf(now) === wordsOf(read);
  return isOnlyUsed ? replaceWords(clients, now, said) : undefined;
}

/** The same for records that differ in nothing but their use. */
const wordsOf = ({
  version: _version,
  lastUsedAt: _used,
  hibernatedAt: _slept,
  ...words
}: StoredClient): string => JSON.stringify(words);

const answerTo = ({ realm, client, token }: Manager): ClientInformationResponse =>
  toClientInformationResponse(client, realm, {
    registration_client_uri: registrationClientUri(realm, client.id),
    registration_access_token: token,
  });

const recorder =
  ({ audit, clock }: Options, { realm, source }: ManagementRequest) =>
  (event: AuditFacts<ManagementEvent | LifecycleEvent | RegistrationEvent>): Promise<void> =>
    audit.record({ ...event, realm, at: clock(), ip: source.ip });

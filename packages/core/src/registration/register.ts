import type { AuditEvent, AuditFacts, RegistrationEvent, RegistrationLimit } from '../audit/event.ts';
import { changesOf } from '../audit/trace.ts';
import type { StoredClient } from '../client/stored-client.ts';
import { boundsOf, isSpent } from './initial-access-token.ts';
import { isDoorOpen } from '../gates/gates.ts';
import { findRealm } from '../realm/find.ts';
import { vendorsOf } from '../realm/vendors.ts';
import { after, type Seconds } from '../time.ts';
import type { Admitted } from './admit.ts';
import { COALESCING_SECONDS, fingerprintOf, isCoalescing, redirectFingerprintsOf } from './fingerprint.ts';
import { judge } from './judge.ts';
import { egressRangeOf, isDayNews, isFull, takeRoom } from './reserve.ts';
import type { Options } from './registrar-options.ts';
import type { RegistrationOutcome } from './outcome.ts';
import { refuse, refuseSpent } from './refuse.ts';
import { toClientInformationResponse } from './respond.ts';
import { storeClient } from './store-client.ts';

/**
 * Registers a client: runs the policy, asks the limits, stores, and takes it all down.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3 RFC 7591 §3}
 */
export async function register(
  options: Options,
  admitted: Admitted,
  body: unknown,
): Promise<RegistrationOutcome> {
  const { realms, clients, initialAccessTokens, limiter, audit, clock, hash } = options;
  const { source, token } = admitted;
  // What they sent may have taken its time: the door is asked again, and the policy is today's.
  const realm = await findRealm(realms, admitted.realm.id);
  if (realm === undefined || !isDoorOpen(realm)) return { outcome: 'closed' };
  if (realm.settings.registration.mode === 'initial-access-token' && token === undefined) {
    return { outcome: 'unauthorized', token: 'missing' };
  }
  const now = clock();
  const eventOf = (event: AuditFacts<RegistrationEvent>): AuditEvent => ({
    ...event,
    realm: realm.id,
    at: now,
    ip: source.ip,
  });
  const record = (event: AuditFacts<RegistrationEvent>): Promise<void> => audit.record(eventOf(event));

  const limited = async (limit: RegistrationLimit, retryAfter: Seconds): Promise<RegistrationOutcome> => {
    const { perRealmPerDay } = realm.settings.registration.limits;
    // A realm that takes none in a day was made so by its operator, who knows.
    if (limit === 'realm' && perRealmPerDay > 0 && (await isDayNews(limiter, realm, now, retryAfter))) {
      await record({ type: 'registration.day-full', perRealmPerDay, until: after(now, retryAfter) });
    }
    await record({ type: 'registration.limited', limit });
    return { outcome: 'limited', retryAfter };
  };

  const bounds = token && boundsOf(token);
  const judged = await judge(options, realm, body, now, bounds);
  if (!judged.ok) return refuse(options, admitted, judged.refusal);

  const { metadata, vouchedBy, trace, candidateRefusal } = judged;
  const coalesced = async (client: StoredClient): Promise<RegistrationOutcome> => {
    await record({ type: 'registration.coalesced', clientId: client.id });
    // The ports of loopback URIs may differ from the stored ones. Any is accepted, so the client is told its own.
    const asSent = { ...client, redirectUris: metadata.redirect_uris };
    return { outcome: 'registered', response: toClientInformationResponse(asSent, realm) };
  };
  const identity = {
    ...(token !== undefined && { initialAccessTokenId: token.id }),
    ...(bounds !== undefined && { bounds }),
    ...(vouchedBy !== undefined && { vouchedBy }),
  };
  const { lifecycle } = realm.settings;
  const network = egressRangeOf(realm, source)?.name ?? source.network;
  const fingerprint = isCoalescing(realm)
    ? await fingerprintOf(hash, { metadata, network, identity })
    : undefined;
  // A client that is gone already is nobody's twin.
  const window = Math.min(COALESCING_SECONDS, lifecycle.unused, lifecycle.dormant);
  const sameSince = fingerprint === undefined ? undefined : after(now, -window);
  const findSame = async (): Promise<StoredClient | undefined> =>
    fingerprint === undefined || sameSince === undefined
      ? undefined
      : clients.findSame(realm.id, fingerprint, sameSince);
  const same = await findSame();
  if (same !== undefined) return coalesced(same);
  if (token !== undefined && isSpent(token)) return refuseSpent(options, admitted, token);

  let giveBack = async (): Promise<void> => {};
  if (token === undefined) {
    const vendors = vendorsOf(realm, options.vendors);
    const places = await redirectFingerprintsOf(hash, metadata.redirect_uris, vendors);
    const verdict = await takeRoom(limiter, realm, source, places, vendors);
    if (!verdict.room) {
      // Its twin may have taken the last room a moment ago.
      const twin = await findSame();
      return twin === undefined ? limited(verdict.limit, verdict.retryAfter) : coalesced(twin);
    }
    ({ giveBack } = verdict);
  }
  if (await isFull(clients, realm)) {
    await giveBack();
    return limited('awake-clients', lifecycle.unused);
  }
  if (token !== undefined) {
    if ((await initialAccessTokens?.use(realm.id, token.hash, now)) !== 'counted') {
      // Somebody else used it up since it was let in, perhaps its twin; or an operator revoked it.
      const twin = await findSame();
      return twin === undefined ? refuseSpent(options, admitted, token) : coalesced(twin);
    }
    giveBack = async () => initialAccessTokens?.giveBack(realm.id, token.hash);
  }

  const circumstances = { ...identity, ...(fingerprint !== undefined && { fingerprint }), issuedAt: now };
  const eventsOf = ({
    id: clientId,
    name: clientName,
    redirectUris,
  }: StoredClient): readonly AuditEvent[] => [
    eventOf({
      type: 'registration.accepted',
      clientId,
      clientName,
      redirectUris,
      trace: changesOf(trace),
      ...(token !== undefined && { initialAccessTokenId: token.id }),
      ...(vouchedBy !== undefined && { vouchedBy }),
    }),
    ...(candidateRefusal === undefined
      ? []
      : [
          eventOf({
            type: 'registration.would-refuse',
            clientId,
            rule: candidateRefusal.rule,
            description: candidateRefusal.description,
          }),
        ]),
  ];
  const asked = { metadata, circumstances, sameSince, eventsOf };
  const storing = await storeClient(options, realm, asked).catch(async (error: unknown) => {
    await giveBack();
    throw error;
  });
  if (storing.outcome === 'coalesced') {
    await giveBack();
    return coalesced(storing.client);
  }
  const { client, access } = storing;
  return { outcome: 'registered', response: toClientInformationResponse(client, realm, access) };
}

import type { Client } from '../client/client.ts';
import { isRegistrationOpen } from '../gates/gates.ts';
import type { EffectiveClientMetadata } from '../metadata/client-metadata.ts';
import { findRealm } from '../realm/find.ts';
import type { Admission, Admitted } from './admit.ts';
import type { RegistrationAttempt } from './attempt.ts';
import { duplicatesOf } from './find-duplicate.ts';
import { identityOf } from './identity.ts';
import { boundsOf, isSpent } from './initial-access-token.ts';
import { judge } from './judge.ts';
import type { RegistrationOutcome } from './outcome.ts';
import { refuse, refuseSpent } from './refuse.ts';
import type { Options } from './registrar-options.ts';
import { acceptedEvents, eventOf, recordLimited } from './registration-events.ts';
import { reserveQuota } from './reserve-quota.ts';
import { toClientInformationResponse } from './respond.ts';
import { storeClient } from './store-client.ts';

/**
 * Registers a client: judges the request, finds a duplicate, reserves quota, stores the client together with its event, and
 * responds.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3 RFC 7591 §3}
 */
export async function register(
  options: Options,
  admitted: Admitted,
  body: unknown,
): Promise<RegistrationOutcome> {
  const attempt = await beginAttempt(options, admitted);
  if ('outcome' in attempt) return attempt;
  const { realm, token, now } = attempt;

  const judged = await judge(options, realm, body, now, token && boundsOf(token));
  if (!judged.ok) return refuse(options, admitted, judged.refusal);
  const { metadata } = judged;

  const identity = identityOf(token, judged.vouchedBy);
  const duplicates = duplicatesOf(options, attempt, judged, identity);
  const duplicate = await duplicates?.find();
  if (duplicate !== undefined) return coalesce(options, attempt, metadata, duplicate);
  if (token !== undefined && isSpent(token)) return refuseSpent(options, admitted, token);

  const reservation = await reserveQuota(options, attempt, metadata);
  if (reservation.outcome !== 'reserved') {
    // A duplicate that was stored a moment ago may have used the last quota.
    const latest = await duplicates?.find();
    if (latest !== undefined) return coalesce(options, attempt, metadata, latest);
    if (reservation.outcome === 'token-spent') return refuseSpent(options, admitted, reservation.token);
    await recordLimited(options, attempt, reservation);
    return { outcome: 'limited', retryAfter: reservation.retryAfter };
  }

  const stored = await storeClient(options, realm, {
    metadata,
    registration: {
      ...identity,
      ...(duplicates !== undefined && { fingerprint: duplicates.fingerprint }),
    },
    issuedAt: now,
    duplicateSince: duplicates?.since,
    eventsOf: (client) => acceptedEvents(attempt, judged, client),
  }).catch(async (error: unknown) => {
    await reservation.release();
    throw error;
  });
  if (stored.outcome === 'coalesced') {
    await reservation.release();
    return coalesce(options, attempt, metadata, stored.client);
  }
  return {
    outcome: 'registered',
    response: toClientInformationResponse(stored.client, realm, stored.access),
  };
}

/** Reading the body may take long, so this checks again whether registration is open, and the current policy applies. */
async function beginAttempt(
  { realms, clock }: Options,
  { realm: admittedTo, source, token }: Admitted,
): Promise<RegistrationAttempt | Exclude<Admission, Admitted>> {
  const realm = await findRealm(realms, admittedTo.id);
  if (realm === undefined || !isRegistrationOpen(realm)) return { outcome: 'closed' };
  if (realm.settings.registration.mode === 'initial-access-token' && token === undefined) {
    return { outcome: 'unauthorized', token: 'missing' };
  }
  return { realm, source, ...(token !== undefined && { token }), now: clock() };
}

/** Responds with the client of the earlier registration. */
async function coalesce(
  { audit }: Options,
  attempt: RegistrationAttempt,
  metadata: EffectiveClientMetadata,
  client: Client,
): Promise<RegistrationOutcome> {
  await audit.record(eventOf(attempt, { type: 'registration.coalesced', clientId: client.id }));
  // The ports of loopback URIs may differ from the stored ones. Any port is accepted, so the response repeats the sent ones.
  const asSent = { ...client, redirectUris: metadata.redirect_uris };
  return { outcome: 'registered', response: toClientInformationResponse(asSent, attempt.realm) };
}

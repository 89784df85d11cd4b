import { commitRegistration } from '../audit/commit-recorded.ts';
import type { RegistrationLimit } from '../audit/registration-event.ts';
import { recordingKeysUnavailable } from '../audit/record-keys-unavailable.ts';
import type { Client } from '../client/client.ts';
import { isRegistrationOpen } from '../gates/gates.ts';
import type { EffectiveClientMetadata } from '../metadata/client-metadata.ts';
import { findRealm } from '../realm/find.ts';
import type { Realm } from '../realm/realm.ts';
import type { Seconds } from '../time.ts';
import type { Admission, Admitted } from './admit.ts';
import type { RegistrationAttempt } from './attempt.ts';
import { createClient, type NewClient } from './create-client.ts';
import { duplicatesOf } from './duplicates.ts';
import { identityOf } from './identity.ts';
import { boundsOf } from './initial-access-token.ts';
import { type Judged, judge } from './judge.ts';
import type { RegistrationOutcome } from './outcome.ts';
import { type Quotas, quotasOf } from './quotas.ts';
import { refuse, refuseSpent } from './refuse.ts';
import type { Options } from './registrar-options.ts';
import { acceptedEvents, eventOf, recordLimited } from './registration-events.ts';
import { toClientInformationResponse } from './respond.ts';
import { isSealing, sealRegistration } from './seal-registration.ts';

/**
 * Registers a client: judges the request, and then commits the client, the quotas that it uses and its event at once, unless
 * it is a duplicate or a limit is reached. If the realm stores clients later, seals it in its `client_id` instead.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3 RFC 7591 §3}
 */
export async function register(
  options: Options,
  admitted: Admitted,
  body: unknown,
): Promise<RegistrationOutcome> {
  const realm = isFresh(options, admitted)
    ? admitted.realm
    : await findRealm(options.realms, admitted.realm.id);
  const attempt = beginAttempt(options, admitted, realm);
  if ('outcome' in attempt) return attempt;
  const { token, now } = attempt;

  const judged = await recordingKeysUnavailable(
    options.audit,
    () => ({ realm: attempt.realm.id, at: now, ip: admitted.source.ip }),
    judge(options, attempt.realm, body, now, token && boundsOf(token)),
  );
  if (!judged.ok) return refuse(options, admitted, judged.refusal);
  const { metadata } = judged;

  const sealed = isSealing(options, attempt) ? await sealRegistration(options, attempt, judged) : undefined;
  if (sealed !== undefined) {
    // Nothing is stored of it, not even its event: a process log and counters get it. The event of the approval is stored.
    for (const event of acceptedEvents(attempt, judged, sealed)) await options.audit.observe?.(event);
    return { outcome: 'registered', response: toClientInformationResponse(sealed, attempt.realm) };
  }

  const identity = identityOf(token, judged.vouchedBy);
  const duplicates = duplicatesOf(options, attempt, judged, identity);
  const registration = { ...identity, ...(duplicates && { fingerprint: duplicates.fingerprint }) };
  const asked: NewClient = { metadata, registration, issuedAt: now };
  const quotas = quotasOf(options, attempt, metadata);
  return store(options, admitted, { attempt, judged, asked, duplicateSince: duplicates?.since, quotas });
}

interface Accepted {
  readonly attempt: RegistrationAttempt;
  readonly judged: Judged & { readonly ok: true };
  readonly asked: NewClient;
  readonly duplicateSince: number | undefined;
  readonly quotas: Quotas;
}

/** Commits an accepted registration and responds. */
async function store(options: Options, admitted: Admitted, accepted: Accepted): Promise<RegistrationOutcome> {
  const { attempt, judged, asked, duplicateSince, quotas } = accepted;
  const { realm, token } = attempt;
  const { awakeClients: mostActive } = realm.settings.registration.limits;
  const { client, access } = createClient(options, realm, asked);
  // The client comes first: a duplicate uses no quota.
  const insertion = { kind: 'client.insert', client, duplicateSince, mostActive } as const;
  const outcome = await commitRegistration(
    options,
    [insertion, ...quotas.changes],
    acceptedEvents(attempt, judged, client),
  );
  if (outcome.committed) {
    return { outcome: 'registered', response: toClientInformationResponse(client, realm, access) };
  }
  const { unmet, index } = outcome;
  switch (unmet.kind) {
    case 'client.insert':
      switch (unmet.reason) {
        case 'exists':
          return store(options, admitted, accepted);
        case 'duplicate':
          return coalesce(options, attempt, judged.metadata, unmet.client);
        case 'full':
          return limited(options, attempt, 'awake-clients', realm.settings.lifecycle.unused);
      }
    case 'initial-access-token.use':
      // It was used up or revoked after the request was admitted.
      return token === undefined
        ? { outcome: 'unauthorized', token: 'invalid' }
        : refuseSpent(options, admitted, token);
    case 'quota.reserve':
      return limited(options, attempt, quotas.uses[index - 1]?.name ?? 'realm', unmet.retryAfter);
  }
}
/** How long a registration goes on with the realm that admitted it. In milliseconds. */
const FRESH = 1_000;

/** Whether the realm that admitted a registration is still current. */
function isFresh({ clock }: Options, { at }: Admitted): boolean {
  const waited = clock() - at;
  return waited >= 0 && waited < FRESH;
}

/**
 * Reading the body may take long: then the realm is read again, which checks whether registration is open, and its current
 * policy applies.
 */
function beginAttempt(
  { clock }: Options,
  { source, token }: Admitted,
  realm: Realm | undefined,
): RegistrationAttempt | Exclude<Admission, Admitted> {
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

async function limited(
  options: Options,
  attempt: RegistrationAttempt,
  limit: RegistrationLimit,
  retryAfter: Seconds,
): Promise<RegistrationOutcome> {
  await recordLimited(options, attempt, { limit, retryAfter });
  return { outcome: 'limited', retryAfter };
}

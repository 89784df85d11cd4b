import type { AuditEvent, AuditFacts } from '../audit/event.ts';
import type { RegistrationEvent, RegistrationLimit } from '../audit/registration-event.ts';
import { changesOf, recordedUris } from '../audit/trace.ts';
import type { Client } from '../client/client.ts';
import { after, type Seconds } from '../time.ts';
import type { RegistrationAttempt } from './attempt.ts';
import type { Judged } from './judge.ts';
import type { Options } from './registrar-options.ts';
import { isDayNews } from './limits.ts';

/** An event of a registration, with its realm, time and address. */
export const eventOf = (
  { realm, source, now }: RegistrationAttempt,
  facts: AuditFacts<RegistrationEvent>,
): AuditEvent => ({ ...facts, realm: realm.id, at: now, ip: source.ip });

/** The events that are recorded together with a registered client. */
export function acceptedEvents(
  attempt: RegistrationAttempt,
  { trace, vouchedBy, candidateRefusal }: Judged,
  { id: clientId, name: clientName, redirectUris }: Client,
): readonly AuditEvent[] {
  const { token } = attempt;
  const accepted = eventOf(attempt, {
    type: 'registration.accepted',
    clientId,
    clientName,
    redirectUris: recordedUris(redirectUris),
    trace: changesOf(trace),
    ...(token !== undefined && { initialAccessTokenId: token.id }),
    ...(vouchedBy !== undefined && { vouchedBy }),
  });
  if (candidateRefusal === undefined) return [accepted];
  const { rule, description } = candidateRefusal;
  return [accepted, eventOf(attempt, { type: 'registration.would-refuse', clientId, rule, description })];
}

/** Records that a limit is reached, and once a day in each process that the daily limit of the realm is reached. */
export async function recordLimited(
  { audit, counts }: Pick<Options, 'audit' | 'counts'>,
  attempt: RegistrationAttempt,
  { limit, retryAfter }: { readonly limit: RegistrationLimit; readonly retryAfter: Seconds },
): Promise<void> {
  const { realm, now } = attempt;
  const { perRealmPerDay } = realm.settings.registration.limits;
  // An operator who sets the daily limit to 0 does not need this event.
  if (limit === 'realm' && perRealmPerDay > 0 && isDayNews(counts, realm, now, retryAfter)) {
    const until = after(now, retryAfter);
    await audit.record(eventOf(attempt, { type: 'registration.day-full', perRealmPerDay, until }));
  }
  await audit.record(eventOf(attempt, { type: 'registration.limited', limit }));
}

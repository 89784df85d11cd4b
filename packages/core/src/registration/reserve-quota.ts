import type { RegistrationLimit } from '../audit/event.ts';
import type { EffectiveClientMetadata } from '../metadata/client-metadata.ts';
import { vendorsOf } from '../realm/vendors.ts';
import type { Seconds } from '../time.ts';
import type { RegistrationAttempt } from './attempt.ts';
import { redirectFingerprintsOf } from './fingerprint.ts';
import type { InitialAccessToken } from './initial-access-token.ts';
import type { Options } from './registrar-options.ts';
import { isFull, reserveRequest } from './reserve.ts';

/** Whether there is quota for one more client. */
export type Reservation =
  | { readonly outcome: 'reserved'; readonly release: () => Promise<void> }
  | { readonly outcome: 'limited'; readonly limit: RegistrationLimit; readonly retryAfter: Seconds }
  /** The initial access token was used up or revoked after the request was admitted. */
  | { readonly outcome: 'token-spent'; readonly token: InitialAccessToken };

/**
 * Reserves the quota of a registration: one use of its initial access token, or else one of every limit that applies.
 * Nothing stays reserved unless the outcome is `reserved`.
 */
export async function reserveQuota(
  options: Pick<Options, 'clients' | 'hash' | 'initialAccessTokens' | 'limiter' | 'vendors'>,
  attempt: RegistrationAttempt,
  metadata: EffectiveClientMetadata,
): Promise<Reservation> {
  const { realm, token } = attempt;
  const full = {
    outcome: 'limited',
    limit: 'awake-clients',
    retryAfter: realm.settings.lifecycle.unused,
  } as const;
  if (token !== undefined) {
    return (await isFull(options.clients, realm)) ? full : reserveUse(options, attempt, token);
  }
  const reservation = await reserveLimits(options, attempt, metadata);
  if (reservation.outcome !== 'reserved' || !(await isFull(options.clients, realm))) return reservation;
  await reservation.release();
  return full;
}

async function reserveLimits(
  { hash, limiter, vendors: known }: Pick<Options, 'hash' | 'limiter' | 'vendors'>,
  { realm, source }: RegistrationAttempt,
  metadata: EffectiveClientMetadata,
): Promise<Reservation> {
  const vendors = vendorsOf(realm, known);
  const places = redirectFingerprintsOf(hash, metadata.redirect_uris, vendors);
  const verdict = await reserveRequest(limiter, realm, source, places, vendors);
  return verdict.room
    ? { outcome: 'reserved', release: verdict.release }
    : { outcome: 'limited', limit: verdict.limit, retryAfter: verdict.retryAfter };
}

async function reserveUse(
  { initialAccessTokens }: Pick<Options, 'initialAccessTokens'>,
  { realm, now }: RegistrationAttempt,
  token: InitialAccessToken,
): Promise<Reservation> {
  const used = await initialAccessTokens?.use(realm.id, token.hash, now);
  if (used !== 'counted') return { outcome: 'token-spent', token };
  return {
    outcome: 'reserved',
    release: async () => initialAccessTokens?.release(realm.id, token.hash),
  };
}

import type { ExpiredClient } from '../client/expired-client.ts';
import type { ClientResolver } from '../client/client-source.ts';
import type { Hash } from '../ports/hash.ts';
import type { RateLimiter } from '../ports/rate-limiter.ts';
import type { Realm } from '../realm/realm.ts';
import type { Instant, Seconds } from '../time.ts';
import { redirectFingerprintsOf } from './fingerprint.ts';
import { reserveRequest } from './reserve.ts';
import type { RegistrationSource } from './registration-source.ts';

export interface RestorationOptions {
  readonly clients: Pick<ClientResolver, 'restore' | 'vendorsOf'>;
  readonly limiter: RateLimiter;
  readonly hash: Hash;
}

/** The result of restoring an expired client that a person approved. */
export type Restoration =
  | { readonly outcome: 'restored' }
  /** Another request restored it concurrently. */
  | { readonly outcome: 'there' }
  /** A limit for new clients is reached. Nothing changed. */
  | { readonly outcome: 'limited'; readonly retryAfter: Seconds }
  /** Nothing is kept of it any more: it was deleted, or the time to restore it is over. */
  | { readonly outcome: 'missing' };

/**
 * Restores an expired client that a person approved. It counts against every limit like a new registration. {@link
 * ClientResolver.judgeAgain} checks before whether the current policy still accepts it.
 */
export async function restoreClient(
  { clients, limiter, hash }: RestorationOptions,
  realm: Realm,
  source: RegistrationSource,
  client: ExpiredClient,
  at: Instant,
): Promise<Restoration> {
  const vendors = clients.vendorsOf(realm);
  const places = await redirectFingerprintsOf(hash, client.redirectUris, vendors);
  const verdict = await reserveRequest(limiter, realm, source, places, vendors);
  if (!verdict.room) return { outcome: 'limited', retryAfter: verdict.retryAfter };
  const outcome = await clients.restore(realm, client, at);
  if (outcome !== 'restored') await verdict.release();
  return outcome === 'full'
    ? { outcome: 'limited', retryAfter: realm.settings.lifecycle.unused }
    : { outcome };
}

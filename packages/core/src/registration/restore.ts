import { type ExpiredClient, restoredClient } from '../client/expired-client.ts';
import type { ClientStore } from '../ports/client-store.ts';
import type { Hash } from '../ports/hash.ts';
import type { RateLimiter } from '../ports/rate-limiter.ts';
import type { Vendor } from '../brand/vendor.ts';
import type { Realm } from '../realm/realm.ts';
import { vendorsOf } from '../realm/vendors.ts';
import type { Instant, Seconds } from '../time.ts';
import { redirectFingerprintsOf } from './fingerprint.ts';
import { isFull, reserveRequest } from './reserve.ts';
import type { RegistrationSource } from './registration-source.ts';

/** What `restoreClient` needs. */
export interface RestorationOptions {
  readonly clients: Pick<ClientStore, 'find' | 'restore' | 'countAwake'>;
  /** The directory of vendors; each realm may add some. @default [] */
  readonly vendors?: readonly Vendor[];
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
 * judgeAgain} checks before whether the current policy still accepts it.
 */
export async function restoreClient(
  { clients, vendors: directory = [], limiter, hash }: RestorationOptions,
  realm: Realm,
  source: RegistrationSource,
  client: ExpiredClient,
  at: Instant,
): Promise<Restoration> {
  const vendors = vendorsOf(realm, directory);
  const places = redirectFingerprintsOf(hash, client.redirectUris, vendors);
  const verdict = await reserveRequest(limiter, realm, source, places, vendors);
  if (!verdict.room) return { outcome: 'limited', retryAfter: verdict.retryAfter };
  const outcome = await restore(clients, realm, client, at);
  if (outcome !== 'restored') await verdict.release();
  return outcome === 'full'
    ? { outcome: 'limited', retryAfter: realm.settings.lifecycle.unused }
    : { outcome };
}

async function restore(
  clients: RestorationOptions['clients'],
  realm: Realm,
  client: ExpiredClient,
  at: Instant,
): Promise<'restored' | 'there' | 'full' | 'missing'> {
  if (await isFull(clients, realm)) return 'full';
  if ((await clients.restore(restoredClient(client, at))) === 'restored') return 'restored';
  return (await clients.find(client.realm, client.id)) === undefined ? 'missing' : 'there';
}

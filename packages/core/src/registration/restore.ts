import type { CommitOutcome, CoreChange, CoreUnmet, UnmetOf } from '../ports/commit.ts';
import { type ExpiredClient, restoredClient } from '../client/expired-client.ts';
import { reservations } from '../limits/use.ts';
import type { Hash } from '../ports/hash.ts';
import type { Vendor } from '../brand/vendor.ts';
import type { Realm } from '../realm/realm.ts';
import { vendorsOf } from '../realm/vendors.ts';
import type { Instant, Seconds } from '../time.ts';
import { redirectFingerprintsOf } from './fingerprint.ts';
import { registrationUses } from './limits.ts';
import type { RegistrationSource } from './registration-source.ts';

/** What the restoration of a client is computed with. */
export interface RestorationOptions {
  /** The directory of vendors; each realm may add some. @default [] */
  readonly vendors?: readonly Vendor[];
  readonly hash: Hash;
}

/** A change of a restoration. */
export type RestorationChange = Extract<CoreChange, { readonly kind: 'client.restore' | 'quota.reserve' }>;

/**
 * The changes that restore an expired client that a person approved. It uses every limit like a new registration. {@link
 * judgeAgain} checks before whether the current policy still accepts it.
 */
export function restorationOf(
  { vendors: directory = [], hash }: RestorationOptions,
  realm: Realm,
  source: RegistrationSource,
  client: ExpiredClient,
  at: Instant,
): readonly RestorationChange[] {
  const vendors = vendorsOf(realm, directory);
  const places = redirectFingerprintsOf(hash, client.redirectUris, vendors);
  const { awakeClients: mostActive } = realm.settings.registration.limits;
  return [
    { kind: 'client.restore', client: restoredClient(client, at), mostActive },
    ...reservations(registrationUses(realm, source, places, vendors), at),
  ];
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

/** The result of committing a restoration. */
export function restorationIn(
  { settings }: Realm,
  commit: CommitOutcome<UnmetOf<CoreUnmet, RestorationChange>>,
): Restoration {
  if (commit.committed) return { outcome: 'restored' };
  const { unmet } = commit;
  if (unmet.kind === 'quota.reserve') return { outcome: 'limited', retryAfter: unmet.retryAfter };
  switch (unmet.reason) {
    case 'exists':
      return { outcome: 'there' };
    case 'missing':
      return { outcome: 'missing' };
    case 'full':
      return { outcome: 'limited', retryAfter: settings.lifecycle.unused };
  }
}

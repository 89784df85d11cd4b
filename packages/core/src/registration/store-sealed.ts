import { type SealedClient, storedFromSealed } from '../client/sealed-client.ts';
import { reservations } from '../limits/use.ts';
import type { CoreChange, CoreUnmet, UnmetOf } from '../ports/commit.ts';
import type { Realm } from '../realm/realm.ts';
import { vendorsOf } from '../realm/vendors.ts';
import type { Instant, Seconds } from '../time.ts';
import { redirectFingerprintsOf } from './fingerprint.ts';
import { registrationUses } from './limits.ts';
import type { RegistrationSource } from './registration-source.ts';
import type { RestorationOptions } from './restore.ts';

/** A change that stores a client which a person approved. */
export type StoringChange = Extract<CoreChange, { readonly kind: 'client.insert' | 'quota.reserve' }>;

/** The changes that store a client which a person approved. It uses every limit like a registration that is stored at once. */
export function storingOf(
  { vendors: directory = [], hash }: RestorationOptions,
  realm: Realm,
  source: RegistrationSource,
  client: SealedClient,
  at: Instant,
): readonly StoringChange[] {
  const vendors = vendorsOf(realm, directory);
  const places = redirectFingerprintsOf(hash, client.redirectUris, vendors);
  const { awakeClients: mostActive } = realm.settings.registration.limits;
  return [
    { kind: 'client.insert', client: storedFromSealed(client, { at, by: 'approval' }), mostActive },
    ...reservations(registrationUses(realm, source, places, vendors), at),
  ];
}

/** When a client can be stored that a limit did not allow. `undefined`: it is stored already. */
export function storableAfter(
  { settings }: Realm,
  unmet: UnmetOf<CoreUnmet, StoringChange>,
): Seconds | undefined {
  if (unmet.kind === 'quota.reserve') return unmet.retryAfter;
  return unmet.reason === 'full' ? settings.lifecycle.unused : undefined;
}

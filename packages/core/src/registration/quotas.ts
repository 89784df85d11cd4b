import type { RegistrationLimit } from '../audit/registration-event.ts';
import type { CoreChange } from '../ports/commit.ts';
import { reservations, type Use } from '../limits/use.ts';
import type { EffectiveClientMetadata } from '../metadata/client-metadata.ts';
import { vendorsOf } from '../realm/vendors.ts';
import type { RegistrationAttempt } from './attempt.ts';
import { redirectFingerprintsOf } from './fingerprint.ts';
import { registrationUses } from './limits.ts';
import type { Options } from './registrar-options.ts';

/** The quotas of a registration: the changes that reserve them, and the limits that they belong to, in the same order. */
export interface Quotas {
  readonly changes: readonly Extract<
    CoreChange,
    { readonly kind: 'quota.reserve' | 'initial-access-token.use' }
  >[];
  readonly uses: readonly Use<RegistrationLimit>[];
}

/** The quotas of a registration: one use of its initial access token, or else one of every limit that applies. */
export function quotasOf(
  { hash, vendors: known }: Pick<Options, 'hash' | 'vendors'>,
  { realm, source, token, now: at }: RegistrationAttempt,
  { redirect_uris }: Pick<EffectiveClientMetadata, 'redirect_uris'>,
): Quotas {
  if (token !== undefined) {
    return {
      changes: [{ kind: 'initial-access-token.use', realm: realm.id, hash: token.hash, at }],
      uses: [],
    };
  }
  const vendors = vendorsOf(realm, known);
  const places = redirectFingerprintsOf(hash, redirect_uris, vendors);
  const uses = registrationUses(realm, source, places, vendors);
  return { changes: reservations(uses, at), uses };
}

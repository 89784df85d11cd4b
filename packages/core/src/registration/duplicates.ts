import { after, type Instant } from '../time.ts';
import type { RegistrationAttempt } from './attempt.ts';
import { COALESCING_SECONDS, fingerprintOf, isCoalescing } from './fingerprint.ts';
import type { Identity } from './identity.ts';
import type { Judged } from './judge.ts';
import { egressRangeOf } from './limits.ts';
import type { Options } from './registrar-options.ts';

/** How a registration is recognized as a duplicate of an earlier one. */
export interface DuplicateSearch {
  readonly fingerprint: string;
  /** Clients that registered at this time or before are not duplicates. */
  readonly since: Instant;
}

/** How a registration is recognized as a duplicate; `undefined` if the realm creates a client for each registration. */
export function duplicatesOf(
  { hash }: Pick<Options, 'hash'>,
  { realm, source, now }: RegistrationAttempt,
  { metadata }: Judged & { readonly ok: true },
  identity: Identity,
): DuplicateSearch | undefined {
  if (!isCoalescing(realm)) return undefined;
  const network = egressRangeOf(realm, source)?.name ?? source.network;
  const fingerprint = fingerprintOf(hash, { metadata, network, identity });
  const { unused, dormant } = realm.settings.lifecycle;
  // An expired client is not a duplicate.
  return { fingerprint, since: after(now, -Math.min(COALESCING_SECONDS, unused, dormant)) };
}

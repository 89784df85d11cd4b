import type { Client } from '../client/client.ts';
import { after, type Instant } from '../time.ts';
import type { RegistrationAttempt } from './attempt.ts';
import { COALESCING_SECONDS, fingerprintOf, isCoalescing } from './fingerprint.ts';
import type { Identity } from './identity.ts';
import type { Judged } from './judge.ts';
import type { Options } from './registrar-options.ts';
import { egressRangeOf } from './reserve.ts';

/** How a registration is recognized as a duplicate of an earlier one. */
export interface DuplicateSearch {
  readonly fingerprint: string;
  /** Clients that registered at this time or before are not duplicates. */
  readonly since: Instant;
  /** The client of the earlier registration, if any. */
  readonly find: () => Promise<Client | undefined>;
}

/** How duplicates of a registration are found; `undefined` if the realm creates a client for each registration. */
export function duplicatesOf(
  { clients, hash }: Pick<Options, 'clients' | 'hash'>,
  { realm, source, now }: RegistrationAttempt,
  { metadata }: Judged & { readonly ok: true },
  identity: Identity,
): DuplicateSearch | undefined {
  if (!isCoalescing(realm)) return undefined;
  const network = egressRangeOf(realm, source)?.name ?? source.network;
  const fingerprint = fingerprintOf(hash, { metadata, network, identity });
  const { unused, dormant } = realm.settings.lifecycle;
  // An expired client is not a duplicate.
  const since = after(now, -Math.min(COALESCING_SECONDS, unused, dormant));
  return { fingerprint, since, find: () => clients.findDuplicate(realm.id, fingerprint, since) };
}

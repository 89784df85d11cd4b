import type { Vendor } from '../brand/vendor.ts';
import type { RealmDirectory } from '../ports/realm-directory.ts';
import { neighbourVendor } from './own-names.ts';
import type { Instant, Milliseconds } from '../time.ts';
import type { Realm, RealmRecord } from './realm.ts';

/** Another realm of the same server: its issuer and its reserved names. */
export interface Neighbour {
  readonly issuer: string;
  readonly own: Vendor;
}

/** The other realms of the server of a realm, at a moment. */
export type FindNeighbours = (
  realm: Pick<Realm, 'id' | 'issuer'>,
  now: Instant,
) => Promise<readonly Neighbour[]>;

/** How long a list of realms is reused: registrations are frequent, and new realms are rare. */
const KEPT: Milliseconds = 10_000;

/**
 * Finds the other realms that a directory lists. One read serves many registrations, so a new realm is known ten seconds
 * later. A directory without a list knows no others.
 */
export function createNeighbours(realms: RealmDirectory): FindNeighbours {
  let kept: { readonly at: Instant; readonly all: readonly RealmRecord[] } | undefined;
  return async (realm, now) => {
    if (kept === undefined || Math.abs(now - kept.at) >= KEPT) {
      kept = { at: now, all: (await realms.list?.()) ?? [] };
    }
    return kept.all
      .filter(({ id }) => id !== realm.id)
      .map((other) => ({ issuer: other.issuer, own: neighbourVendor(other, realm.issuer) }));
  };
}

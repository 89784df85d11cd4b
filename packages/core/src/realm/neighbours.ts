import type { Vendor } from '../brand/vendor.ts';
import type { RealmDirectory } from '../ports/realm-directory.ts';
import { neighbourVendor } from './own-names.ts';
import type { Instant, Milliseconds } from '../time.ts';
import type { Realm, RealmRecord } from './realm.ts';

/** Another realm of the same server: where it is, and the names that are its own. */
export interface Neighbour {
  readonly issuer: string;
  readonly own: Vendor;
}

/** The other realms of the server of a realm, at a moment. */
export type FindNeighbours = (
  realm: Pick<Realm, 'id' | 'issuer'>,
  now: Instant,
) => Promise<readonly Neighbour[]>;

/** How long a list of realms is used again: registrations are frequent, and new realms are rare. */
const KEPT: Milliseconds = 10_000;

/**
 * Finds the other realms that a directory lists. They are read once for many registrations, so a realm that is made meanwhile
 * is known ten seconds later. A directory that cannot list realms knows none.
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

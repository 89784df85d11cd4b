import type { Vendor } from '../brand/vendor.ts';
import type { RealmDirectory } from '../ports/realm-directory.ts';
import { neighbourVendor } from './own-names.ts';
import type { Realm } from './realm.ts';

/** Another realm of the same server: where it is, and the names that are its own. */
export interface Neighbour {
  readonly issuer: string;
  readonly own: Vendor;
}

/** The other realms that a directory knows. A directory that cannot list realms knows none. */
export async function neighboursOf(
  realms: RealmDirectory,
  realm: Pick<Realm, 'id' | 'issuer'>,
): Promise<readonly Neighbour[]> {
  const all = (await realms.list?.()) ?? [];
  return all
    .filter(({ id }) => id !== realm.id)
    .map((other) => ({ issuer: other.issuer, own: neighbourVendor(other, realm.issuer) }));
}

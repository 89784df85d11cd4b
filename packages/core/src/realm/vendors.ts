import type { Vendor } from '../brand/vendor.ts';
import type { Realm } from './realm.ts';

/**
 * The known vendors of a realm: those of the directory, and those that the realm adds. The same array for the same two lists,
 * because lists are prepared for lookups once.
 *
 * @param directory @default an empty directory
 */
export function vendorsOf(
  { settings }: Pick<Realm, 'settings'>,
  directory: readonly Vendor[] = NONE,
): readonly Vendor[] {
  const { vendors } = settings.registration;
  if (vendors.length === 0) return directory;
  const ofDirectory = joined.get(directory) ?? new WeakMap<readonly Vendor[], readonly Vendor[]>();
  const all = ofDirectory.get(vendors) ?? [...directory, ...vendors];
  joined.set(directory, ofDirectory.set(vendors, all));
  return all;
}

const NONE: readonly Vendor[] = [];

/** Joined lists, by the directory and then by the realm's own vendors. */
const joined = new WeakMap<readonly Vendor[], WeakMap<readonly Vendor[], readonly Vendor[]>>();

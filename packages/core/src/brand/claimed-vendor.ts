import { resemblance } from './resemblance.ts';
import type { Vendor } from './vendor.ts';

/**
 * Whose program a client says that it is, by its names; the first, where there are several. `undefined` where it names no
 * vendor. It is what the client says: redirect URIs tell whether it is true, and nothing tells it of a client that comes
 * back to the person's own computer alone.
 *
 * Vendors are made ready for lookups once for each list: pass the same array again, rather than a copy.
 */
export function claimedVendor(names: readonly string[], vendors: readonly Vendor[]): Vendor | undefined {
  for (const name of names) {
    const [[first] = []] = resemblance(name, vendors);
    if (first !== undefined) return first;
  }
  return undefined;
}

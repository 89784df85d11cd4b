import { resemblance } from './resemblance.ts';
import type { Vendor } from './vendor.ts';

/**
 * Whose program a client says that it is, by its names; the first, where there are several. `undefined` where it names no
 * vendor. It is what the client says: whether it is true is for {@link isTheirs} to tell, and nothing tells it of a client
 * that comes back to the person's own computer alone.
 */
export function claimedVendor(names: readonly string[], vendors: readonly Vendor[]): Vendor | undefined {
  for (const name of names) {
    const [first] = resemblance(name, vendors).claimed;
    if (first !== undefined) return first;
  }
  return undefined;
}

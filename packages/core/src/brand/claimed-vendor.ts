import { resemblance } from './resemblance.ts';
import type { Vendor } from './vendor.ts';

/**
 * The vendor whose program a client claims to be, by its names; the first one if there are several, or `undefined` if it
 * names no vendor. This is only the claim of the client. Its redirect URIs can prove the claim, except if all of them are
 * loopback URIs.
 *
 * Vendors are prepared for lookups once for each list: pass the same array again instead of a copy.
 */
export function claimedVendor(names: readonly string[], vendors: readonly Vendor[]): Vendor | undefined {
  for (const name of names) {
    const [[first] = []] = resemblance(name, vendors);
    if (first !== undefined) return first;
  }
  return undefined;
}

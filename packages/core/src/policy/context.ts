import type { ClientBounds } from '../registration/initial-access-token.ts';
import { ownVendor } from '../realm/own-names.ts';
import type { Neighbour } from '../realm/neighbours.ts';
import type { Realm } from '../realm/realm.ts';
import type { Vendor } from '../brand/vendor.ts';
import type { PolicyContext } from './rule.ts';

/** What is known of a client besides its metadata. */
export interface KnownOfClient {
  /** The directory of vendors. */
  readonly vendors: readonly Vendor[];
  readonly vouched: boolean;
  readonly bounds: ClientBounds | undefined;
  /** The other realms of the server, as they are where the client registers. @default [] */
  readonly neighbours?: readonly Neighbour[];
}

/**
 * What rules may know of a client of a realm: the same at registration, at an update and in a preview. A client that is judged
 * again later is judged without the other realms of the server, which are not read then.
 */
export const policyContextOf = (
  realm: Realm,
  { vendors, vouched, bounds, neighbours = [] }: KnownOfClient,
): PolicyContext => ({
  issuer: realm.issuer,
  own: ownVendor(realm),
  neighbours,
  settings: realm.settings.registration,
  scopes: realm.scopes,
  vendors,
  vouched,
  ...(bounds !== undefined && { bounds }),
});

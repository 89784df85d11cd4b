import type { ClientBounds } from '../registration/initial-access-token.ts';
import { ownVendor } from '../realm/own-names.ts';
import type { Neighbour } from '../realm/neighbours.ts';
import type { Realm } from '../realm/realm.ts';
import type { Vendor } from '../brand/vendor.ts';
import type { PolicyContext } from './rule.ts';

/** What is known about a client besides its metadata. */
export interface KnownOfClient {
  /** The directory of vendors. */
  readonly vendors: readonly Vendor[];
  readonly vouched: boolean;
  readonly bounds: ClientBounds | undefined;
  /** The host of its metadata document, if one describes it. */
  readonly documentHost?: string | undefined;
  /** The other realms of the server, as at the registration of the client. @default [] */
  readonly neighbours?: readonly Neighbour[];
}

/**
 * What rules can know about a client of a realm: the same at registration, at an update and in a preview. When a client is
 * judged again later, the other realms of the server are not read and not known.
 */
export const policyContextOf = (
  realm: Realm,
  { vendors, vouched, bounds, documentHost, neighbours = [] }: KnownOfClient,
): PolicyContext => ({
  issuer: realm.issuer,
  own: ownVendor(realm),
  neighbours,
  settings: realm.settings.registration,
  scopes: realm.scopes,
  vendors,
  vouched,
  ...(bounds !== undefined && { bounds }),
  ...(documentHost !== undefined && { documentHost }),
});

import { claimedVendor } from '../brand/claimed-vendor.ts';
import type { Vendor } from '../brand/vendor.ts';
import type { Realm } from '../realm/realm.ts';
import { type Client, isSelfRegistered } from './client.ts';

/**
 * The known vendor whose name a self-registered client uses, with or without proof. For a pre-registered client the operator
 * decided about the name.
 *
 * @param vendors those of the directory; the realm's own are added
 */
export function vendorNamed(
  client: Client,
  realm: Realm,
  vendors: readonly Vendor[] = [],
): string | undefined {
  if (!isSelfRegistered(client)) return undefined;
  const { name, translations = {} } = client;
  const names = [name, ...Object.values(translations).flatMap((translation) => translation.name ?? [])];
  const lists = [vendors, realm.settings.registration.vendors];
  return lists.map((list) => claimedVendor(names, list)?.name).find((found) => found !== undefined);
}

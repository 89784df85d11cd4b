import { oncePerValue } from '../once-per-value.ts';
import { isGenericName } from '../brand/generic-words.ts';
import { readings } from '../brand/words.ts';
import type { Vendor } from '../brand/vendor.ts';
import { hostnameOf } from '../text/loopback-url.ts';
import { isLoopbackIssuer } from './issuer.ts';
import type { Api, Realm } from './realm.ts';

/**
 * The realm as a vendor: its name, the names of its APIs and the issuer's host, which are reserved without being listed.
 * They count as common words, because many are (`Notes`), and because agents include the name of the server in their own
 * name (`Zorp (notes)`): they count as the whole name of a client, or beside words such as `official`, `app` and `login`. A
 * name of such words alone (`MCP API`) reserves nothing.
 */
export function ownVendor(realm: Pick<Realm, 'name' | 'issuer' | 'apis'>): Vendor {
  const known = OWN.get(realm);
  if (known !== undefined) return known;
  const { name, issuer, apis } = realm;
  const own = vendorOf({
    name,
    issuer,
    apis: apis.map((api) => ({ name: api.name, resource: api.resource })),
  });
  // A realm that is not frozen can have other names at the next call.
  if (Object.isFrozen(realm)) OWN.set(realm, own);
  return own;
}

const OWN = new WeakMap<Pick<Realm, 'name' | 'issuer' | 'apis'>, Vendor>();

/**
 * Another realm of the same server as a vendor: its name and its issuer's host. The names of its APIs are not reserved,
 * because many realms have an API called `Notes`.
 *
 * @param here the issuer of the realm that the client registers at, which reserves a host that both realms have
 */
export const neighbourVendor = (
  { name, issuer, apis }: Pick<Realm, 'name' | 'issuer' | 'apis'>,
  here: string,
): Vendor =>
  vendorOf({
    name,
    ...(hostnameOf(issuer) !== hostnameOf(here) && { issuer }),
    apis: apis.map(({ resource }) => ({ resource })),
  });

interface Named {
  readonly name: string;
  readonly issuer?: string;
  readonly apis: readonly (Pick<Api, 'resource'> & Partial<Pick<Api, 'name'>>)[];
}

const vendorOf = oncePerValue(({ name, issuer, apis }: Named): Vendor => {
  const host = issuer === undefined || isLoopbackIssuer(issuer) ? undefined : URL.parse(issuer)?.hostname;
  const names = [name, ...apis.flatMap((api) => api.name ?? []), ...(host === undefined ? [] : [host])];
  const commonWords = Array.from(new Set(names)).filter((one) => !isGenericName(readings(one)[0] ?? []));
  const hosts = apis.flatMap(({ resource }) => URL.parse(resource)?.host ?? []);
  return { name, commonWords, hosts };
});

import type { Realm } from '../realm/realm.ts';
import { egressRangeOf } from './limits.ts';
import { type CountedNetwork, networksOf } from './networks.ts';
import type { RegistrationSource } from './registration-source.ts';

/**
 * The networks that the work for a request is counted for. An operator's egress range is one network, with the limits of an
 * organization, because many people share its addresses.
 */
export function countedNetworksOf(realm: Realm, source: RegistrationSource): readonly CountedNetwork[] {
  const { limits } = realm.settings.registration;
  const range = egressRangeOf(realm, source);
  return range === undefined
    ? networksOf(source, limits)
    : [{ name: 'organization', key: `egress:${realm.id}:${range.name}`, times: limits.organizationTimes }];
}

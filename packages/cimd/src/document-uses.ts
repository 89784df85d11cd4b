import { type Limit, partOf, type Use, withShare } from '@vestibule/core';
import type { DocumentLimit } from '@vestibule/core/audit';
import { dayOfRange, egressRangeOf, networksOf } from '@vestibule/core/registration';
import type { WantedDocument } from './wanted-document.ts';

const HOUR = 3_600;
const DAY = 86_400;

/**
 * The limits that a document of an unknown client uses when it is stored. The networks of its request have the same multiples as for
 * registrations, and an organization the same share of what the realm stores in a day. An operator's egress range has the same limits
 * as for registrations instead.
 */
export function documentUses({ realm, host, source }: WantedDocument): readonly Use<DocumentLimit>[] {
  const { perAddressPerHour, perHostPerDay, perRealmPerDay } = realm.settings.metadataDocuments.limits;
  const whole: Use<DocumentLimit> = {
    name: 'realm',
    key: `document:${realm.id}:realm`,
    limit: { uses: perRealmPerDay, seconds: DAY },
  };
  const ofHost: Use<DocumentLimit> = {
    name: 'host',
    key: `document:${realm.id}:host:${host}`,
    partOf: whole.key,
    limit: { uses: perHostPerDay, seconds: DAY },
  };
  if (source === undefined) return [ofHost, whole];
  const range = egressRangeOf(realm, source);
  if (range !== undefined) {
    const ofRange = (name: string, limit: Limit): Use<DocumentLimit> => ({
      name: 'egress-range',
      key: `document:${realm.id}:${name}:${range.name}`,
      limit,
    });
    return [
      ofRange('egress', { uses: range.perHour, seconds: HOUR }),
      ofRange('egress-day', { uses: dayOfRange(range, perRealmPerDay), seconds: DAY }),
      whole,
      ofHost,
    ];
  }
  const { limits } = realm.settings.registration;
  const ofNetworks = networksOf(source, limits).map(({ name, key, times }): Use<DocumentLimit> => ({
    name,
    key: `document:${realm.id}:${key}`,
    partOf: whole.key,
    limit: { uses: perAddressPerHour * times, seconds: HOUR },
  }));
  const ofRealm = withShare(whole, {
    name: 'organization',
    network: `organization:${source.organization}`,
    uses: partOf(perRealmPerDay, limits.organizationPercentOfDay),
  });
  // The sender chooses the host, so it is counted last.
  return [...ofNetworks, ...ofRealm, ofHost];
}

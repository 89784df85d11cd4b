import { type Limit, partOf, type Use, withShare } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { egressRangeOf } from '@vestibule/core/registration';
import { type RequestInfo, sourceOf } from '@vestibule/http';

/** The smallest share of an operator's range in what the realm stores at once, in percent. */
const RANGE_PERCENT = 50;

/**
 * The limits of something that anyone can cause to be stored for a while: the number that the realm stores at once, and the
 * share of one organization or one operator's range, so that no network uses up the realm's number.
 */
export function pendingUses(
  kind: 'authorizations' | 'pushed-requests',
  realm: Realm,
  { ip }: RequestInfo,
  atOnce: Limit,
): readonly Use<'organization' | 'realm'>[] {
  const source = sourceOf(ip);
  const range = egressRangeOf(realm, source);
  const { organizationPercentOfPending } = realm.settings.limits;
  const percent =
    range === undefined
      ? organizationPercentOfPending
      : Math.max(RANGE_PERCENT, organizationPercentOfPending);
  const network = range === undefined ? `organization:${source.organization}` : `egress:${range.name}`;
  return withShare(
    { name: 'realm', key: `${kind}:${realm.id}`, limit: atOnce },
    { name: 'organization', network, uses: partOf(atOnce.uses, percent) },
  );
}

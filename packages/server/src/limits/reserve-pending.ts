import {
  type AllConsumed,
  consumeAll,
  type Limit,
  partOf,
  type RateLimiter,
  withShare,
} from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { egressRangeOf } from '@vestibule/core/registration';
import { type RequestInfo, sourceOf } from '@vestibule/http';

/** The smallest share of an operator's range in what the realm stores at once, in percent. */
const RANGE_PERCENT = 50;

/**
 * Counts something that anyone can cause to be stored for a while, against the number that the realm stores at once and the
 * share of one organization or one operator's range, so that no network uses up the realm's number.
 */
export function reservePending(
  limiter: RateLimiter,
  kind: 'authorizations' | 'pushed-requests',
  realm: Realm,
  { ip }: RequestInfo,
  atOnce: Limit,
): Promise<AllConsumed<'organization' | 'realm'>> {
  const source = sourceOf(ip);
  const range = egressRangeOf(realm, source);
  const { organizationPercentOfPending } = realm.settings.limits;
  const percent =
    range === undefined
      ? organizationPercentOfPending
      : Math.max(RANGE_PERCENT, organizationPercentOfPending);
  const network = range === undefined ? `organization:${source.organization}` : `egress:${range.name}`;
  return consumeAll(
    limiter,
    withShare(
      { name: 'realm', key: `${kind}:${realm.id}`, limit: atOnce },
      { name: 'organization', network, uses: partOf(atOnce.uses, percent) },
    ),
  );
}

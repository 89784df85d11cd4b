import {
  type AllConsumed,
  consumeAll,
  egressRangeOf,
  type Limit,
  partOf,
  type RateLimiter,
  type Realm,
  withShare,
} from '@vestibule/core';
import { type RequestInfo, sourceOf } from '@vestibule/http';

/** Of what is kept at once, what a range that the operator names may use at the least. */
const RANGE_PERCENT = 50;

/**
 * Counts what strangers cause to be kept for a while against the number that the realm keeps at once, and against the part of
 * it that one organization may use, or one network that the operator names: no network closes the realm for all others.
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

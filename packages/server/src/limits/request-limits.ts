import { egressRangeOf, type Limit, type Realm, type StoredClient } from '@vestibule/core';
import { addressKey, type RequestInfo, sourceOf } from '@vestibule/http';
import { isPublic } from '../client/is-public.ts';
import { isFromPage } from './is-from-page.ts';
import type { Counted, ProcessCounts } from './process-counts.ts';

/**
 * How often programs may ask. What web pages ask at an address is counted apart: a page may be anybody's, and its visitors
 * did not ask.
 */
export interface RequestLimits {
  /** Counts a request, before anything of it is looked at. */
  ofAddress(realm: Realm, info: RequestInfo, headers: Headers): Counted;
  /** Counts a request of a client that was told apart. */
  ofClient(realm: Realm, info: RequestInfo, headers: Headers, client: StoredClient): Counted;
}

export function createRequestLimits(counts: ProcessCounts, clock: () => number): RequestLimits {
  const placeOf = (ip: string, headers: Headers): string =>
    isFromPage(headers) ? `page:${addressKey(ip)}` : addressKey(ip);
  return {
    ofAddress(realm, { ip }, headers) {
      // Very many people are behind these; the operator said so.
      if (egressRangeOf(realm, sourceOf(ip)) !== undefined) return { allowed: true };
      const { tokenRequestsPerAddressPerHour } = realm.settings.limits;
      return counts.use(`address:${placeOf(ip, headers)}`, perHour(tokenRequestsPerAddressPerHour), clock());
    },
    ofClient(realm, { ip }, headers, client) {
      const { tokenRequestsPerClientPerHour } = realm.settings.limits;
      // Anybody can name a public client: what strangers ask in its name elsewhere is not held against it.
      const where = isPublic(client)
        ? (egressRangeOf(realm, sourceOf(ip))?.name ?? placeOf(ip, headers))
        : '';
      const key = JSON.stringify(['client', client.id, where]);
      return counts.use(key, perHour(tokenRequestsPerClientPerHour), clock());
    },
  };
}

const perHour = (uses: number): Limit => ({ uses, seconds: 3_600 });

import { egressRangeOf, type Limit, type Realm, type StoredClient } from '@vestibule/core';
import { addressKey, type RequestInfo, sourceOf } from '@vestibule/http';
import { isPublic } from '../client/is-public.ts';
import type { Counted, ProcessCounts } from './process-counts.ts';

/** How often programs may ask. */
export interface RequestLimits {
  /** Counts a request, before anything of it is looked at. */
  ofAddress(realm: Realm, info: RequestInfo): Counted;
  /** Counts a request of a client that was told apart. */
  ofClient(realm: Realm, info: RequestInfo, client: StoredClient): Counted;
}

export function createRequestLimits(counts: ProcessCounts, clock: () => number): RequestLimits {
  return {
    ofAddress(realm, { ip }) {
      // Very many people are behind these; the operator said so.
      if (egressRangeOf(realm, sourceOf(ip)) !== undefined) return { allowed: true };
      const { tokenRequestsPerAddressPerHour } = realm.settings.limits;
      return counts.use(`address:${addressKey(ip)}`, perHour(tokenRequestsPerAddressPerHour), clock());
    },
    ofClient(realm, { ip }, client) {
      const { tokenRequestsPerClientPerHour } = realm.settings.limits;
      // Anybody can name a public client: what strangers ask in its name elsewhere is not held against it.
      const where = isPublic(client) ? (egressRangeOf(realm, sourceOf(ip))?.name ?? addressKey(ip)) : '';
      const key = JSON.stringify(['client', client.id, where]);
      return counts.use(key, perHour(tokenRequestsPerClientPerHour), clock());
    },
  };
}

const perHour = (uses: number): Limit => ({ uses, seconds: 3_600 });

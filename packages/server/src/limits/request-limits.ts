import { type Client, isSelfRegistered, type Limit } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { egressRangeOf } from '@vestibule/core/registration';
import { addressKey, type PlainHeaders, type RequestInfo, sourceOf } from '@vestibule/http';
import { hasManyInstalls } from '../client/has-many-installs.ts';
import { targetOf } from '../grant/target-of.ts';
import type { Grant } from '../records/grant.ts';
import { isFromPage } from './is-from-page.ts';
import type { Counted, ProcessCounts } from '@vestibule/core';

/**
 * Limits on requests of programs. Requests of web pages at an address are counted separately: anyone can publish a page, and
 * its visitors did not decide to send the request.
 */
export interface RequestLimits {
  /** Counts a request before it is read. */
  ofAddress(realm: Realm, info: RequestInfo, headers: PlainHeaders): Counted;
  /**
   * Counts a request of an authenticated client.
   *
   * @param grant the grant whose code or token the request presents, if there is one. Many people share a client with many installs,
   * so each of its grants is counted for its person and its target. Requests without a grant are counted together.
   */
  ofClient(
    realm: Realm,
    info: RequestInfo,
    headers: PlainHeaders,
    client: Client,
    grant?: Pick<Grant, 'subject' | 'displayed'>,
  ): Counted;
}

export function createRequestLimits(counts: ProcessCounts, clock: () => number): RequestLimits {
  const placeOf = (ip: string, headers: PlainHeaders): string =>
    isFromPage(headers) ? `page:${addressKey(ip)}` : addressKey(ip);
  return {
    ofAddress(realm, { ip }, headers) {
      // Ranges of the operator, which have very many people behind them.
      if (egressRangeOf(realm, sourceOf(ip)) !== undefined) return { allowed: true };
      const { tokenRequestsPerAddressPerHour } = realm.settings.limits;
      return counts.use(`address:${placeOf(ip, headers)}`, perHour(tokenRequestsPerAddressPerHour), clock());
    },
    ofClient(realm, { ip }, headers, client, grant) {
      const { tokenRequestsPerClientPerHour } = realm.settings.limits;
      // Anyone can send the id of a public client, so it is counted per address: requests elsewhere do not affect it. Many
      // installations share the document of a client, also where they have a key.
      const where =
        isSelfRegistered(client) || client.terms.authentication.method === 'none'
          ? (egressRangeOf(realm, sourceOf(ip))?.name ?? placeOf(ip, headers))
          : '';
      const whose = grant && hasManyInstalls(client) ? [grant.subject, targetOf(grant)] : [];
      const key = JSON.stringify(['client', client.id, where, ...whose]);
      return counts.use(key, perHour(tokenRequestsPerClientPerHour), clock());
    },
  };
}

const perHour = (uses: number): Limit => ({ uses, seconds: 3_600 });

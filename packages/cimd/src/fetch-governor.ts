import type { Clock, ProcessCounts } from '@vestibule/core';
import type { FetchOutcome, FetchRequest, GuardedFetch } from './fetch-document.ts';

/** Who causes a fetch, and from which host. */
export interface FetchCause {
  /** The host with its port. */
  readonly host: string;
  /** The key of the address whose request causes the fetch. Absent: the server fetches by itself. */
  readonly addressKey?: string;
}

/** The result of a fetch that may be too much. */
export type GovernedOutcome = FetchOutcome | { readonly ok: false; readonly reason: 'governed' };

/** Fetches within limits, so that no stranger makes this server a burden to a host, or keeps others waiting. */
export interface FetchGovernor {
  fetch(request: FetchRequest, cause: FetchCause): Promise<GovernedOutcome>;
}

export interface FetchGovernorOptions {
  readonly fetch: GuardedFetch;
  readonly counts: ProcessCounts;
  readonly clock: Clock;
}

/** Fetches at the same time: in all, and from one host. */
const MOST_AT_ONCE = 32;
const MOST_AT_ONCE_OF_HOST = 4;
/** Fetches per minute from one host, and because of one address. Each node has its own. */
const PER_HOST = { uses: 30, seconds: 60 };
const PER_ADDRESS = { uses: 10, seconds: 60 };

/** Creates a governor. Those who want the same document at the same time share one fetch. */
export function createFetchGovernor({ fetch, counts, clock }: FetchGovernorOptions): FetchGovernor {
  const underWay = new Map<string, Promise<FetchOutcome>>();
  const ofHost = new Map<string, number>();

  function isTooMuch({ host, addressKey }: FetchCause): boolean {
    if (underWay.size >= MOST_AT_ONCE || (ofHost.get(host) ?? 0) >= MOST_AT_ONCE_OF_HOST) return true;
    const now = clock();
    const byAddress =
      addressKey === undefined || counts.use(`document:address:${addressKey}`, PER_ADDRESS, now).allowed;
    return !byAddress || !counts.use(`document:host:${host}`, PER_HOST, now).allowed;
  }

  async function fetchOnce(request: FetchRequest, key: string, host: string): Promise<FetchOutcome> {
    ofHost.set(host, (ofHost.get(host) ?? 0) + 1);
    try {
      return await fetch.fetch(request);
    } finally {
      underWay.delete(key);
      const others = (ofHost.get(host) ?? 1) - 1;
      if (others === 0) ofHost.delete(host);
      else ofHost.set(host, others);
    }
  }

  return {
    async fetch(request, cause) {
      const key = JSON.stringify([request.url, request.etag]);
      const known = underWay.get(key);
      if (known !== undefined) return known;
      if (isTooMuch(cause)) return { ok: false, reason: 'governed' };
      const begun = fetchOnce(request, key, cause.host);
      underWay.set(key, begun);
      return begun;
    },
  };
}

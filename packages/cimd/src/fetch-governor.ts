import type { Clock, Limit, ProcessCounts } from '@vestibule/core';
import type { CountedNetwork } from '@vestibule/core/registration';
import type { FetchOutcome, FetchRequest, GuardedFetch } from './fetch-document.ts';

/** Who causes a fetch, and from which host. */
export interface FetchCause {
  /** The host with its port. */
  readonly host: string;
  /** The networks of the request that waits for the fetch. Absent: no request waits for it. */
  readonly networks?: readonly CountedNetwork[];
  /**
   * Whether it is for keys that a document at the same host names. They are counted apart: a stranger can name any URL at a host, as a
   * document or as the keys of a document elsewhere, and must not use up what the clients of the host need.
   *
   * @default false
   */
  readonly isOwn?: boolean;
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

/**
 * Fetches at the same time. Those that no request waits for have half of them, and a network has a few: slow hosts of one stranger
 * leave the others to everybody else.
 */
const MOST_AT_ONCE = 32;
const MOST_AT_ONCE_UNAWAITED = 16;
const MOST_AT_ONCE_OF_HOST = 4;
const MOST_AT_ONCE_OF_NETWORK = { address: 4, site: 6, organization: 8 } as const;
/**
 * Fetches per minute from one host, and because of one address; a network has the same multiples of that as for registrations. An
 * organization has a third of the fetches from a host. Each node has its own.
 */
const PER_HOST = { uses: 30, seconds: 60 };
const PER_HOST_BY_ORGANIZATION = { uses: 10, seconds: 60 };
const PER_ADDRESS = { uses: 10, seconds: 60 };

/** Creates a governor. Those who want the same document, or the same keys, at the same time share one fetch. */
export function createFetchGovernor({ fetch, counts, clock }: FetchGovernorOptions): FetchGovernor {
  const underWay = new Map<string, Promise<FetchOutcome>>();
  const atOnce = createTally();

  function isTooMuch(cause: FetchCause): boolean {
    const { networks = [] } = cause;
    const ofHost = hostKey(cause);
    if (underWay.size >= MOST_AT_ONCE || atOnce.of(ofHost) >= MOST_AT_ONCE_OF_HOST) return true;
    if (networks.length === 0 && atOnce.of(UNAWAITED) >= MOST_AT_ONCE_UNAWAITED) return true;
    if (networks.some(({ name, key }) => atOnce.of(key) >= MOST_AT_ONCE_OF_NETWORK[name])) return true;
    const now = clock();
    const isWithin = (key: string, limit: Limit): boolean =>
      counts.use(`document:${key}`, limit, now).allowed;
    return !(
      networks.every(({ key, times }) => isWithin(key, { ...PER_ADDRESS, uses: PER_ADDRESS.uses * times })) &&
      networks
        .filter(({ name }) => name === 'organization')
        .every(({ key }) => isWithin(`${ofHost}:${key}`, PER_HOST_BY_ORGANIZATION)) &&
      isWithin(ofHost, PER_HOST)
    );
  }

  async function fetchOnce(request: FetchRequest, key: string, cause: FetchCause): Promise<FetchOutcome> {
    const counted = [hostKey(cause), ...(cause.networks?.map((network) => network.key) ?? [UNAWAITED])];
    atOnce.add(counted, 1);
    try {
      return await fetch.fetch(request);
    } finally {
      underWay.delete(key);
      atOnce.add(counted, -1);
    }
  }

  return {
    async fetch(request, cause) {
      const key = JSON.stringify([request.accept, request.url, request.etag]);
      const known = underWay.get(key);
      if (known !== undefined) return known;
      if (isTooMuch(cause)) return { ok: false, reason: 'governed' };
      const begun = fetchOnce(request, key, cause);
      underWay.set(key, begun);
      return begun;
    },
  };
}

const UNAWAITED = 'unawaited';

const hostKey = ({ host, isOwn = false }: FetchCause): string => `${isOwn ? 'own-keys' : 'host'}:${host}`;

/** Counts what is under way by keys, and remembers no key of which nothing is. */
function createTally(): {
  of(key: string): number;
  add(keys: readonly string[], difference: number): void;
} {
  const tally = new Map<string, number>();
  const of = (key: string): number => tally.get(key) ?? 0;
  return {
    of,
    add: (keys, difference) => {
      for (const key of keys) {
        const next = of(key) + difference;
        if (next === 0) tally.delete(key);
        else tally.set(key, next);
      }
    },
  };
}

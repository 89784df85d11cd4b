import type { GuardedFetch } from '@vestibule/cimd';

/** A fetch that finds these JSON bodies at their URLs, and nothing else. */
export const documentFetch = (bodyAt: (url: string) => unknown): GuardedFetch => ({
  async fetch({ url }) {
    const body = bodyAt(url);
    if (body === undefined) return { ok: false, reason: 'status', detail: 'The status is 404.' };
    const bytes = JSON.stringify(body).length;
    const freshness = { freshFor: 3_600, noStore: false, noCache: false, mustRevalidate: false };
    return { ok: true, status: 'fetched', body, bytes, freshness };
  },
});

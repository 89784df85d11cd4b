import type { GuardedFetch } from '@vestibule/cimd';
import { documents } from '@vestibule/client-fixtures';

/** Responds with the documents of the fixtures, each at its URL. */
export const publishedDocuments: GuardedFetch = {
  fetch: async ({ url }) => {
    const found = documents.find(({ document }) => document.client_id === url);
    if (found === undefined) return { ok: false, reason: 'status', detail: 'There is no such document.' };
    const body: unknown = structuredClone(found.document);
    const freshness = { noStore: false, noCache: false, mustRevalidate: false };
    return { ok: true, status: 'fetched', body, bytes: JSON.stringify(body).length, freshness };
  },
};

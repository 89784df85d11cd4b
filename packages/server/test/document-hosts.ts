import { sha256 } from '@vestibule/http';
import type { FetchOutcome, FetchRequest, Freshness, GuardedFetch } from '@vestibule/cimd';

/** Websites with metadata documents, as a server sees them through its guarded fetch. */
export interface DocumentHosts {
  readonly fetch: GuardedFetch;
  /** What was fetched, in order. */
  readonly asked: FetchRequest[];
  /** Publishes a document at its `client_id`. */
  publish(document: Readonly<Record<string, unknown>> & { readonly client_id: string }): void;
  /** Publishes anything at a URL. */
  publishAt(url: string, body: unknown): void;
  /** What responses say of their own reuse from now on. */
  cache(said: Partial<Freshness>): void;
  /** From now on every fetch fails, or none does. */
  fail(isDown: boolean): void;
}

/** How long documents say that they are fresh, in seconds. */
export const FRESH_FOR = 3_600;

export function documentHosts(): DocumentHosts {
  const bodies = new Map<string, unknown>();
  const asked: FetchRequest[] = [];
  let down = false;
  let said: Partial<Freshness> = { freshFor: FRESH_FOR };
  const freshnessOf = (etag: string) => ({
    etag,
    noStore: false,
    noCache: false,
    mustRevalidate: false,
    ...said,
  });

  async function fetch(request: FetchRequest): Promise<FetchOutcome> {
    asked.push(request);
    if (down) return { ok: false, reason: 'connection', detail: 'the connection was refused' };
    const body = bodies.get(request.url);
    if (body === undefined) return { ok: false, reason: 'status', detail: 'the status is 404' };
    const etag = `"${sha256(JSON.stringify(body))}"`;
    const freshness = freshnessOf(etag);
    return request.etag === etag
      ? { ok: true, status: 'not-modified', freshness }
      : { ok: true, status: 'fetched', body, bytes: JSON.stringify(body).length, freshness };
  }

  return {
    fetch: { fetch },
    asked,
    publish: (document) => void bodies.set(document.client_id, document),
    publishAt: (url, body) => void bodies.set(url, body),
    cache: (next) => {
      said = next;
    },
    fail: (isDown) => {
      down = isDown;
    },
  };
}

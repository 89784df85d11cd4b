import type { FetchOutcome, FetchRequest, GuardedFetch } from '../fetch-document.ts';
import { judgedAddress } from './address/judged-address.ts';
import { startDeadline } from './deadline.ts';
import { exchange } from './exchange.ts';
import { failure } from './failed-fetch.ts';
import { type GuardedFetchOptions, type GuardedFetchSettings, readOptions } from './guard-options.ts';
import { readTarget } from './target.ts';

/** The size that the draft recommends as the most to read of a document, in bytes. */
const MAX_DOCUMENT_BYTES = 5_120;

/**
 * Fetches JSON from URLs that strangers chose. It resolves a name once, refuses the host if any of its addresses is not public,
 * connects to the first of the addresses that it judged, and checks the certificate against the name. It does not follow
 * redirects, uses no proxy and no connection twice, and limits the time and the size of everything.
 *
 * @throws TypeError that names the options that are unknown or invalid
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document-03#section-9.6 CIMD §9.6}
 * @example
 * ```ts
 * import { createGuardedFetch } from '@vestibule/cimd/node';
 *
 * const { fetch } = createGuardedFetch();
 * const outcome = await fetch({ url: 'https://agent.example/client.json' });
 * if (outcome.ok && outcome.status === 'fetched') console.log(outcome.body);
 * ```
 */
export function createGuardedFetch(options: GuardedFetchOptions = {}): GuardedFetch {
  const settings = readOptions(options);
  return {
    fetch: async ({ maxBytes = MAX_DOCUMENT_BYTES, ...request }) => {
      if (!Number.isSafeInteger(maxBytes) || maxBytes < 1) {
        throw new TypeError('fetch: "maxBytes" must be a whole number of 1 or more.');
      }
      return guardedFetch({ ...request, maxBytes }, settings);
    },
  };
}

async function guardedFetch(
  request: FetchRequest & { readonly maxBytes: number },
  settings: GuardedFetchSettings,
): Promise<FetchOutcome> {
  const target = readTarget(request.url);
  if (typeof target === 'string') return failure('url', target);
  const deadline = startDeadline(settings.totalTimeout);
  try {
    const found = await judgedAddress(target, request, settings, deadline);
    return typeof found === 'string' ? await exchange(target, found, request, settings, deadline) : found;
  } finally {
    deadline.end();
  }
}

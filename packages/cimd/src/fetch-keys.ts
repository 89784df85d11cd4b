import type { DocumentClients } from '@vestibule/core';
import type { FetchGovernor } from './fetch-governor.ts';

/** Fetches the keys of clients at the URLs that their documents name, which strangers chose. */
export const keysThrough =
  (governor: FetchGovernor): DocumentClients['fetchKeys'] =>
  async ({ url, maxBytes, cause: { clientId, networks } }) => {
    const host = hostOf(url);
    const request = { url, accept: 'jwks', maxBytes, chosenBy: 'stranger' } as const;
    const outcome = await governor.fetch(request, { host, networks, isOwn: host === hostOf(clientId) });
    if (outcome.ok) return outcome.status === 'fetched' ? { ok: true, body: outcome.body } : NOTHING;
    return outcome.reason === 'governed' ? GOVERNED : outcome;
  };

const hostOf = (url: string): string => URL.parse(url)?.host ?? '';

const NOTHING = { ok: true } as const;

const GOVERNED = {
  ok: false,
  reason: 'governed',
  detail: 'Too many fetches from this host, or because of the network of the request.',
} as const;

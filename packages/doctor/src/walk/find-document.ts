import type { Found } from '../evidence/evidence.ts';
import { type Exchange, headerOf, statusOf } from '../exchange/exchange.ts';
import type { Ask } from '../exchange/exchange-with.ts';
import { webUrl } from '../exchange/web-url.ts';

const MAX_REDIRECTS = 3;

/** Requests a document, and follows its redirects one by one, so that each is recorded. */
export async function find<Place extends string>(
  place: Place,
  address: string,
  ask: Ask,
): Promise<Found<Place>> {
  const redirects: Exchange[] = [];
  let url = address;
  for (;;) {
    const exchange = await ask(url, { headers: { accept: 'application/json' } });
    const next = nextOf(exchange);
    if (next === undefined || redirects.length === MAX_REDIRECTS) return { place, exchange, redirects };
    redirects.push(exchange);
    url = next;
  }
}

/** Where a redirect leads, if it is to the web. */
export function nextOf(exchange: Exchange): string | undefined {
  const status = statusOf(exchange) ?? 0;
  const to = headerOf(exchange, 'location');
  if (status < 300 || status >= 400 || to === undefined) return undefined;
  return webUrl(to, exchange.url)?.href;
}

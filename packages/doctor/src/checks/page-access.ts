import { fixtures, quote } from '@vestibule/client-fixtures';
import { type Exchange, headerOf, received, statusOf } from '../exchange/exchange.ts';

/** The origin of an agent that runs in a page. */
export const PAGE: string = fixtures.find(({ page }) => page !== undefined)?.page ?? 'https://page.example';

/** What prevents a page from reading a response. Undefined if nothing does. */
export function unreadable(exchange: Exchange): string | undefined {
  if (statusOf(exchange) === undefined) return `${exchange.url} ${received(exchange)}.`;
  const allowed = headerOf(exchange, 'access-control-allow-origin');
  if (allowed === '*' || allowed === PAGE) return undefined;
  return `${exchange.method} ${exchange.url} ${received(exchange)}, and Access-Control-Allow-Origin is ${quote(allowed)}.`;
}

/** What a preflight does not allow. Undefined if it allows the headers and POST. */
export function refusedByPreflight(preflight: Exchange, headers: readonly string[]): string | undefined {
  const problem = unreadable(preflight);
  if (problem !== undefined) return problem;
  const status = statusOf(preflight) ?? 0;
  if (status < 200 || status > 299) return `The preflight at ${preflight.url} responds ${status}, not 204.`;
  const allowed = namesIn(headerOf(preflight, 'access-control-allow-headers'));
  // `*` covers every header but Authorization.
  const missing = headers.filter(
    (name) => !allowed.includes(name) && (name === 'authorization' || !allowed.includes('*')),
  );
  return missing.length === 0
    ? undefined
    : `The preflight at ${preflight.url} does not allow the header ${missing.join(' and ')}.`;
}

export const namesIn = (list: string | undefined): readonly string[] =>
  (list ?? '').split(',').map((name) => name.trim().toLowerCase());

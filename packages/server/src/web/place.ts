import { isLoopbackIssuer } from '@vestibule/core';
import { issuerPath, PATHS } from './paths.ts';

/**
 * Where a person's pages are and where their cookies go.
 *
 * With most issuers that is the whole host. Browsers send the cookies of a host to every port of it, though, and with a
 * loopback issuer other programs have the other ports: among them the client, to which each interaction leads the
 * browser in the end. There the pages of each interaction are below a path of their own that nobody can guess, and so
 * are their cookies. Whoever knows neither can have no browser send them.
 *
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-8.5 RFC 6265bis §8.5}
 */
export type Place = { readonly kind: 'host' } | { readonly kind: 'path'; readonly id: string };

const HOST: Place = { kind: 'host' };

/** Whether the pages of each interaction are below a path of their own. */
export const hasOwnPaths = (issuer: string): boolean => isLoopbackIssuer(issuer);

/** The place of that id: a transaction's, or a random one. With most issuers there is one place alone. */
export const placeAt = (issuer: string, id: string): Place =>
  hasOwnPaths(issuer) ? { kind: 'path', id } : HOST;

/**
 * The place that a request is made at. `undefined` where it is made at none: at the shared paths of a loopback issuer,
 * the authorization endpoint for one, where no cookie is this server's.
 */
export function placeOf(issuer: string, request: Request): Place | undefined {
  if (!hasOwnPaths(issuer)) return HOST;
  const { pathname } = new URL(request.url);
  const root = `${placesPath(issuer)}/`;
  const [id, page, ...more] = pathname.startsWith(root) ? pathname.slice(root.length).split('/') : [];
  return id !== undefined && page !== undefined && more.length === 0 ? { kind: 'path', id } : undefined;
}

/** What stands before the id in the path of each place. */
export const placesPath = (issuer: string): string => `${issuerPath(issuer)}/connect/at`;

/** The pages that cookies are for. */
const PLACED_PAGES = ['signIn', 'consent', 'handBack', 'apps', 'appsSignIn', 'signOut'] as const;
export type PlacedPage = (typeof PLACED_PAGES)[number];

/** The last segment of their path, where it is one of their own. */
const SEGMENTS: Readonly<Record<PlacedPage, string>> = {
  signIn: 'sign-in',
  consent: 'consent',
  handBack: 'hand-back',
  apps: 'apps',
  appsSignIn: 'apps-sign-in',
  signOut: 'sign-out',
};

/** The path of a page at a place. */
export const pageAt = (issuer: string, page: PlacedPage, place: Place): string =>
  place.kind === 'host'
    ? `${issuerPath(issuer)}${PATHS[page]}`
    : `${placesPath(issuer)}/${place.id}/${SEGMENTS[page]}`;

/** A page of one interaction, as a path: the place names the interaction, or the query does. */
export function interactionPage(issuer: string, page: 'signIn' | 'consent' | 'handBack', id: string): string {
  const place = placeAt(issuer, id);
  const path = pageAt(issuer, page, place);
  return place.kind === 'host' ? `${path}?transaction=${id}` : path;
}

/** The page that a request at a place of its own is for. */
export function placedPage(issuer: string, request: Request): PlacedPage | undefined {
  if (placeOf(issuer, request)?.kind !== 'path') return undefined;
  const segment = new URL(request.url).pathname.split('/').at(-1);
  return PLACED_PAGES.find((page) => SEGMENTS[page] === segment);
}

import type { RequestHead } from '@vestibule/http';
import { isLoopbackIssuer } from '@vestibule/core/realm';
import { issuerPath, PATHS } from './paths.ts';

/**
 * Where the pages and cookies of a person are.
 *
 * For most issuers that is the whole host. Browsers send cookies to every port of a host, though, and for a loopback issuer
 * other programs use the other ports: among them the client, to which each interaction finally sends the browser. There each
 * interaction has its pages and cookies below its own path, which cannot be guessed. A program that does not know the path
 * cannot make a browser send the cookies.
 *
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-8.5 RFC 6265bis §8.5}
 */
export type Place = { readonly kind: 'host' } | { readonly kind: 'path'; readonly id: string };

const HOST: Place = { kind: 'host' };

/** Whether each interaction has its pages below its own path. */
export const hasOwnPaths = (issuer: string): boolean => isLoopbackIssuer(issuer);

/** The place with this id: the id of an interaction, or a random one. Most issuers have only one place. */
export const placeAt = (issuer: string, id: string): Place =>
  hasOwnPaths(issuer) ? { kind: 'path', id } : HOST;

/**
 * The place of a request. `undefined` at the shared paths of a loopback issuer, for example the authorization endpoint,
 * where this server sets no cookies.
 */
export function placeOf(issuer: string, request: RequestHead): Place | undefined {
  if (!hasOwnPaths(issuer)) return HOST;
  const { pathname } = new URL(request.url);
  const root = `${placesPath(issuer)}/`;
  const [id, page, ...more] = pathname.startsWith(root) ? pathname.slice(root.length).split('/') : [];
  return id !== undefined && page !== undefined && more.length === 0 ? { kind: 'path', id } : undefined;
}

/** The part of a place's path before its id. */
export const placesPath = (issuer: string): string => `${issuerPath(issuer)}/connect/at`;

/** The pages with cookies. */
const PLACED_PAGES = [
  'signIn',
  'signInReturn',
  'providerReturn',
  'consent',
  'handBack',
  'apps',
  'appsSignIn',
  'signOut',
] as const;
export type PlacedPage = (typeof PLACED_PAGES)[number];

/** The last segment of their path at a place with its own path. */
const SEGMENTS: Readonly<Record<PlacedPage, string>> = {
  signIn: 'sign-in',
  signInReturn: 'sign-in-return',
  providerReturn: 'provider-return',
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

/** The path of a page of one interaction: the place names the interaction, or the query does. */
export function interactionPage(issuer: string, page: 'signIn' | 'consent' | 'handBack', id: string): string {
  const place = placeAt(issuer, id);
  const path = pageAt(issuer, page, place);
  return place.kind === 'host' ? `${path}?transaction=${id}` : path;
}

/** The sign-in page of an interaction, for another person than the one who is signed in. */
export function switchPersonPage(issuer: string, id: string): string {
  const page = interactionPage(issuer, 'signIn', id);
  return `${page}${page.includes('?') ? '&' : '?'}switch=true`;
}

/** The page of a request at a place with its own path. */
export function placedPage(issuer: string, request: RequestHead): PlacedPage | undefined {
  if (placeOf(issuer, request)?.kind !== 'path') return undefined;
  const segment = new URL(request.url).pathname.split('/').at(-1);
  return PLACED_PAGES.find((page) => SEGMENTS[page] === segment);
}

import type { Seconds } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import type { Failure, Reply } from '@vestibule/http';
import type { Page, Pages } from './pages.ts';
import type { AuthorizationResponseView, PageProblem, ProblemView } from './views.ts';

/**
 * The longest `Location`, in bytes. Proxies store the head of a response in one buffer, by default 4 KB in nginx, and
 * respond 502 if it does not fit.
 *
 * @see {@link https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffer_size nginx, proxy_buffer_size}
 */
const MAX_LOCATION_BYTES = 2_048;

/** The status of each problem. A new problem does not compile until it is listed here. */
const PROBLEM_STATUS: Readonly<Record<PageProblem, number>> = {
  'client-missing': 400,
  'client-unknown': 400,
  'client-blocked': 403,
  'client-unacceptable': 403,
  'document-refused': 403,
  'document-unavailable': 503,
  'redirect-uri-missing': 400,
  'redirect-uri-unregistered': 400,
  'not-followed': 403,
  'request-unknown': 400,
  'transaction-unknown': 410,
  'other-browser': 403,
  'cookie-planted': 403,
  'decided-otherwise': 409,
  'form-stale': 403,
  'sign-in-unknown': 400,
  'sign-in-not-recent': 403,
  'sign-in-refused': 403,
  'sign-in-declined': 403,
  'sign-in-unavailable': 503,
  'provider-other-person': 403,
  'provider-unavailable': 503,
  'form-unreadable': 400,
  'too-many': 429,
  busy: 503,
  'not-found': 404,
  'server-error': 500,
  unavailable: 503,
};

/** The page about a problem, if there is no client to redirect to. */
export function problemResponse(
  pages: Pages,
  realm: Pick<Realm, 'name'>,
  problem: PageProblem,
  more: Pick<ProblemView, 'detail' | 'ruleUrl' | 'app' | 'clientName' | 'again'> = {},
): Reply {
  const view = { realmName: realm.name, problem, ...more };
  return pageResponse(PROBLEM_STATUS[problem], pages.problem(view));
}

/** The page about a failure, with the time of a retry after an outage. */
export function failurePage(pages: Pages, failure: Failure): Reply {
  const isOutage = failure.status === 503;
  const response = problemResponse(pages, { name: '' }, isOutage ? 'unavailable' : 'server-error');
  return isOutage ? withRetryAfter(response, failure.headers['retry-after']) : response;
}

/** A page as a response that is not cached. */
export function pageResponse(status: number, page: Page, cookies: readonly string[] = []): Reply {
  const headers = { ...DEFAULT_HEADERS, ...lowerCased(page.headers), ...NO_STORE };
  return { status, headers, cookies, body: page.html };
}

/** A response with the time of a retry. */
export const withRetryAfter = (reply: Reply, retryAfter: Seconds | string): Reply => ({
  ...reply,
  headers: { ...reply.headers, 'retry-after': String(retryAfter) },
});

const DEFAULT_HEADERS = { 'content-type': 'text/plain;charset=UTF-8' };
const NO_STORE = { 'cache-control': 'no-store' };

function lowerCased(headers: Page['headers']): Reply['headers'] {
  const lower: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) lower[name.toLowerCase()] = value;
  return lower;
}

/**
 * Redirects to a page of this server. The empty fragment replaces one in the URL that the client sent the person to:
 * browsers keep a fragment across redirects, and would open the page scrolled to a position of the client's choice.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-10.2.2 RFC 9110 §10.2.2}
 */
export const seeOther = (page: string, cookies: readonly string[] = []): Reply =>
  redirect(`${page}#`, cookies);

/** Sends the browser to a page elsewhere, which a sign-in method named. It does not get the URL of this page. */
export const seeElsewhere = (location: string | URL, cookies: readonly string[]): Reply =>
  redirect(String(location), cookies);

/**
 * Redirects to a URL of this server that repeats what the browser sent. If it is too long for a `Location`, the response is
 * a page that leads there.
 */
export function seeRepeated(pages: Pages, { name }: Pick<Realm, 'name'>, address: string): Reply {
  const location = `${address}#`;
  return isRedirectable(location)
    ? redirect(location, [])
    : pageResponse(200, pages.onward({ realmName: name, location }));
}

/**
 * A page that leads the browser to a provider. Not a redirect, because browsers apply the `form-action` of the consent page to
 * every redirect after its form.
 */
export const seeProvider = (
  pages: Pages,
  { name }: Pick<Realm, 'name'>,
  provider: string,
  location: string | URL,
): Reply => pageResponse(200, pages.onward({ realmName: name, location: String(location), provider }));

/**
 * Redirects to the client, with the exact redirect URI. If the URL is too long for a `Location`, the response is the
 * authorization response page.
 */
export const seeClient = (pages: Pages, view: AuthorizationResponseView): Reply =>
  isRedirectable(view.location) ? redirect(view.location, []) : pageResponse(200, pages.handBack(view));

const isRedirectable = (location: string): boolean =>
  new TextEncoder().encode(location).byteLength <= MAX_LOCATION_BYTES;

/**
 * Redirects with GET, whatever the method was, so that no form is posted twice.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.12 RFC 9700 §4.12}
 */
function redirect(location: string, cookies: readonly string[]): Reply {
  const headers = { location, ...NO_STORE, 'referrer-policy': 'no-referrer' };
  return { status: 303, headers, cookies };
}

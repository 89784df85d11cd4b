import type { Realm } from '@vestibule/core';
import type { Failure } from '@vestibule/http';
import type { Page, Pages } from './pages.ts';
import type { AuthorizationResponseView, PageProblem, ProblemView } from './views.ts';

/**
 * The longest `Location`, in bytes. Proxies keep the head of a response in one buffer, of 4 KB with a default nginx, and
 * answer 502 where it does not fit.
 *
 * @see {@link https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffer_size nginx, proxy_buffer_size}
 */
const MAX_LOCATION_BYTES = 2_048;

/** Each problem's status. A new problem does not compile until it stands here. */
const PROBLEM_STATUS: Readonly<Record<PageProblem, number>> = {
  'client-missing': 400,
  'client-unknown': 400,
  'client-blocked': 403,
  'client-unacceptable': 403,
  'redirect-uri-missing': 400,
  'redirect-uri-unregistered': 400,
  'not-followed': 403,
  'request-unknown': 400,
  'transaction-unknown': 410,
  'other-browser': 403,
  'cookie-planted': 403,
  'decided-otherwise': 409,
  'form-stale': 403,
  'form-unreadable': 400,
  'too-many': 429,
  busy: 503,
  'not-found': 404,
  'server-error': 500,
  unavailable: 503,
};

/** The page that says what is wrong, where there is nowhere to send the person. */
export function problemResponse(
  pages: Pages,
  realm: Pick<Realm, 'name'>,
  problem: PageProblem,
  more: Pick<ProblemView, 'detail' | 'app' | 'clientName'> = {},
): Response {
  const view = { realmName: realm.name, problem, ...more };
  return pageResponse(PROBLEM_STATUS[problem], pages.problem(view));
}

/** The page that says that there is no answer, and whether there may soon be one. */
export function failurePage(pages: Pages, failure: Failure): Response {
  const isOutage = failure.status === 503;
  const response = problemResponse(pages, { name: '' }, isOutage ? 'unavailable' : 'server-error');
  if (isOutage) response.headers.set('retry-after', failure.headers['retry-after']);
  return response;
}

/** A page as a response that no cache keeps. */
export function pageResponse(status: number, page: Page, cookies: readonly string[] = []): Response {
  const headers = new Headers({ ...page.headers, 'cache-control': 'no-store' });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(page.html, { status, headers });
}

/**
 * Sends the browser on to a page of this server. The empty fragment replaces one that a stranger put behind the address
 * that began it all: browsers carry a fragment through redirects, and would open the page scrolled to a place of the
 * stranger's choice.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-10.2.2 RFC 9110 §10.2.2}
 */
export const seeOther = (page: string, cookies: readonly string[] = []): Response =>
  redirect(`${page}#`, cookies);

/**
 * Sends the browser on to an address of this server that repeats what it sent. What is too long for a `Location` is a
 * page that leads there.
 */
export function seeRepeated(pages: Pages, { name }: Pick<Realm, 'name'>, address: string): Response {
  const location = `${address}#`;
  return isRedirectable(location)
    ? redirect(location, [])
    : pageResponse(200, pages.onward({ realmName: name, location }));
}

/**
 * Sends the browser back to the client, to the byte. What is too long for a `Location` is the authorization response page,
 * which leads there.
 */
export const seeClient = (pages: Pages, view: AuthorizationResponseView): Response =>
  isRedirectable(view.location) ? redirect(view.location, []) : pageResponse(200, pages.handBack(view));

const isRedirectable = (location: string): boolean =>
  new TextEncoder().encode(location).byteLength <= MAX_LOCATION_BYTES;

/**
 * Redirects with GET, whatever the method was, so that no form is ever posted a second time.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.12 RFC 9700 §4.12}
 */
function redirect(location: string, cookies: readonly string[]): Response {
  const headers = new Headers({ location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}

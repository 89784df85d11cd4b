import { siteOf, type Site } from '@vestibule/express';
import { pathBySlashes, type Route } from '@vestibule/http';
import { type Pages, strictTransport } from '@vestibule/server';
import type { RequestHandler } from 'express';
import { edgeError, sendEdgeError } from './listening/edge-error.ts';
import { answersPreflight } from './listening/preflight.ts';

export interface NotFoundOptions {
  readonly pages: Pages;
  /** The name of the realm on the page. */
  readonly realmName: string;
  readonly issuer: string;
  readonly sites: readonly Site[];
  /** Routes that exist at every host. */
  readonly everywhere: readonly Route[];
}

/**
 * Responds to requests that no route matches: to programs with JSON that pages of any origin may read, to people with a page.
 * If the path differs from a route only in slashes, the response names the right URL.
 */
export function createNotFound({
  pages,
  realmName,
  issuer,
  sites,
  everywhere,
}: NotFoundOptions): RequestHandler {
  return (request, response) => {
    if (answersPreflight(request, response)) return;
    const site = siteOf(sites, request);
    const routes = [...everywhere, ...(site?.routes ?? [])];
    const path = pathBySlashes(routes, request.originalUrl.split('?', 1)[0] ?? '');
    const meant = path === undefined ? undefined : `${site?.origin ?? ''}${path}`;
    if (request.accepts(['json', 'html']) === 'html') {
      const detail = meant === undefined ? {} : { detail: `the address is ${meant}` };
      const page = pages.problem({ realmName, problem: 'not-found', ...detail });
      const headers = { ...page.headers, ...strictTransport(issuer), 'cache-control': 'no-store' };
      return void response.writeHead(404, headers).end(page.html);
    }
    const description =
      meant === undefined ? 'there is nothing here' : `there is nothing here; the address is ${meant}`;
    sendEdgeError(response, edgeError(404, 'not_found', description));
  };
}

import { siteOf } from '@vestibule/express';
import { pathBySlashes, type Route } from '@vestibule/http';
import { issuerPath, type Pages, strictTransport } from '@vestibule/server';
import type { Realm } from '@vestibule/core/realm';
import type { RequestHandler } from 'express';
import { edgeError, sendEdgeError } from '../listening/edge-error.ts';
import { answersPreflight } from '../listening/preflight.ts';
import type { Served } from './served-realms.ts';

export interface NotFoundOptions {
  readonly pages: Pages;
  /** Returns the current realms and sites. */
  readonly served: () => Promise<Served>;
  /** Routes that exist at every host. */
  readonly everywhere: readonly Route[];
}

/**
 * Responds to requests that no route matches: to programs with JSON that pages of any origin may read, to people with a page.
 * If the path differs from a route only in slashes, the response names the right URL.
 */
export function createNotFound({ pages, served, everywhere }: NotFoundOptions): RequestHandler {
  return async (request, response) => {
    if (answersPreflight(request, response)) return;
    const { sites, realms } = await served();
    const site = siteOf(sites, request);
    const routes = [...everywhere, ...(site?.routes ?? [])];
    const path = request.originalUrl.split('?', 1)[0] ?? '';
    const right = pathBySlashes(routes, path);
    const meant = right === undefined ? undefined : `${site?.origin ?? ''}${right}`;
    if (request.accepts(['json', 'html']) === 'html') {
      const realm = nearestRealm(realms, site?.origin, path);
      const detail = meant === undefined ? {} : { detail: `the address is ${meant}` };
      const page = pages.problem({ realmName: realm?.name ?? 'Vestibule', problem: 'not-found', ...detail });
      const transport = realm === undefined ? {} : strictTransport(realm.issuer);
      const headers = { ...page.headers, ...transport, 'cache-control': 'no-store' };
      return void response.writeHead(404, headers).end(page.html);
    }
    const description =
      meant === undefined ? 'there is nothing here' : `there is nothing here; the address is ${meant}`;
    sendEdgeError(response, edgeError(404, 'not_found', description));
  };
}

/** The realm that a person probably looked for: at the origin, the one whose path is the longest that the request begins with. */
function nearestRealm(realms: readonly Realm[], origin: string | undefined, path: string): Realm | undefined {
  const atOrigin = realms.filter(({ issuer }) => new URL(issuer).origin === origin);
  const above = atOrigin.filter(({ issuer }) => `${path}/`.startsWith(`${issuerPath(issuer)}/`));
  const [nearest] = above.toSorted((a, b) => b.issuer.length - a.issuer.length);
  return nearest ?? atOrigin[0] ?? realms[0];
}

import { notesRoutes } from '@vestibule/example-notes';
import type { RoutesBeside } from '@vestibule/node';
import { type DemoPerson, frontPage } from './front-page.ts';

/**
 * Serves the front page of the demo beside each realm that has the Notes server, at `/`.
 *
 * @param toyAgent where the toy agent begins
 * @param person who can sign in
 */
export const withFrontPage =
  (toyAgent: string, person: DemoPerson): RoutesBeside =>
  (realm, ...rest) => {
    const routes = notesRoutes(realm, ...rest);
    const notes = realm.apis.find(({ id }) => id === 'notes')?.resource;
    if (routes.length === 0 || notes === undefined) return routes;
    const { text, headers } = frontPage({ issuer: realm.issuer, notes, toyAgent, person });
    const endpoint = async ({ method }: Request): Promise<Response | undefined> =>
      method === 'GET' || method === 'HEAD' ? new Response(text, { headers }) : undefined;
    return [...routes, { path: '/', endpoint }];
  };

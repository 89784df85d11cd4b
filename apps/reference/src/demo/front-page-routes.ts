import { notesRoutes } from '@vestibule/example-notes';
import type { RoutesBeside } from '@vestibule/node';
import { DEMO_PERSON } from './demo-password.ts';
import { frontPage } from './pages/front-page.ts';

/**
 * Serves the front page of the demo beside each realm that has the Notes server, at `/`.
 *
 * @param toyAgent where the toy agent begins
 */
export const withFrontPage =
  (toyAgent: string): RoutesBeside =>
  (realm, ...rest) => {
    const routes = notesRoutes(realm, ...rest);
    const notes = realm.apis.find(({ id }) => id === 'notes')?.resource;
    if (routes.length === 0 || notes === undefined) return routes;
    const { text, headers } = frontPage({ issuer: realm.issuer, notes, toyAgent, person: DEMO_PERSON });
    const endpoint = async ({ method }: Request): Promise<Response | undefined> =>
      method === 'GET' || method === 'HEAD' ? new Response(text, { headers }) : undefined;
    return [...routes, { path: '/', endpoint }];
  };

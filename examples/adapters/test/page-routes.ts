import type { Route } from '@vestibule/http';

/** What the programs of the page serve. */
export const routes: readonly Route[] = [
  { path: '/here', endpoint: async ({ url, method }, { ip }) => Response.json({ url, method, ip }) },
];

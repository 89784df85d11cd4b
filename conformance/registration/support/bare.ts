import type { Route } from '@vestibule/http';
import { createMemoryRateLimiter } from '@vestibule/rate-limit';
import { createMemoryStores } from '@vestibule/server/memory';
import type { Venue } from './venue.ts';

/** The handlers themselves, with stores in memory. */
export async function openBare(): Promise<Venue> {
  const routes: Route[] = [];
  const find = (path: string): Route | undefined =>
    routes.find((route) =>
      route.below === true
        ? path.startsWith(`${route.path}/`) && !path.slice(route.path.length + 1).includes('/')
        : path === route.path,
    );
  return {
    stores: createMemoryStores(),
    limiter: createMemoryRateLimiter(),
    origin: 'https://id.example',
    mount: (_, more) => void routes.push(...more),
    async send(url, init, ip) {
      const answer = await find(url.pathname)?.endpoint(new Request(url, init), { ip });
      return answer ?? Response.json({ error: 'not_found' }, { status: 404 });
    },
    close: async () => {},
  };
}

import { type Endpoint, handleRoutes } from '@vestibule/http';
import { plainPages } from './plain-pages.ts';
import { createRoutes } from './routes.ts';

interface Env {
  /** Where clients reach the Worker, such as `https://id.example`. */
  readonly ORIGIN: string;
}

/** Created by the first request: a Worker generates no random values before. */
let handle: Endpoint | undefined;

/** A Cloudflare Worker, with a page of its own. */
const worker = {
  async fetch(request: Request, { ORIGIN }: Env): Promise<Response> {
    handle ??= handleRoutes({ origin: ORIGIN, routes: createRoutes(ORIGIN, plainPages) });
    // Cloudflare sets this header, whatever a client sends.
    const ip = request.headers.get('cf-connecting-ip') ?? '';
    const response = await handle(request, { ip });
    if (response !== undefined) return response;
    return new URL(request.url).pathname === '/'
      ? new Response('Acme Notes')
      : new Response('Not found', { status: 404 });
  },
};

// oxlint-disable-next-line import/no-default-export -- The default export of a module is the Worker.
export default worker;

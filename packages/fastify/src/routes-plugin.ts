import { checkOptions, type HandledRoutes, isAddress, type OptionTable } from '@vestibule/http';
import { serveRoutes } from '@vestibule/http/node';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import type { IncomingMessage } from 'node:http';

/** Options of `routesPlugin`. */
export interface RoutesOptions extends HandledRoutes {
  /**
   * The address of the client.
   *
   * @default Fastify's `request.ip`, which follows `trustProxy`; the address of the connection if that is not an IP address, because
   * proxies pass on what clients write into `X-Forwarded-For`
   */
  readonly ip?: (request: FastifyRequest) => string;
}

const OPTIONS: OptionTable<RoutesOptions> = {
  origin: 'string',
  routes: 'list',
  anyHost: 'boolean?',
  ip: 'function?',
};

/**
 * Responds in the hook `onRequest`, before Fastify reads the body. What it does not respond to goes on to the hooks that were added
 * later and to the routes of the app.
 */
const plugin: FastifyPluginAsync<RoutesOptions> = async (fastify, options) => {
  checkOptions('routesPlugin', options, OPTIONS);
  if (fastify.initialConfig.http2 === true) {
    throw new Error(
      'routesPlugin: an app with http2 is not supported. Let a proxy speak HTTP/2 with clients.',
    );
  }
  const { ip = addressOf, ...served } = options;
  const requests = new WeakMap<IncomingMessage, FastifyRequest>();
  const serve = serveRoutes({
    ...served,
    ip: (incoming) => {
      const request = requests.get(incoming);
      return request === undefined ? '' : ip(request);
    },
  });

  fastify.addHook('onRequest', async (request, reply) => {
    requests.set(request.raw, request);
    const undo = withHeadersOf(reply);
    if (await serve(request.raw, reply.raw)) reply.hijack();
    else undo();
  });
};

/** Gives the headers that hooks have set to the response of Node. Returns a function that takes them back. */
function withHeadersOf(reply: FastifyReply): () => void {
  const headers = Object.entries(reply.getHeaders());
  for (const [name, value] of headers) if (value !== undefined) reply.raw.setHeader(name, value);
  return () => {
    for (const [name] of headers) reply.raw.removeHeader(name);
  };
}

/**
 * Uses the address of the connection if `ip` is not an address: a client could invent a new text for each request, and each
 * would have its own limits.
 */
const addressOf = ({ ip, socket }: FastifyRequest): string =>
  isAddress(ip) ? ip : (socket.remoteAddress ?? '');

/**
 * A Fastify plugin that responds to exactly these routes. If an endpoint returns `undefined`, the request is passed on to the routes
 * of the app, like any other path.
 *
 * @throws TypeError that names each option that is unknown, missing or has the wrong type; `app.register` rejects with it
 * @throws Error if `origin` is not an origin, or the app has the option `http2`
 * @example
 * ```ts
 * import { routesPlugin } from '@vestibule/fastify';
 * import fastify from 'fastify';
 *
 * const hello = { path: '/hello', endpoint: async (request: Request) => new Response(request.url) };
 * const app = fastify();
 * await app.register(routesPlugin, { origin: 'https://id.example', routes: [hello] });
 * ```
 */
export const routesPlugin: FastifyPluginAsync<RoutesOptions> = fastifyPlugin(plugin, {
  name: '@vestibule/fastify',
  fastify: '5.x',
});

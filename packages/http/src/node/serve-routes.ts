import { checkOptions, type OptionTable } from '@vestibule/core';
import type { ServerResponse } from 'node:http';
import type { Endpoint } from '../handler.ts';
import { directHandlerOf, type PlainHandler } from '../program/plain-endpoint.ts';
import type { Reply } from '../program/reply.ts';
import { documentSourceOf } from '../response/document.ts';
import type { HandledRoutes } from '../route/handle-routes.ts';
import { requireOrigin } from '../route/origin.ts';
import { createRouteTable } from '../route/route-table.ts';
import { createHostCheck } from './host.ts';
import { received } from './received.ts';
import { pathAndQuery } from './request-target.ts';
import { sendDocument } from './send-document.ts';
import { sendReply } from './send-reply.ts';
import { sendResponse } from './send-response.ts';
import { discardRest } from './to-body.ts';
import { toPlainRequest } from './to-plain-request.ts';
import { hangUpSignal, type NodeRequest, toRequest } from './to-request.ts';

/**
 * Serves requests of a Node server. Resolves with `false` if nothing exists at the requested URL: then nothing was sent, and
 * another handler should respond.
 */
export type NodeServer<Incoming extends NodeRequest = NodeRequest> = (
  incoming: Incoming,
  outgoing: ServerResponse,
) => Promise<boolean>;

/** Options of `serveRoutes`. */
export interface ServedRoutes<Incoming extends NodeRequest = NodeRequest> extends HandledRoutes {
  /** The address of the client. */
  readonly ip: (incoming: Incoming) => string;
}

const OPTIONS: OptionTable<ServedRoutes> = {
  origin: 'string',
  routes: 'list',
  anyHost: 'boolean?',
  ip: 'function',
};

/**
 * Serves exactly these routes, at one origin. If an endpoint returns `undefined`, the next route of the path responds.
 *
 * @throws TypeError that names each option that is unknown, missing or has the wrong type
 * @throws Error if `origin` is not an origin; the server throws what an endpoint or the stream of a body throws
 * @example
 * ```ts
 * import { serveRoutes } from '@vestibule/http/node';
 * import { createServer } from 'node:http';
 *
 * const hello = { path: '/hello', endpoint: async (request: Request) => new Response(request.url) };
 * const serve = serveRoutes({
 *   origin: 'https://id.example',
 *   routes: [hello],
 *   ip: ({ socket }) => socket.remoteAddress ?? '',
 * });
 * createServer(async (incoming, outgoing) => {
 *   if (!(await serve(incoming, outgoing))) outgoing.writeHead(404).end();
 * });
 * ```
 */
export function serveRoutes<Incoming extends NodeRequest>(
  options: ServedRoutes<Incoming>,
): NodeServer<Incoming> {
  checkOptions('serveRoutes', options, OPTIONS);
  const { origin, routes, anyHost = false, ip } = options;
  requireOrigin(origin);
  const endpointsOf = createRouteTable(routes);
  const isHostOf = createHostCheck(origin);

  async function respond(endpoint: Endpoint, incoming: Incoming, outgoing: ServerResponse): Promise<boolean> {
    const source = documentSourceOf(endpoint);
    if (source !== undefined && (await sendDocument(source, incoming, outgoing))) return true;
    const direct = directHandlerOf(endpoint);
    if (direct !== undefined) return respondDirectly(direct, incoming, outgoing);
    const request = toRequest(incoming, origin, hangUpSignal(outgoing));
    const response = request && (await endpoint(request, { ip: ip(incoming) }));
    if (response === undefined) return false;
    await sendResponse(response, outgoing, incoming.method ?? 'GET');
    discardRest(incoming);
    return true;
  }

  /** Calls an endpoint over plain values without making a `Request` and a `Response`. */
  async function respondDirectly(
    handler: PlainHandler<Reply | undefined>,
    incoming: Incoming,
    outgoing: ServerResponse,
  ): Promise<boolean> {
    const request = toPlainRequest(incoming, outgoing, origin);
    const reply = request && (await handler(request, { ip: ip(incoming) }));
    if (reply === undefined) return false;
    sendReply(reply, outgoing);
    discardRest(incoming);
    return true;
  }

  return async (incoming, outgoing) => {
    const endpoints = endpointsOf(pathOf(incoming.url ?? '/'));
    if (endpoints.length === 0) return false;
    if (!anyHost && !isHostOf(incoming)) return false;
    await received();
    for (const endpoint of endpoints) if (await respond(endpoint, incoming, outgoing)) return true;
    return false;
  };
}

/** The path of a request target, undecoded. The target can be an absolute URL (RFC 9112 §3.2.2). */
function pathOf(target: string): string {
  const asked = pathAndQuery(target);
  const end = asked.search(/[?#]/);
  return end === -1 ? asked : asked.slice(0, end);
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { pathAndQuery } from './request-target.ts';
import { toBody } from './to-body.ts';

/** Methods that a `Request` cannot have. */
const FORBIDDEN_METHODS: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK']);

/** Methods of requests without a body. */
export const BODILESS_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** The path and query of a request line; `originalUrl` if Express rewrote `url`. */
export type NodeRequest = IncomingMessage & { readonly originalUrl?: string };

/**
 * A Node request as a standard request, or `undefined` if that is impossible (TRACE).
 *
 * An adapter for another framework has to keep this: the origin is an argument and never read from `Host` or
 * `X-Forwarded-*`; repeated headers stay separate; the body stays a stream, and canceling it halfway does not close the
 * connection before the response is sent.
 *
 * @param hasBody whether the request has a body that was not read @default whether its method allows one
 */
export function toRequest(
  request: NodeRequest,
  origin: string,
  signal: AbortSignal,
  hasBody: boolean = !BODILESS_METHODS.has(request.method ?? 'GET'),
): Request | undefined {
  const method = request.method ?? 'GET';
  if (isForbidden(method)) return undefined;
  const headers = new Headers();
  const { rawHeaders } = request;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
  }
  const body = hasBody ? toBody(request) : null;
  const init: RequestInit & { duplex: 'half' } = { method, headers, body, signal, duplex: 'half' };
  return new Request(urlOf(request, origin), init);
}

/** Whether a `Request` cannot have a method. */
export const isForbidden = (method: string): boolean => FORBIDDEN_METHODS.has(method);

/** The URL of a request at an origin. Only the path and the query of an absolute URL are used. */
export const urlOf = (request: NodeRequest, origin: string): string =>
  `${origin}${pathAndQuery(targetOf(request))}`;

/** What the request line asks for: a path with a query, or an absolute URL (RFC 9112 §3.2.2). */
export const targetOf = (request: NodeRequest): string => request.originalUrl ?? request.url ?? '/';

/** Whether the client disconnected before the response was sent. */
export const hasHungUp = (outgoing: ServerResponse): boolean => outgoing.closed && !outgoing.writableFinished;

/** A signal that is aborted if the client disconnects before the response is sent. */
export function hangUpSignal(outgoing: ServerResponse): AbortSignal {
  const controller = new AbortController();
  if (hasHungUp(outgoing)) controller.abort();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) controller.abort();
  });
  return controller.signal;
}

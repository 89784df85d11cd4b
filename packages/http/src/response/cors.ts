import type { Handler } from '../handler.ts';
import { NOSNIFF } from './json.ts';

export interface CorsOptions {
  /** Request headers that pages may send. @default `authorization, content-type, dpop, mcp-protocol-version` */
  readonly allowedHeaders?: readonly string[];
  /** Response headers that pages may read. @default `www-authenticate, dpop-nonce, retry-after` */
  readonly exposedHeaders?: readonly string[];
}

/** Agents that run in a page send `MCP-Protocol-Version` wherever they go. */
const ALLOWED_HEADERS = ['authorization', 'content-type', 'dpop', 'mcp-protocol-version'];
const EXPOSED_HEADERS: readonly string[] = ['www-authenticate', 'dpop-nonce', 'retry-after'];
const PREFLIGHT_SECONDS = 86_400;

/**
 * Lets pages of any origin use a machine endpoint, its errors included. Such endpoints look at no cookie, so
 * credentials are never allowed.
 *
 * @see {@link https://fetch.spec.whatwg.org/#http-cors-protocol Fetch, CORS protocol}
 */
export function withCors<Answer extends Response | undefined>(
  methods: readonly string[],
  handler: Handler<Answer>,
  options: CorsOptions = {},
): Handler<Answer | Response> {
  const { allowedHeaders = ALLOWED_HEADERS, exposedHeaders = EXPOSED_HEADERS } = options;
  const preflight = preflightHeaders(methods, allowedHeaders);
  return async (request, info) => {
    const isPreflight = request.method === 'OPTIONS';
    const answer = isPreflight
      ? new Response(null, { status: 204, headers: preflight })
      : await handler(request, info);
    return answer && readableByPages(answer, exposedHeaders);
  };
}

/** What an answer to a preflight lets pages do. */
export const preflightHeaders = (
  methods: readonly string[],
  allowedHeaders: readonly string[] = ALLOWED_HEADERS,
): Readonly<Record<string, string>> => ({
  'access-control-allow-methods': methods.join(', '),
  'access-control-allow-headers': allowedHeaders.join(', '),
  'access-control-max-age': String(PREFLIGHT_SECONDS),
});

/** An answer that pages of any origin may read, and that none of them takes for something else than it says. */
export function readableByPages(
  answer: Response,
  exposedHeaders: readonly string[] = EXPOSED_HEADERS,
): Response {
  const headers = new Headers(answer.headers);
  headers.set('access-control-allow-origin', '*');
  headers.set('access-control-expose-headers', exposedHeaders.join(', '));
  for (const [name, value] of Object.entries(NOSNIFF)) headers.set(name, value);
  return new Response(answer.body, { status: answer.status, headers });
}

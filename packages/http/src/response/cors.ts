import type { Handler } from '../handler.ts';
import { NOSNIFF } from '../program/reply.ts';
import { knownBodyOf } from './known-body.ts';

/** Which headers pages of other origins may send and read. */
export interface CorsOptions {
  /** Request headers that pages may send. @default `authorization, content-type, dpop, mcp-protocol-version` */
  readonly allowedHeaders?: readonly string[];
  /** Response headers that pages may read. @default `www-authenticate, dpop-nonce, retry-after` */
  readonly exposedHeaders?: readonly string[];
}

/** Agents that run in a page send `MCP-Protocol-Version` with every request. */
const ALLOWED_HEADERS = ['authorization', 'content-type', 'dpop', 'mcp-protocol-version'];
const EXPOSED_HEADERS: readonly string[] = ['www-authenticate', 'dpop-nonce', 'retry-after'];
const PREFLIGHT_SECONDS = 86_400;

/**
 * Allows pages of any origin to use a machine endpoint and read its errors. Such endpoints ignore cookies, so credentials
 * are never allowed.
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

/** The headers of the response to a preflight request. */
export const preflightHeaders = (
  methods: readonly string[],
  allowedHeaders: readonly string[] = ALLOWED_HEADERS,
): Readonly<Record<string, string>> => ({
  'access-control-allow-methods': methods.join(', '),
  'access-control-allow-headers': allowedHeaders.join(', '),
  'access-control-max-age': String(PREFLIGHT_SECONDS),
});

/** The headers of a response that pages of any origin can read. */
export const headersForPages = (
  exposedHeaders: readonly string[] = EXPOSED_HEADERS,
): Readonly<Record<string, string>> => ({
  'access-control-allow-origin': '*',
  'access-control-expose-headers': exposedHeaders.join(', '),
  ...NOSNIFF,
});

/**
 * A response that pages of any origin can read, and that browsers do not interpret as another media type. The headers of a
 * response that `json` made are changed in place; every other response is copied.
 */
export function readableByPages(
  answer: Response,
  exposedHeaders: readonly string[] = EXPOSED_HEADERS,
): Response {
  const isOurs = knownBodyOf(answer) !== undefined;
  const headers = isOurs ? answer.headers : new Headers(answer.headers);
  for (const [name, value] of Object.entries(headersForPages(exposedHeaders))) headers.set(name, value);
  return isOurs ? answer : new Response(answer.body, { status: answer.status, headers });
}

import type { Endpoint } from '../handler.ts';

const ALLOWED_HEADERS = 'authorization, content-type, mcp-protocol-version';
const EXPOSED_HEADERS = 'www-authenticate, retry-after';
const PREFLIGHT_SECONDS = 86_400;

/**
 * Lets pages of any origin use a machine endpoint, its errors included. Such endpoints look at no cookie, so
 * credentials are never allowed. Agents that run in a page send `MCP-Protocol-Version`.
 *
 * @see {@link https://fetch.spec.whatwg.org/#http-cors-protocol Fetch, CORS protocol}
 */
export function withCors(methods: readonly string[], endpoint: Endpoint): Endpoint {
  return async (request, info) => {
    const response = request.method === 'OPTIONS' ? preflight(methods) : await endpoint(request, info);
    response?.headers.set('access-control-allow-origin', '*');
    response?.headers.set('access-control-expose-headers', EXPOSED_HEADERS);
    return response;
  };
}

function preflight(methods: readonly string[]): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-methods': methods.join(', '),
      'access-control-allow-headers': ALLOWED_HEADERS,
      'access-control-max-age': String(PREFLIGHT_SECONDS),
    },
  });
}

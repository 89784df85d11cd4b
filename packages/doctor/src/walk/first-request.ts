import { NAVIGATION_HEADERS } from '@vestibule/client-fixtures';

/**
 * The first request of an MCP client.
 *
 * @see {@link https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle#initialization MCP, initialization}
 */
export const firstRequest = (headers: Readonly<Record<string, string>> = {}): RequestInit => ({
  method: 'POST',
  headers: {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    ...headers,
  },
  body: JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'vestibule-doctor', version: '1' },
    },
  }),
});

/** How a browser requests a page. */
export const NAVIGATION: RequestInit = { headers: NAVIGATION_HEADERS };

import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { withCors } from '@vestibule/http';
import { localKeys, type RoutesBeside } from '@vestibule/node';
import { createResourceServer } from '@vestibule/resource-server';
import { createMcpGate } from '@vestibule/resource-server/mcp';

/** What agents that run in a page send and read. */
const CORS = {
  allowedHeaders: [
    'authorization',
    'content-type',
    'last-event-id',
    'mcp-protocol-version',
    'mcp-session-id',
    '*',
  ],
  exposedHeaders: ['www-authenticate', 'mcp-protocol-version', 'mcp-session-id'],
};

/** A small MCP server in the same process. Replace it with your own. */
export const apiRoutes: RoutesBeside = ({ issuer, apis }, server) =>
  apis.flatMap(({ name, resource, scopes }) => {
    const guard = createResourceServer({ issuer, resource, name, scopes, fetch: localKeys(server) });
    const gate = createMcpGate(guard);
    const mcp = createMcpHandler(() => createSample(name));
    const endpoint = async (request: Request) => {
      const admitted = await gate(request, scopes);
      return admitted instanceof Response ? admitted : mcp.fetch(request, { authInfo: admitted });
    };
    return [
      { path: new URL(resource).pathname, endpoint: withCors(['GET', 'POST', 'DELETE'], endpoint, CORS) },
      { path: guard.metadataPath, endpoint: async () => guard.metadata() },
    ];
  });

function createSample(name: string): McpServer {
  const server = new McpServer({ name, version: '1.0.0' });
  server.registerTool('greet', { description: 'Says hello' }, async () => ({
    content: [{ type: 'text', text: `Hello from ${name}` }],
  }));
  return server;
}

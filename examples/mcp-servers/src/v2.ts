import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { withErrorBoundary } from '@vestibule/http';
import { serveRoutes } from '@vestibule/http/node';
import { createResourceServer, type ResourceServerOptions } from '@vestibule/resource-server';
import { createMcpGate } from '@vestibule/resource-server/mcp';
import type { RequestListener } from 'node:http';

/** An MCP server with version 2 of the official SDK, on fetch. The gate stands before it. */
export function createServerV2(options: ResourceServerOptions): RequestListener {
  const server = createResourceServer(options);
  const gate = createMcpGate(server);
  const handler = createMcpHandler(() => {
    const mcp = new McpServer({ name: 'who', version: '1.0.0' });
    mcp.registerTool('who', { description: 'Says for whom the agent acts' }, async ({ http }) => ({
      content: [{ type: 'text', text: String(http?.authInfo?.extra?.['subject']) }],
    }));
    return mcp;
  });

  async function respond(request: Request): Promise<Response> {
    const passed = await gate(request, ['notes:read']);
    return passed instanceof Response ? passed : handler.fetch(request, { authInfo: passed });
  }
  const { origin, pathname } = new URL(options.resource);
  const serve = serveRoutes({
    origin,
    routes: [
      { path: pathname, endpoint: withErrorBoundary(report, respond) },
      {
        path: server.metadataPath,
        endpoint: withErrorBoundary(report, (request) => server.metadata(request)),
      },
    ],
    ip: ({ socket }) => socket.remoteAddress ?? '',
  });
  return async (incoming, outgoing) => {
    if (!(await serve(incoming, outgoing))) outgoing.writeHead(404).end();
  };
}

const report = (error: unknown): void => void process.stderr.write(`${String(error)}\n`);

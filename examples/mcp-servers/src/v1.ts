import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import {
  createResourceServer,
  createTokenVerifier,
  type ResourceServerOptions,
} from '@vestibule/resource-server';
import { serveMetadata } from '@vestibule/resource-server/express';
import { createMcpTokenVerifier } from '@vestibule/resource-server/mcp';
import express from 'express';
import type { RequestListener } from 'node:http';

/** An MCP server with version 1 of the official SDK, on Express. Its own middleware asks our verifier. */
export function createServerV1(options: ResourceServerOptions): RequestListener {
  const { resource } = options;
  const server = createResourceServer(options);
  const requireToken = requireBearerAuth({
    verifier: createMcpTokenVerifier({
      verify: createTokenVerifier(options),
      resource,
      invalidToken: (message) => new InvalidTokenError(message),
    }),
    expectedResource: new URL(resource),
    requiredScopes: ['notes:read'],
    resourceMetadataUrl: server.metadataUrl,
  });

  const app = express();
  app.get(server.metadataPath, serveMetadata(server));
  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 passes on what a handler rejects with.
  app.post(new URL(resource).pathname, requireToken, express.json(), async (request, response) => {
    const mcp = new McpServer({ name: 'who', version: '1.0.0' });
    mcp.registerTool('who', { description: 'Says for whom the agent acts' }, ({ authInfo }) => ({
      content: [{ type: 'text', text: String(authInfo?.extra?.['subject']) }],
    }));
    const transport = new StreamableHTTPServerTransport();
    response.on('close', () => void mcp.close());
    await mcp.connect(transport);
    await transport.handleRequest(request, response, request.body);
  });
  return app;
}

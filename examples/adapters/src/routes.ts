import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { realmSettings } from '@vestibule/core/realm';
import { createRegistrar } from '@vestibule/core/registration';
import { type Handler, randomToken, type Route, sha256, withCors, withErrorBoundary } from '@vestibule/http';
import { createRegistrationEndpoint } from '@vestibule/http/registration';
import { createMemoryRateLimiter } from '@vestibule/rate-limit';
import { createResourceServer } from '@vestibule/resource-server';
import { createMcpGate } from '@vestibule/resource-server/mcp';
import { createAuthorizationServer, type Pages, passwords } from '@vestibule/server';
import { createMemoryStores } from '@vestibule/server/memory';

/** Who can sign in. A real application compares a hash. */
export const ADA = { username: 'ada', password: 'a horse of her own' };

/**
 * The routes of an authorization server with registration, and of the MCP server that it protects. Everything is in memory.
 *
 * @param origin where clients reach the app
 */
export function createRoutes(origin: string, pages: Pages): readonly Route[] {
  const resource = `${origin}/mcp`;
  const open = { openToDynamicClients: true };
  const stores = createMemoryStores({
    id: 'main',
    name: 'Acme',
    issuer: origin,
    settings: realmSettings({ registration: { open: true }, consent: { minimumReadingTime: 0 } }),
    apis: [{ id: 'notes', name: 'Notes', resource, scopes: ['notes:read'], ...open }],
    scopes: [{ name: 'notes:read', description: 'Read your notes', ...open }],
  });
  const { realms, clients, commit, audit } = stores;
  const clock = Date.now;
  // oxlint-disable-next-line no-console -- Node and Workers write it to their log.
  const onError = (error: unknown): void => console.error(error);
  const registrar = createRegistrar({
    realms,
    clients,
    commit,
    audit,
    clock,
    generateToken: randomToken,
    hash: sha256,
  });
  const server = createAuthorizationServer({
    realm: 'main',
    issuer: origin,
    realms,
    stores,
    audit,
    pages,
    clock,
    generateToken: randomToken,
    limiter: createMemoryRateLimiter(),
    registration: createRegistrationEndpoint({ registrar, realm: 'main', onError }),
    signIn: passwords({
      authenticate: async ({ username, password }) =>
        username === ADA.username && sha256(password) === sha256(ADA.password)
          ? { person: { subject: 'ada', name: 'Ada' }, methods: ['pwd'] }
          : undefined,
    }),
    onError,
  });

  const resourceServer = createResourceServer({
    issuer: origin,
    resource,
    name: 'Notes',
    scopes: ['notes:read'],
    fetch: (url) => server.jwks(new Request(url), { ip: '' }),
  });
  const gate = createMcpGate(resourceServer);
  const mcp = createMcpHandler(createNotes);
  const notes: Handler = async (request) => {
    const passed = await gate(request, ['notes:read']);
    return passed instanceof Response ? passed : mcp.fetch(request, { authInfo: passed });
  };
  return [
    ...server.routes,
    { path: '/mcp', endpoint: withCors(['GET', 'POST', 'DELETE'], withErrorBoundary(onError, notes)) },
    { path: resourceServer.metadataPath, endpoint: async () => resourceServer.metadata() },
  ];
}

function createNotes(): McpServer {
  const server = new McpServer({ name: 'notes', version: '1.0.0' });
  server.registerTool('list_notes', { description: 'List your notes' }, async () => ({
    content: [{ type: 'text', text: 'Water the ferns on Thursday.' }],
  }));
  return server;
}

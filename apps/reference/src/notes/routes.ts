import { createMcpHandler } from '@modelcontextprotocol/server';
import { type Api, openScopes, type Realm } from '@vestibule/core';
import { allowMethods, type Handler, type Route, withCors, withErrorBoundary } from '@vestibule/http';
import { createResourceServer, type ResourceServerOptions } from '@vestibule/resource-server';
import { neededScopes } from './needed-scopes.ts';
import { createNotesServer, FIRST_NOTES } from './notes-server.ts';

const METHODS = ['GET', 'POST', 'DELETE'];

/** What agents in a page send to an MCP server, and read from it. */
const CORS = {
  allowedHeaders: [
    'authorization',
    'content-type',
    'last-event-id',
    'mcp-protocol-version',
    'mcp-session-id',
    '*',
  ],
  exposedHeaders: ['www-authenticate', 'mcp-session-id', 'mcp-protocol-version'],
};

export interface NotesOptions {
  readonly realm: Realm;
  readonly api: Api;
  /** Fetches the issuer's keys. */
  readonly fetch: NonNullable<ResourceServerOptions['fetch']>;
  readonly onError: (error: unknown, request: Request) => void;
}

/** The Notes server, protected: an endpoint that wants a token, and the metadata that says where to get one. */
export function createNotesRoutes({ realm, api, fetch, onError }: NotesOptions): readonly Route[] {
  const open = openScopes(realm.scopes);
  const resourceServer = createResourceServer({
    issuer: realm.issuer,
    resource: api.resource,
    name: api.name,
    scopes: api.scopes.filter((name) => open.includes(name)),
    fetch,
  });

  const kept = [...FIRST_NOTES];

  const notes: Handler = async (request) => {
    const admission = await resourceServer.admit(request, await neededScopes(request));
    if (!admission.ok) return admission.response;
    const { clientId, scopes } = admission.token;
    const handler = createMcpHandler(() => createNotesServer({ clientId, scopes }, kept));
    return handler.fetch(request);
  };
  return [
    {
      path: new URL(api.resource).pathname,
      endpoint: withCors(METHODS, withErrorBoundary(onError, notes), CORS),
    },
    {
      path: resourceServer.metadataPath,
      endpoint: withCors(['GET'], allowMethods(['GET'], resourceServer.metadata)),
    },
  ];
}

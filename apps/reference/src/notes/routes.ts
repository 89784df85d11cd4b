import { createMcpHandler } from '@modelcontextprotocol/server';
import { type Api, openScopes, type Realm } from '@vestibule/core';
import { allowMethods, type Handler, type Route, withCors, withErrorBoundary } from '@vestibule/http';
import {
  createResourceServer,
  IssuerUnavailable,
  type ResourceServerOptions,
} from '@vestibule/resource-server';
import { createMcpGate } from '@vestibule/resource-server/mcp';
import { neededScopes } from './needed-scopes.ts';
import { createNotesServer, FIRST_NOTES } from './notes-server.ts';

const METHODS = ['GET', 'POST', 'DELETE'];

/** What agents in a page send to an MCP server, and read from it. */
const CORS = {
  allowedHeaders: [
    'authorization',
    'content-type',
    'dpop',
    'last-event-id',
    'mcp-protocol-version',
    'mcp-session-id',
    '*',
  ],
  exposedHeaders: ['www-authenticate', 'dpop-nonce', 'mcp-session-id', 'mcp-protocol-version'],
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
    dpop: api.dpop ?? 'off',
    fetch,
  });

  const gate = createMcpGate(resourceServer);
  const kept = [...FIRST_NOTES];
  const server = createMcpHandler(({ authInfo }) => createNotesServer(authInfo?.scopes ?? [], kept));

  const notes: Handler = async (request) => {
    const passed = await gate(request, await neededScopes(request)).catch(throwCause);
    return passed instanceof Response ? passed : server.fetch(request, { authInfo: passed });
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

/** Why the issuer does not answer decides what is answered here: a database that is away is a `503`. */
function throwCause(error: unknown): never {
  throw error instanceof IssuerUnavailable && error.cause !== undefined ? error.cause : error;
}

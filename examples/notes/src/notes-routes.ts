import type { McpHttpHandler } from '@modelcontextprotocol/server';
import { type Clock, obtainableScopes, type RealmDirectory } from '@vestibule/core';
import { type Api, findRealm, type Realm } from '@vestibule/core/realm';
import {
  ASK_EACH_TIME,
  createDocumentPreparer,
  documentEndpoint,
  type Handler,
  type PreparedDocument,
  type Route,
  withCors,
  withErrorBoundary,
} from '@vestibule/http';
import { localKeys, type RoutesBeside } from '@vestibule/node';
import type { AuthorizationServer } from '@vestibule/server';
import {
  type ApiTerms,
  createResourceServer,
  IssuerUnavailable,
  protectedResourceMetadata,
  type ResourceServerOptions,
} from '@vestibule/resource-server';
import { createMcpGate } from '@vestibule/resource-server/mcp';
import { neededScopes } from './needed-scopes.ts';

const METHODS = ['GET', 'POST', 'DELETE'];

/** The headers that agents in a page send to an MCP server, and read from it. */
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

interface NotesOptions {
  readonly realm: Realm;
  readonly api: Api;
  /** Reads the current state of the realm. */
  readonly realms: RealmDirectory;
  /** Fetches the issuer's keys. */
  readonly fetch: NonNullable<ResourceServerOptions['fetch']>;
  readonly scopesNow: AuthorizationServer['scopesNow'];
  readonly clock: Clock;
  readonly onError: (error: unknown, request: Request) => void;
}

/** Serves Notes beside each realm that has an API with the id `notes` at its own origin. */
export const notesRoutes: RoutesBeside = (realm, server, { realms, clock, onError }) => {
  const { origin } = new URL(realm.issuer);
  const api = realm.apis.find(({ id, resource }) => id === 'notes' && URL.parse(resource)?.origin === origin);
  if (api === undefined) return [];
  const { scopesNow } = server;
  return createNotesRoutes({ realm, api, realms, fetch: localKeys(server), scopesNow, clock, onError });
};

/** The protected Notes server: an endpoint that requires a token, and the metadata that says where to get one. */
function createNotesRoutes(options: NotesOptions): readonly Route[] {
  const { realm, api, fetch, scopesNow, clock, onError } = options;
  const { resource } = api;
  const resourceServer = createResourceServer({
    issuer: realm.issuer,
    resource,
    current: () => termsOf(options),
    // A revoked grant or a closed gate takes effect here immediately.
    scopesNow: ({ grantId = '', ...token }) => scopesNow({ ...token, grantId, resource }),
    fetch,
    clock,
  });

  const gate = createMcpGate(resourceServer);
  /** Loaded for the first agent with a token: the authorization server starts without it. */
  let handler: Promise<McpHttpHandler> | undefined;

  const notes: Handler = async (request) => {
    const passed = await gate(request, await neededScopes(request)).catch(throwCause);
    if (passed instanceof Response) return passed;
    handler ??= import('./notes-handler.ts').then(({ createNotesHandler }) => createNotesHandler());
    return (await handler).fetch(request, { authInfo: passed });
  };
  const prepare = createDocumentPreparer();
  const metadata = async (): Promise<PreparedDocument> =>
    prepare(
      protectedResourceMetadata({ issuer: realm.issuer, resource, ...(await termsOf(options)) }),
      ASK_EACH_TIME,
    );
  return [
    {
      path: new URL(resource).pathname,
      endpoint: withCors(METHODS, withErrorBoundary(onError, notes), CORS),
    },
    {
      path: resourceServer.metadataPath,
      endpoint: documentEndpoint(metadata, (respond) =>
        withCors(['GET'], withErrorBoundary(onError, respond)),
      ),
    },
  ];
}

/** The current terms of the API, so that challenges and metadata follow the gates without a restart. */
async function termsOf({ realm, api, realms }: NotesOptions): Promise<ApiTerms> {
  const now = await findRealm(realms, realm.id);
  const found = now?.apis.find(({ id }) => id === api.id);
  if (now === undefined || found === undefined) return { name: api.name };
  return { name: found.name, scopes: obtainableScopes(now, [found]), dpop: found.dpop ?? 'off' };
}

/** Throws the cause if the issuer is unavailable: if its database cannot be reached, Notes responds with 503. */
function throwCause(error: unknown): never {
  throw error instanceof IssuerUnavailable && error.cause !== undefined ? error.cause : error;
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

/** How a small server responds; correct by default. */
export interface Behavior {
  /** Changes the stored registration, and so the response. */
  readonly keep?: (client: Client) => Client;
  /** Replaces the response to a registration. */
  readonly answer?: (client: Client, response: ServerResponse) => void;
  /** Called for every registration before it is read; true if it was responded to. */
  readonly limit?: (response: ServerResponse) => boolean;
  readonly matches?: (registered: string, requested: string) => boolean;
  /** The document at a URL, as the server can fetch it. Absent: the server does not offer documents. */
  readonly documentAt?: (url: string) => Client | undefined;
  /** Responds to a request whose redirect URI was found. */
  readonly leadOn?: (redirectUri: string, response: ServerResponse) => void;
  /** Responds to a request whose redirect URI was not found. */
  readonly refuse?: (redirectUri: string, response: ServerResponse) => void;
  readonly cors?: boolean;
  /** Responds to the preflight of a registration. */
  readonly preflight?: (response: ServerResponse) => void;
  /** Changes the metadata; undefined if there are none. */
  readonly metadata?: (metadata: Readonly<Record<string, unknown>>) => unknown;
  /** The only initial access token. Absent: registration needs no token. */
  readonly token?: string;
  /** The metadata of an API: its path, and the document for an issuer. */
  readonly api?: { readonly path: string; says(issuer: string): object };
  /** The path of the metadata. @default as in RFC 8414 */
  readonly metadataPath?: string;
}

/** A client as it is stored and returned. */
export interface Client {
  readonly redirect_uris: readonly string[];
  readonly [member: string]: unknown;
}

/** A running server, with the requests that it received. */
export interface SmallServer {
  readonly issuer: string;
  readonly registrations: readonly Client[];
  /** The `resource` of each authorization request. */
  readonly resources: readonly (string | null)[];
  /** The `client_id` of each authorization request. */
  readonly clientIds: readonly (string | null)[];
}

/** An authorization server up to the point where a person is needed. Stopped at the end of the test. */
export async function startServer(behavior: Behavior = {}): Promise<SmallServer> {
  const clients = new Map<string, Client>();
  const registrations: Client[] = [];
  const resources: (string | null)[] = [];
  const clientIds: (string | null)[] = [];
  const server = createServer((request, response) => {
    if (behavior.cors !== false) {
      response.setHeader('access-control-allow-origin', '*');
      response.setHeader('access-control-allow-headers', 'Content-Type');
    }
    void answer(request, response);
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const issuer = `http://localhost:${typeof address === 'object' ? address?.port : ''}`;
  const metadata = {
    issuer,
    registration_endpoint: `${issuer}/register`,
    authorization_endpoint: `${issuer}/authorize`,
    scopes_supported: ['read', 'write'],
    ...(behavior.documentAt && {
      client_id_metadata_document_supported: true,
      token_endpoint_auth_methods_supported: ['none'],
    }),
  };
  const { metadataPath = '/.well-known/oauth-authorization-server', metadata: change } = behavior;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', issuer);
    if (url.pathname === metadataPath) return json(response, 200, change ? change(metadata) : metadata);
    if (behavior.api?.path === url.pathname) return json(response, 200, behavior.api.says(issuer));
    if (url.pathname === '/register' && request.method === 'OPTIONS') {
      return behavior.preflight ? behavior.preflight(response) : void response.writeHead(204).end();
    }
    if (url.pathname === '/register') {
      const { token } = behavior;
      const isLetIn = token === undefined || request.headers.authorization === `Bearer ${token}`;
      if (!isLetIn) return json(response, 401, { error: 'invalid_token' });
      return register(await textOf(request), response);
    }
    if (url.pathname === '/authorize') {
      resources.push(url.searchParams.get('resource'));
      clientIds.push(url.searchParams.get('client_id'));
      return authorize(url.searchParams, response);
    }
    page(response, 404);
  }

  function register(body: string, response: ServerResponse): void {
    if (behavior.limit?.(response)) return;
    const sent: Client = JSON.parse(body);
    registrations.push(sent);
    const id = `client-${registrations.length}`;
    const defaults = { grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] };
    const right = { ...defaults, ...sent, token_endpoint_auth_method: 'none', client_id: id };
    const client = behavior.keep?.(right) ?? right;
    clients.set(id, client);
    if (behavior.answer) behavior.answer(client, response);
    else json(response, 201, client);
  }

  function authorize(parameters: URLSearchParams, response: ServerResponse): void {
    const { matches = matchesRight, leadOn = toSignIn, refuse = refusePage } = behavior;
    const clientId = parameters.get('client_id') ?? '';
    const client = clients.get(clientId) ?? behavior.documentAt?.(clientId);
    const requested = parameters.get('redirect_uri') ?? '';
    const known = client?.redirect_uris.some((registered) => matches(registered, requested)) ?? false;
    (known ? leadOn : refuse)(requested, response);
  }

  return { issuer, registrations, resources, clientIds };
}

/** Compares exactly, except for the port of a loopback address. */
export function matchesRight(registered: string, requested: string): boolean {
  const withoutPort = (uri: string): string =>
    uri
      .replace(/^(http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])):\d+(?=\/|$)/, '$1')
      .replace(/^(http:\/\/[^/]+)$/, '$1/');
  return withoutPort(registered) === withoutPort(requested);
}

export const toSignIn = (_redirectUri: string, response: ServerResponse): void =>
  redirect(response, '/sign-in');

const refusePage = (_redirectUri: string, response: ServerResponse): void => page(response, 400);

export function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location }).end();
}

export function page(
  response: ServerResponse,
  status: number,
  html = '<!doctype html><title>Page</title>',
): void {
  response.writeHead(status, { 'content-type': 'text/html' }).end(html);
}

/** An object without some of its members. */
export const without = (
  object: Readonly<Record<string, unknown>>,
  ...members: readonly string[]
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(object).filter(([member]) => !members.includes(member)));

export function json(response: ServerResponse, status: number, body: unknown): void {
  if (body === undefined) return page(response, 404);
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

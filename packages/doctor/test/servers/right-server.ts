import { documents } from '@vestibule/client-fixtures';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listeningUntilEnd } from '@vestibule/testing/listening';
import { type Answer, type Fault, json, page, type Received, redirect } from './answer.ts';

/** A running server, with the requests that it received. */
export interface RightServer {
  readonly origin: string;
  /** The URL of its MCP server. */
  readonly target: string;
  readonly received: readonly Received[];
  /** The clients that registered and were not deleted. */
  readonly clients: ReadonlyMap<string, readonly string[]>;
}

/** An MCP server and its authorization server, up to the sign-in, without a fault but the given one. Stopped after the test. */
export async function startServer(fault: Fault = (answer) => answer): Promise<RightServer> {
  const received: Received[] = [];
  const clients = new Map<string, readonly string[]>();
  const server = createServer();
  const origin = await listeningUntilEnd(server);
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const one = await read(request, origin);
    received.push(one);
    const { status, headers, body } = fault(withCors(respond(one, origin, clients)), one, origin);
    response.writeHead(status, headers).end(body);
  };
  server.on('request', (request, response) => void serve(request, response));
  return { origin, target: `${origin}/mcp`, received, clients };
}

async function read(request: IncomingMessage, origin: string): Promise<Received> {
  const url = new URL(request.url ?? '', origin);
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: Buffer.concat(parts).toString(),
  };
}

const withCors = (answer: Answer): Answer => ({
  ...answer,
  headers: {
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'Content-Type, Authorization, MCP-Protocol-Version',
    'access-control-expose-headers': 'WWW-Authenticate',
    ...answer.headers,
  },
});

function respond(one: Received, origin: string, clients: Map<string, readonly string[]>): Answer {
  if (one.headers['host'] !== new URL(origin).host) return page(404);
  if (one.method === 'OPTIONS') return { status: 204, headers: {}, body: '' };
  switch (one.path) {
    case '/mcp':
      return challenge(one, origin);
    case '/.well-known/oauth-protected-resource/mcp':
      return json(200, {
        resource: `${origin}/mcp`,
        authorization_servers: [origin],
        scopes_supported: ['notes'],
      });
    case '/.well-known/oauth-authorization-server':
    case '/.well-known/openid-configuration':
      return json(200, metadata(origin));
    case '/token':
      return json(401, { error: 'invalid_client' }, { 'cache-control': 'no-store' });
    case '/register':
      return register(one, origin, clients);
    case '/authorize':
      return authorize(one.query, origin, clients);
    case '/sign-in':
      return page(200);
    default:
      if (one.method === 'DELETE' && clients.delete(one.path.slice(1))) return page(204);
      return page(404);
  }
}

function challenge({ headers }: Received, origin: string): Answer {
  const error = headers['authorization'] === undefined ? '' : ', error="invalid_token"';
  const value = `Bearer resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"${error}`;
  return json(401, { error: 'unauthorized' }, { 'www-authenticate': value });
}

const metadata = (origin: string): object => ({
  issuer: origin,
  authorization_endpoint: `${origin}/authorize`,
  token_endpoint: `${origin}/token`,
  registration_endpoint: `${origin}/register`,
  scopes_supported: ['notes'],
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  token_endpoint_auth_methods_supported: ['none'],
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
  client_id_metadata_document_supported: true,
});

function register({ body }: Received, origin: string, clients: Map<string, readonly string[]>): Answer {
  let sent;
  try {
    sent = JSON.parse(body);
  } catch {
    return json(400, { error: 'invalid_client_metadata' });
  }
  const uris: readonly string[] = sent.redirect_uris;
  if (uris.some((uri) => uri.startsWith('javascript:'))) return json(400, { error: 'invalid_redirect_uri' });
  const id = `client-${clients.size + 1}`;
  clients.set(id, uris);
  return json(201, {
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    ...sent,
    client_id: id,
    token_endpoint_auth_method: 'none',
    registration_client_uri: `${origin}/${id}`,
    registration_access_token: 'management',
  });
}

function authorize(
  query: URLSearchParams,
  origin: string,
  clients: ReadonlyMap<string, readonly string[]>,
): Answer {
  const id = query.get('client_id') ?? '';
  const uris =
    clients.get(id) ??
    documents.find(({ document }) => document.client_id === id)?.document.redirect_uris ??
    [];
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!uris.some((uri) => isSame(uri, redirectUri))) return page(400);
  const refuse = (error: string): Answer => {
    const url = new URL(redirectUri);
    for (const [name, value] of Object.entries({ error, state: query.get('state') ?? '', iss: origin })) {
      url.searchParams.set(name, value);
    }
    return redirect(url.href);
  };
  if (query.get('response_type') !== 'code') return refuse('unsupported_response_type');
  return query.has('code_challenge') ? redirect('/sign-in') : refuse('invalid_request');
}

/** Equal, but for the port of a loopback address; the path of an origin may be left out. */
function isSame(registered: string, requested: string): boolean {
  const isLocal = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/;
  if (!isLocal.test(registered) || !isLocal.test(requested)) return registered === requested;
  const bare = (uri: string): string => uri.replace(/:\d+(?=\/|$)/, '').replace(/^(http:\/\/[^/]+)$/, '$1/');
  return bare(registered) === bare(requested);
}

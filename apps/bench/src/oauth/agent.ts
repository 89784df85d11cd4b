import { createHash, randomBytes } from 'node:crypto';
import { Connection } from '../http/connection.ts';
import type { HttpResponse } from '../http/response-reader.ts';
import type { RunningServer } from '../targets/running-server.ts';
import type { Target } from '../targets/target.ts';
import { readObject, textIn } from './json.ts';
import type { KnownClient } from './known-client.ts';

/** The paths of a server's endpoints. */
export interface Endpoints {
  readonly metadata: string;
  readonly registration: string;
  readonly authorization: string;
  readonly token: string;
  readonly introspection: string;
}

/** A client of the load, with a connection of its own. */
export interface Agent {
  readonly target: Target;
  readonly connection: Connection;
  readonly endpoints: Endpoints;
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
}

const FORM = 'application/x-www-form-urlencoded';
/** Different in each run, so that no server has seen these clients. */
const RUN = randomBytes(4).toString('hex');
let registrations = 0;

/** Connects one agent to each of the server's nodes in turn. */
export const connectAgents = async (
  target: Target,
  server: RunningServer,
  endpoints: Endpoints,
  count: number,
): Promise<readonly Agent[]> => {
  const agents = Array.from({ length: count }, (_, index) => {
    const address = server.addresses[index % server.addresses.length] ?? server.origin;
    return { target, endpoints, connection: new Connection(address, server.origin) };
  });
  await Promise.all(agents.map(({ connection }) => connection.open()));
  return agents;
};

export const disconnect = (agents: readonly Agent[]): void => {
  for (const { connection } of agents) connection.close();
};

/** Reads the endpoints from the metadata document of the server. */
export async function discover(target: Target, server: RunningServer): Promise<Endpoints> {
  const connection = new Connection(server.addresses[0] ?? server.origin, server.origin);
  try {
    const response = await connection.request({ method: 'GET', path: target.metadataPath });
    if (response.status !== 200) throw problem('metadata', response);
    const metadata = readObject(response.body.toString());
    const path = (name: string): string => {
      const url = textIn(metadata, name);
      return url === undefined ? '' : new URL(url).pathname;
    };
    return {
      metadata: target.metadataPath,
      registration: path('registration_endpoint') || '/register',
      authorization: path('authorization_endpoint'),
      token: path('token_endpoint'),
      introspection: path('introspection_endpoint') || '/connect/introspect',
    };
  } finally {
    connection.close();
  }
}

/** The text of a registration as agents send it: a new name and a new redirect URI each time. */
export function registrationText({ connection, endpoints }: Agent): string {
  registrations += 1;
  return connection.format({
    method: 'POST',
    path: endpoints.registration,
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({
      client_name: `Reader ${RUN} ${registrations}`,
      redirect_uris: [`https://client.example/callback/${RUN}-${registrations}`],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    }),
  });
}

export async function register(agent: Agent): Promise<KnownClient> {
  const text = registrationText(agent);
  const redirectUri = /"redirect_uris":\["([^"]+)"/.exec(text)?.[1] ?? '';
  const response = await agent.connection.send(text);
  if (response.status !== 201 && response.status !== 200) throw problem('registration', response);
  const id = textIn(readObject(response.body.toString()), 'client_id');
  if (id === undefined) throw problem('registration', response);
  return { id, redirectUri };
}

export interface Pkce {
  readonly verifier: string;
  readonly challenge: string;
}

export function newPkce(): Pkce {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

export const exchange = (
  agent: Agent,
  client: KnownClient,
  code: string,
  verifier: string,
): Promise<Tokens> =>
  requestTokens(agent, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: client.redirectUri,
    client_id: client.id,
    code_verifier: verifier,
  });

export const refresh = (agent: Agent, client: KnownClient, refreshToken: string): Promise<Tokens> =>
  requestTokens(agent, { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: client.id });

async function requestTokens(agent: Agent, parameters: Record<string, string>): Promise<Tokens> {
  const resource = agent.target.behavior?.resource;
  const body = new URLSearchParams({ ...parameters, ...(resource !== undefined && { resource }) });
  const response = await agent.connection.request({
    method: 'POST',
    path: agent.endpoints.token,
    headers: { 'Content-Type': FORM, Accept: 'application/json' },
    body: body.toString(),
  });
  if (response.status !== 200) throw problem(`token request (${parameters['grant_type']})`, response);
  const tokens = readObject(response.body.toString());
  const accessToken = textIn(tokens, 'access_token');
  if (accessToken === undefined) throw problem('token request', response);
  return { accessToken, refreshToken: textIn(tokens, 'refresh_token') };
}

/** Asks whether a token is active, as an API does. */
export async function introspect(agent: Agent, authorization: string, token: string): Promise<boolean> {
  const response = await agent.connection.request({
    method: 'POST',
    path: agent.endpoints.introspection,
    headers: { 'Content-Type': FORM, Authorization: authorization, Accept: 'application/json' },
    body: new URLSearchParams({ token }).toString(),
  });
  if (response.status !== 200) throw problem('introspection', response);
  return readObject(response.body.toString())['active'] === true;
}

/** An unexpected response, with the beginning of what it says. */
export const problem = (step: string, response: HttpResponse): Error =>
  new Error(`${step}: ${response.status} ${response.body.toString().slice(0, 200)}`);

import { OAuthProvider } from '@cloudflare/workers-oauth-provider';
import { judgeRegistration, dynamicClientPolicy, type PolicyContext } from '@vestibule/core/policy';
import { realmSettings } from '@vestibule/core/realm';
import { registrationCallback } from './registration-callback.ts';

const ISSUER = 'https://agents.example';
const REGISTER = '/register';

const context: PolicyContext = {
  issuer: ISSUER,
  settings: realmSettings({ registration: { reservedNames: ['Acme'] } }).registration,
  scopes: [],
};

const provider = new OAuthProvider({
  apiRoute: '/mcp',
  resourceMetadata: { resource: `${ISSUER}/mcp`, authorization_servers: [ISSUER] },
  apiHandler: { fetch: async () => Response.json({ notes: [] }) },
  defaultHandler: { fetch: async () => new Response('Not found', { status: 404 }) },
  authorizeEndpoint: '/authorize',
  tokenEndpoint: '/token',
  clientRegistrationEndpoint: REGISTER,
  clientRegistrationCallback: registrationCallback(context),
});

type Fetch = typeof provider.fetch;

/**
 * The worker, which the entry of yours exports as its default. In front of its registration it does what no callback can: it replaces what a client asks for with what the policy makes
 * of it, so that no client gets a secret.
 */
export const worker = {
  async fetch(
    request: Request,
    env: Parameters<Fetch>[1],
    execution: Parameters<Fetch>[2],
  ): Promise<Response> {
    const isRegistration = request.method === 'POST' && new URL(request.url).pathname === REGISTER;
    return provider.fetch(isRegistration ? await narrowed(request) : request, env, execution);
  },
};

/** A registration with the effective metadata. One that is refused stays as it is: the callback responds. */
async function narrowed(request: Request): Promise<Request> {
  const body: unknown = await request
    .clone()
    .json()
    .catch(() => undefined);
  const judged = judgeRegistration(body, dynamicClientPolicy, context);
  if (!judged.ok) return request;
  const headers = new Headers(request.headers);
  headers.delete('content-length');
  return new Request(request.url, { method: 'POST', headers, body: JSON.stringify(judged.metadata) });
}

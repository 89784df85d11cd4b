// Starts a server of others on a port, as its own documentation does it: `node servers.mjs NAME PORT`. Each prints its URL.
import { createServer } from 'node:http';
import { registerHooks } from 'node:module';

const PATH = '/mcp';

/** Starts an Express app. */
const listen = (app, port) => new Promise((resolve) => app.listen(port, '127.0.0.1', resolve));

/** Serves a function from Request to Response. */
const serve = (handle, port) =>
  new Promise((resolve) => {
    createServer(async (request, response) => {
      const parts = [];
      for await (const part of request) parts.push(part);
      const body = parts.length === 0 ? undefined : Buffer.concat(parts);
      const sent = await handle(
        new Request(new URL(request.url, `http://${request.headers.host}`), {
          method: request.method,
          headers: Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
          ...(body !== undefined && { body }),
        }),
      );
      response.writeHead(sent.status, Object.fromEntries(sent.headers));
      response.end(Buffer.from(await sent.arrayBuffer()));
    }).listen(port, '127.0.0.1', resolve);
  });

const starters = {
  /** node-oidc-provider with registration, documents and resource indicators. */
  async 'oidc-provider'(port) {
    const { Provider } = await import('oidc-provider');
    const issuer = `http://localhost:${port}`;
    const resource = `http://localhost:${port}${PATH}`;
    const provider = new Provider(issuer, {
      scopes: ['openid', 'offline_access', 'notes'],
      features: {
        registration: { enabled: true },
        resourceIndicators: {
          enabled: true,
          defaultResource: () => resource,
          getResourceServerInfo: () => ({ scope: 'notes', audience: resource, accessTokenFormat: 'jwt' }),
        },
      },
    });
    await new Promise((resolve) => createServer(provider.callback()).listen(port, 'localhost', resolve));
    return issuer;
  },

  /** The router of the MCP SDK with its demo provider, and an MCP server that requires a token. */
  async 'mcp-sdk'(port) {
    const { DemoInMemoryAuthProvider } =
      await import('@modelcontextprotocol/sdk/examples/server/demoInMemoryOAuthProvider.js');
    const { mcpAuthRouter, getOAuthProtectedResourceMetadataUrl } =
      await import('@modelcontextprotocol/sdk/server/auth/router.js');
    const { requireBearerAuth } =
      await import('@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js');
    const { default: express } = await import('express');
    const app = express();
    const provider = new DemoInMemoryAuthProvider();
    const resource = new URL(`http://localhost:${port}${PATH}`);
    const unlimited = { rateLimit: false };
    app.use(
      mcpAuthRouter({
        provider,
        issuerUrl: new URL(`http://localhost:${port}`),
        resourceServerUrl: resource,
        scopesSupported: ['notes'],
        authorizationOptions: unlimited,
        tokenOptions: unlimited,
        clientRegistrationOptions: unlimited,
        revocationOptions: unlimited,
      }),
    );
    app.all(
      PATH,
      requireBearerAuth({
        verifier: provider,
        resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(resource),
      }),
      (_, response) => response.json({}),
    );
    await listen(app, port);
    return resource.href;
  },

  /** better-auth with its OAuth provider and unauthenticated registration. */
  async 'better-auth'(port) {
    const { oauthProvider, oauthProviderAuthServerMetadata } = await import('@better-auth/oauth-provider');
    const { betterAuth } = await import('better-auth');
    const { getMigrations } = await import('better-auth/db/migration');
    const { toNodeHandler } = await import('better-auth/node');
    const { jwt } = await import('better-auth/plugins');
    const { default: Database } = await import('better-sqlite3');
    const resource = `http://localhost:${port}${PATH}`;
    const unlimited = ['register', 'authorize', 'token', 'introspect', 'revoke', 'userinfo'];
    const options = {
      database: new Database(':memory:'),
      baseURL: `http://localhost:${port}`,
      secret: 'a-secret-of-at-least-thirty-two-characters',
      emailAndPassword: { enabled: true },
      rateLimit: { enabled: false },
      telemetry: { enabled: false },
      logger: { level: 'error' },
      plugins: [
        jwt(),
        oauthProvider({
          loginPage: '/sign-in',
          consentPage: '/consent',
          scopes: ['openid', 'offline_access', 'notes'],
          allowDynamicClientRegistration: true,
          allowUnauthenticatedClientRegistration: true,
          resources: [resource],
          cachedResources: new Set([resource]),
          enforcePerClientResources: false,
          rateLimit: Object.fromEntries(unlimited.map((endpoint) => [endpoint, false])),
          silenceWarnings: { oauthAuthServerConfig: true, openidConfig: true },
        }),
      ],
    };
    const { runMigrations } = await getMigrations(options);
    await runMigrations();
    const auth = betterAuth(options);
    const metadata = oauthProviderAuthServerMetadata(auth);
    const handle = toNodeHandler(auth);
    const { issuer } = await auth.api.getOAuthServerConfig();
    createServer(async (request, response) => {
      const isMetadata = request.url.startsWith('/.well-known/oauth-authorization-server');
      if (!isMetadata) return handle(request, response);
      // Its README leaves it to the host to mount this handler at the well-known path.
      const sent = await metadata(new Request(new URL(request.url, `http://${request.headers.host}`)));
      response.writeHead(sent.status, Object.fromEntries(sent.headers)).end(await sent.text());
    }).listen(port, 'localhost');
    return issuer;
  },

  /** OpenAuth with a password provider and its memory store. */
  async openauth(port) {
    const { issuer } = await import('@openauthjs/openauth');
    const { MemoryStorage } = await import('@openauthjs/openauth/storage/memory');
    const { CodeProvider } = await import('@openauthjs/openauth/provider/code');
    const { createSubjects } = await import('@openauthjs/openauth/subject');
    const { CodeUI } = await import('@openauthjs/openauth/ui/code');
    const app = issuer({
      subjects: createSubjects({}),
      storage: MemoryStorage(),
      providers: { code: CodeProvider(CodeUI({ sendCode: async () => {} })) },
      success: async (context) => context.subject('user', { id: '1' }),
    });
    await serve((request) => app.fetch(request), port);
    return `http://localhost:${port}`;
  },

  async 'oauth2-mock-server'(port) {
    const { OAuth2Server } = await import('oauth2-mock-server');
    const server = new OAuth2Server();
    await server.issuer.keys.generate('RS256');
    await server.start(port, 'localhost');
    return server.issuer.url;
  },

  /** The provider of Cloudflare Workers on Node, with a map instead of KV. */
  async 'workers-oauth-provider'(port) {
    registerHooks({
      resolve: (name, context, next) =>
        name === 'cloudflare:workers'
          ? { url: 'data:text/javascript,export class WorkerEntrypoint {}', shortCircuit: true }
          : next(name, context),
    });
    const { OAuthProvider } = await import('@cloudflare/workers-oauth-provider');
    const kept = new Map();
    const kv = {
      get: async (key, type) => {
        const value = kept.get(key) ?? null;
        const wanted = typeof type === 'object' ? type?.type : type;
        return value !== null && wanted === 'json' ? JSON.parse(value) : value;
      },
      put: async (key, value) => void kept.set(key, value),
      delete: async (key) => void kept.delete(key),
      list: async ({ prefix = '' } = {}) => ({
        keys: [...kept.keys()].filter((key) => key.startsWith(prefix)).map((name) => ({ name })),
        list_complete: true,
      }),
    };
    const provider = new OAuthProvider({
      apiRoute: PATH,
      apiHandler: { fetch: async () => Response.json({}) },
      defaultHandler: {
        fetch: async (request, env) => {
          const { pathname } = new URL(request.url);
          if (pathname !== '/authorize') return new Response('Not found', { status: 404 });
          try {
            await env.OAUTH_PROVIDER.parseAuthRequest(request);
            return new Response('<!doctype html><title>Sign in</title>', {
              // The page of an app: the package has none.
              headers: { 'content-type': 'text/html', 'content-security-policy': "frame-ancestors 'none'" },
            });
          } catch (error) {
            return new Response(String(error.message), { status: 400 });
          }
        },
      },
      authorizeEndpoint: '/authorize',
      tokenEndpoint: '/token',
      clientRegistrationEndpoint: '/register',
      scopesSupported: ['notes'],
      resourceMetadata: {
        resource: `http://localhost:${port}${PATH}`,
        authorization_servers: [`http://localhost:${port}`],
      },
    });
    await serve(
      (request) =>
        provider.fetch(request, { OAUTH_KV: kv }, { waitUntil: () => {}, passThroughOnException: () => {} }),
      port,
    );
    return `http://localhost:${port}${PATH}`;
  },
};

const [name = '', port = '0'] = process.argv.slice(2);
const start = starters[name];
if (start === undefined) {
  process.stderr.write(`Usage: node servers.mjs NAME PORT\nNames: ${Object.keys(starters).join(', ')}\n`);
  process.exit(2);
}
process.stdout.write(`${await start(Number(port))}\n`);

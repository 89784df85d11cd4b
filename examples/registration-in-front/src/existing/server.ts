/* oxlint-disable oxc/no-async-endpoint-handlers -- Express 5 passes on what a handler rejects with. */
import express, { type Express } from 'express';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { errors, type InteractionResults, Provider } from 'oidc-provider';
import { consentPage, signInPage } from './pages.ts';
import { createStorage } from './storage.ts';

/** The address of the API that this server issues tokens for, and the secret of its administrators. */
export interface ExistingServerOptions {
  readonly issuer: string;
  readonly api: string;
  readonly adminToken: string;
  /** Where clients register. This server has no registration of its own. */
  readonly registrationEndpoint: string;
}

const SCOPE = 'notes:read';

/**
 * An authorization server that exists: node-oidc-provider, without registration, and an API for administrators as those of
 * Keycloak or Ory Hydra. It has people, signs them in and issues tokens.
 */
export function createExistingServer(options: ExistingServerOptions): Express {
  const { issuer, api, adminToken, registrationEndpoint } = options;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const storage = createStorage();
  const provider = new Provider(issuer, {
    adapter: storage,
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'key-1' }] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    // The one line that changed here: agents find the registration that stands in front.
    discovery: { registration_endpoint: registrationEndpoint },
    scopes: [SCOPE],
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    // The first rule: code with PKCE, for clients without a secret.
    pkce: { required: () => true },
    responseTypes: ['code'],
    features: {
      devInteractions: { enabled: false },
      // The fourth rule: a token is for one API, which the request names.
      resourceIndicators: {
        enabled: true,
        defaultResource: () => {
          throw new errors.InvalidTarget('resource is required');
        },
        getResourceServerInfo: (_ctx, resource) => {
          if (resource !== api) throw new errors.InvalidTarget();
          return {
            scope: SCOPE,
            audience: api,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'RS256' } },
          };
        },
      },
    },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    // The fifth rule: what a person allowed is not remembered, so that each authorization asks.
    loadExistingGrant: async ({ oidc }) => {
      const id = oidc.result?.consent?.grantId;
      return id === undefined ? undefined : oidc.provider.Grant.find(id);
    },
    findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
  });

  const app = express();
  // In production it is not reachable from outside.
  app.put('/admin/clients/:id', express.json(), async (request, response) => {
    if (request.headers.authorization !== `Bearer ${adminToken}`) return void response.sendStatus(401);
    await storage('Client').upsert(request.params.id, { ...request.body, client_id: request.params.id });
    // Validates what was stored; an invalid client is a 400.
    await provider.Client.find(request.params.id);
    response.sendStatus(204);
  });
  app.get('/interaction/:uid', async (request, response) => {
    const { prompt, params, uid } = await provider.interactionDetails(request, response);
    const client = await provider.Client.find(String(params['client_id']));
    const redirectUri = String(params['redirect_uri']);
    // Another page must not lay this one under its own, so that a person clicks here unknowingly.
    response.set('content-security-policy', "frame-ancestors 'none'");
    response.send(
      prompt.name === 'login' ? signInPage(uid) : consentPage(uid, client?.clientName ?? '', redirectUri),
    );
  });
  app.post('/interaction/:uid', express.urlencoded({ extended: false }), async (request, response) => {
    const { prompt, params, session } = await provider.interactionDetails(request, response);
    const finish = (result: InteractionResults) =>
      provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
    const { username, password, decision } = request.body;
    if (prompt.name === 'login') {
      const isAda = username === 'ada' && password === 'a horse of her own';
      return finish(isAda ? { login: { accountId: 'ada' } } : { error: 'access_denied' });
    }
    if (decision !== 'approve') return finish({ error: 'access_denied' });
    const grant = new provider.Grant({
      accountId: session?.accountId ?? '',
      clientId: String(params['client_id']),
    });
    grant.addOIDCScope(SCOPE);
    grant.addResourceScope(api, SCOPE);
    return finish({ consent: { grantId: await grant.save() } });
  });
  app.use(provider.callback());
  return app;
}

import { cite } from '@vestibule/requirements';
import { newBrowser } from '@vestibule/testing/browser';
import { describe, expect, test } from 'vitest';
import { type Configuration, errors, Provider } from 'oidc-provider';
import { createMemoryAdapter, vestibuleForOidcProvider } from '../src/index.ts';
import { registered, send } from './support/agent.ts';
import { type StartedBridge, startBridge } from './support/start-bridge.ts';

const SECRET = 'secret-secret-secret';
const BASIC = { authorization: `Basic ${Buffer.from(`web:${SECRET}`).toString('base64')}` };

const requestOf = ({ issuer }: StartedBridge, more: Record<string, string> = {}): string =>
  `${issuer}/auth?${new URLSearchParams({ client_id: 'web', response_type: 'code', redirect_uri: 'https://web.example/cb', scope: 'openid', ...more })}`;

/** What the pages of a team do: they sign Ada in, and grant what is asked. */
const GRANTING: Configuration = {
  interactions: { url: (_, { uid }) => `/login/${uid}` },
  loadExistingGrant: async (ctx) => {
    const { provider, client, account } = ctx.oidc;
    const grant = new provider.Grant({ clientId: client?.clientId, accountId: account?.accountId });
    grant.addOIDCScope('openid offline_access');
    await grant.save();
    return grant;
  },
};

describe(cite('a client of the team', 'vestibule:oidc-provider:team'), () => {
  test('works as before: without a resource and PKCE, with its secret, and with an ID token', async () => {
    const app = await startBridge({ configuration: GRANTING });
    const { away } = await newBrowser().open(requestOf(app));
    const fields = {
      grant_type: 'authorization_code',
      code: away?.searchParams.get('code') ?? '',
      redirect_uri: 'https://web.example/cb',
    };
    const { status, body } = await send(app, fields, '/token', BASIC);
    expect([status, body.scope, typeof body.id_token, body.refresh_token]).toEqual([
      200,
      'openid',
      'string',
      undefined,
    ]);
    expect(app.errors).toEqual([]);
  });

  test('is not asked for consent by the page of self-registered clients', async () => {
    const app = await startBridge({ configuration: GRANTING });
    const browser = newBrowser();
    await browser.open(requestOf(app));
    const again = await browser.open(requestOf(app, { prompt: 'none' }));
    expect(again.away?.searchParams.has('code')).toBe(true);
  });

  test('has to have what the team requires of its clients, and an agent does not', async () => {
    const app = await startBridge({
      configuration: {
        extraClientMetadata: {
          properties: ['tenant'],
          validator: (_, member, value) => {
            if (member !== 'tenant') throw new errors.InvalidClientMetadata(`${member} is unknown`);
            if (value === undefined) throw new errors.InvalidClientMetadata('tenant is missing');
          },
        },
      },
    });
    await expect(app.provider.Client.find('web')).rejects.toThrow('invalid_client_metadata');
    expect(await app.provider.Client.find(await registered(app))).toBeDefined();
  });

  test('uses client_credentials if the team enables that', async () => {
    const app = await startBridge({
      configuration: {
        features: { clientCredentials: { enabled: true } },
        clientDefaults: { grant_types: ['authorization_code', 'client_credentials'] },
      },
    });
    const { status } = await send(app, { grant_type: 'client_credentials' }, '/token', BASIC);
    expect(status).toBe(200);
  });

  test('keeps its id if a self-registered client has the same', async () => {
    const app = await startBridge();
    const id = await registered(app);
    expect(await app.provider.Client.find(id)).toMatchObject({ clientAuthMethod: 'none' });
    const metadata = { client_id: id, client_secret: SECRET, redirect_uris: ['https://web.example/cb'] };
    await app.adapter.open('Client').upsert(id, metadata);
    expect(await app.provider.Client.find(id)).toMatchObject({ clientAuthMethod: 'client_secret_basic' });
  });
});

describe(cite('a configuration', 'vestibule:oidc-provider:refused'), () => {
  test.each<[string, Configuration, string]>([
    [
      'if it has registration of the provider',
      { features: { registration: { enabled: true } } },
      'features.registration.enabled',
    ],
    [
      'if it has metadata documents of the provider',
      { features: { clientIdMetadataDocument: { enabled: true, ack: 'draft-02' } } },
      'clientIdMetadataDocument',
    ],
    [
      'if it has pages for development',
      { features: { devInteractions: { enabled: true } } },
      'features.devInteractions.enabled',
    ],
    [
      'if it lacks resource indicators',
      { features: { resourceIndicators: { enabled: false } } },
      'resourceIndicators',
    ],
    [
      'if it has unregistered redirect URIs',
      { features: { pushedAuthorizationRequests: { allowUnregisteredRedirectUris: true } } },
      'allowUnregisteredRedirectUris',
    ],
    ['if it lacks public clients', { clientAuthMethods: ['client_secret_basic'] }, 'clientAuthMethods'],
    ['if it lacks codes', { responseTypes: ['id_token'] }, 'responseTypes'],
    ['if it has pairwise subjects only', { subjectTypes: ['pairwise'] }, 'subjectTypes'],
    [
      'if it has ID tokens that need a secret',
      { clientDefaults: { id_token_signed_response_alg: 'HS256' } },
      'id_token_signed_response_alg',
    ],
  ])('is refused %s', async (_, configuration, member) => {
    const { bridge } = await startBridge();
    const adapter = createMemoryAdapter().open;
    expect(() => bridge.configure({ adapter, ...configuration })).toThrow(member);
  });

  test('is refused without an adapter', async () => {
    const { bridge } = await startBridge();
    expect(() => bridge.configure({})).toThrow('adapter is missing');
  });

  test('is not attached to a provider with another issuer', async () => {
    const { bridge } = await startBridge();
    const provider = new Provider(
      'https://other.example',
      bridge.configure({ adapter: createMemoryAdapter().open }),
    );
    expect(() => bridge.attach(provider)).toThrow('The issuer of the provider is https://other.example');
  });
});

test.each([
  ['an issuer with a slash at its end', { issuer: 'https://id.example/' }, 'must not end with a slash'],
  ['a path without a slash', { consentPath: 'consent' }, 'must begin with a slash'],
  ['an option of the wrong type', { onError: 'throw' }, '"onError"'],
])('a bridge is refused with %s', async (_, more, problem) => {
  const { stores } = await startBridge();
  const options = { ...stores, realm: 'main', issuer: 'https://id.example', onError: () => {} };
  const all = { ...options, connectedApps: 'https://id.example/apps', ...more };
  // @ts-expect-error -- the types refuse the last one as well
  expect(() => vestibuleForOidcProvider(all)).toThrow(problem);
});

test('registration fails if the realm has another issuer than the provider', async () => {
  const app = await startBridge();
  const issuer = 'https://other.example';
  const bridge = vestibuleForOidcProvider({
    ...app.stores,
    realm: 'main',
    issuer,
    connectedApps: issuer,
    onError: () => {},
  });
  const provider: Provider = new Provider(issuer, bridge.configure({ adapter: createMemoryAdapter().open }));
  bridge.attach(provider);
  await expect(provider.Client.find('unknown')).rejects.toThrow(
    `The realm main has the issuer ${app.issuer}`,
  );
});

import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { exportJWK, generateKeyPair } from 'jose';
import { describe, expect, test } from 'vitest';
import { NO_WAIT, OPEN_SEED, startApp, type TestApp } from './support/app.ts';
import { approve } from './support/oauth.ts';

const REDIRECT_URI = 'http://localhost:8090/callback';
const SECRET = 'a-secret-of-tests-with-32-or-more!';
const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });

/** Each authentication method, in the terms of an operator and as each of the two client libraries does it. */
const METHODS: readonly [
  method: string,
  authentication: object,
  openid: () => openid.ClientAuth,
  oauth: () => oauth.ClientAuth,
][] = [
  ['none', { method: 'none' }, () => openid.None(), () => oauth.None()],
  [
    'client_secret_basic',
    { method: 'client_secret_basic', secret: SECRET },
    () => openid.ClientSecretBasic(SECRET),
    () => oauth.ClientSecretBasic(SECRET),
  ],
  [
    'client_secret_post',
    { method: 'client_secret_post', secret: SECRET },
    () => openid.ClientSecretPost(SECRET),
    () => oauth.ClientSecretPost(SECRET),
  ],
  [
    'private_key_jwt',
    { method: 'private_key_jwt', jwks: { keys: [await exportJWK(publicKey)] } },
    () => openid.PrivateKeyJwt(privateKey),
    () => oauth.PrivateKeyJwt(privateKey),
  ],
];

/** The app with a client in its seed. Registration is closed. */
const withClient = (authentication: object): Promise<TestApp> =>
  startApp({
    ...OPEN_SEED,
    realm: { ...OPEN_SEED.realm, settings: { consent: NO_WAIT, registration: { open: false } } },
    clients: [
      {
        id: 'acme-mail',
        name: 'Acme Mail',
        redirectUris: [REDIRECT_URI],
        authentication,
        access: [{ resource: '/mcp', scopes: ['notes:read', 'notes:admin'] }],
      },
    ],
  });

describe.each(METHODS)('a client that authenticates with %s', (_, authentication, byOpenid, byOauth) => {
  test('attaches with openid-client: pushed request, code, refresh, revocation', async () => {
    const app = await withClient(authentication);
    const config = await openid.discovery(new URL(app.issuer), 'acme-mail', undefined, byOpenid(), {
      algorithm: 'oauth2',
      execute: [openid.allowInsecureRequests],
    });
    const pkceCodeVerifier = openid.randomPKCECodeVerifier();
    const expectedState = openid.randomState();
    const url = await openid.buildAuthorizationUrlWithPAR(config, {
      redirect_uri: REDIRECT_URI,
      scope: 'notes:read notes:admin',
      resource: app.notes.href,
      state: expectedState,
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    });
    expect([...url.searchParams.keys()].toSorted()).toEqual(['client_id', 'request_uri']);
    const tokens = await openid.authorizationCodeGrant(
      config,
      await approve(url),
      { pkceCodeVerifier, expectedState },
      { resource: app.notes.href },
    );
    expect(tokens.scope).toBe('notes:read notes:admin');
    const refreshed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '');
    expect(refreshed.access_token).not.toBe(tokens.access_token);
    await openid.tokenRevocation(config, refreshed.refresh_token ?? '');
    await expect(openid.refreshTokenGrant(config, refreshed.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  test('attaches with oauth4webapi: pushed request, code, refresh, revocation', async () => {
    const app = await withClient(authentication);
    const insecure = { [oauth.allowInsecureRequests]: true };
    const issuer = new URL(app.issuer);
    const as = await oauth
      .discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure })
      .then((response) => oauth.processDiscoveryResponse(issuer, response));
    const client: oauth.Client = { client_id: 'acme-mail' };
    const verifier = oauth.generateRandomCodeVerifier();
    const asked = {
      response_type: 'code',
      redirect_uri: REDIRECT_URI,
      resource: app.notes.href,
      state: 'st',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    };
    const { request_uri } = await oauth
      .pushedAuthorizationRequest(as, client, byOauth(), asked, insecure)
      .then((response) => oauth.processPushedAuthorizationResponse(as, client, response));
    const url = new URL(as.authorization_endpoint ?? '');
    url.search = new URLSearchParams({ client_id: client.client_id, request_uri }).toString();
    const arrived = oauth.validateAuthResponse(as, client, await approve(url), 'st');
    const tokens = await oauth
      .authorizationCodeGrantRequest(as, client, byOauth(), arrived, REDIRECT_URI, verifier, insecure)
      .then((response) => oauth.processAuthorizationCodeResponse(as, client, response));
    expect(tokens.scope).toBe('notes:read notes:admin');
    const refreshed = await oauth
      .refreshTokenGrantRequest(as, client, byOauth(), tokens.refresh_token ?? '', insecure)
      .then((response) => oauth.processRefreshTokenResponse(as, client, response));
    const revoked = await oauth.revocationRequest(
      as,
      client,
      byOauth(),
      refreshed.refresh_token ?? '',
      insecure,
    );
    expect(await oauth.processRevocationResponse(revoked)).toBeUndefined();
  });
});

test('a seed with a client that cannot be is refused, and leaves nothing behind', async () => {
  const bad = withClient({ method: 'client_secret_post', secret: 'short' });
  await expect(bad).rejects.toThrow(/clients\[0\]\.authentication: needs a secret of 32 or more/);
});

import type { Clock } from '@vestibule/core';
import { createOperator } from '@vestibule/core/operator';
import { randomToken, sha256 } from '@vestibule/http';
import { ACTOR } from '@vestibule/testing/operator';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { describe, expect, test } from 'vitest';
import { OPEN_SEED, type SeedFile, startApp, type TestApp } from './support/app.ts';
import { approve } from './support/oauth.ts';

const REDIRECT_URI = 'http://localhost:8090/callback';
const METADATA = { client_name: 'Standard client', redirect_uris: [REDIRECT_URI] };

/** An app whose API can introspect tokens, and whose clients can learn who signed in. */
async function start(clock?: Clock): Promise<{ app: TestApp; secret: string }> {
  const seed: SeedFile = {
    ...OPEN_SEED,
    scopes: [
      ...(OPEN_SEED.scopes ?? []),
      { name: 'openid', description: 'Know who you are', openToDynamicClients: true },
    ],
    apis: (OPEN_SEED.apis ?? []).map((api) =>
      Object.assign({}, api, { scopes: ['openid', 'notes:read', 'mcp:read', 'mcp:write', 'notes:admin'] }),
    ),
  };
  const app = await startApp(seed, clock);
  const operator = createOperator({
    ...app.stores,
    clock: Date.now,
    generateToken: randomToken,
    hash: sha256,
  });
  const issued = await operator.apis.issueSecret(ACTOR, 'test', 'notes');
  if (issued.outcome !== 'issued') throw new Error(issued.outcome);
  return { app, secret: issued.secret };
}

describe('a dynamic client', () => {
  test('attaches with openid-client: registration, pushed request, code, ID token, introspection, refresh, revocation', async () => {
    const { app, secret } = await start();
    const options: openid.DiscoveryRequestOptions = {
      algorithm: 'oidc',
      execute: [openid.allowInsecureRequests],
    };
    const issuer = new URL(app.issuer);
    const config = await openid.dynamicClientRegistration(issuer, METADATA, openid.None(), options);
    expect(config.clientMetadata()).toMatchObject({ token_endpoint_auth_method: 'none' });
    const pkceCodeVerifier = openid.randomPKCECodeVerifier();
    const [expectedState, expectedNonce] = [openid.randomState(), openid.randomNonce()];
    const url = await openid.buildAuthorizationUrlWithPAR(config, {
      redirect_uri: REDIRECT_URI,
      scope: 'openid notes:read',
      resource: app.notes.href,
      state: expectedState,
      nonce: expectedNonce,
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    });
    const tokens = await openid.authorizationCodeGrant(
      config,
      await approve(url),
      { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true },
      { resource: app.notes.href },
    );
    expect(tokens.claims()).toMatchObject({ iss: app.issuer, nonce: expectedNonce, amr: ['pwd'] });

    const api = await openid.discovery(issuer, 'notes', undefined, openid.ClientSecretBasic(secret), options);
    const told = await openid.tokenIntrospection(api, tokens.access_token);
    expect(told).toMatchObject({ active: true, aud: app.notes.href, sub: tokens.claims()?.sub });

    const refreshed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '');
    await openid.tokenRevocation(config, refreshed.refresh_token ?? '');
    expect(await openid.tokenIntrospection(api, refreshed.access_token)).toEqual({ active: false });
  });

  test('attaches with oauth4webapi: registration, pushed request, code, introspection, refresh, revocation', async () => {
    const { app, secret } = await start();
    const insecure = { [oauth.allowInsecureRequests]: true };
    const issuer = new URL(app.issuer);
    const as = await oauth
      .discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure })
      .then((response) => oauth.processDiscoveryResponse(issuer, response));
    const registered = await oauth
      .dynamicClientRegistrationRequest(as, METADATA, insecure)
      .then(oauth.processDynamicClientRegistrationResponse);
    const client: oauth.Client = { client_id: registered.client_id };
    const none = oauth.None();
    const verifier = oauth.generateRandomCodeVerifier();
    const { request_uri } = await oauth
      .pushedAuthorizationRequest(
        as,
        client,
        none,
        {
          response_type: 'code',
          redirect_uri: REDIRECT_URI,
          scope: 'notes:read',
          resource: app.notes.href,
          state: 'st',
          code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        },
        insecure,
      )
      .then((response) => oauth.processPushedAuthorizationResponse(as, client, response));
    const url = new URL(as.authorization_endpoint ?? '');
    url.search = new URLSearchParams({ client_id: client.client_id, request_uri }).toString();
    const arrived = oauth.validateAuthResponse(as, client, await approve(url), 'st');
    const tokens = await oauth
      .authorizationCodeGrantRequest(as, client, none, arrived, REDIRECT_URI, verifier, insecure)
      .then((response) => oauth.processAuthorizationCodeResponse(as, client, response));

    const api: oauth.Client = { client_id: 'notes' };
    const introspect = (token: string) =>
      oauth
        .introspectionRequest(as, api, oauth.ClientSecretBasic(secret), token, insecure)
        .then((response) => oauth.processIntrospectionResponse(as, api, response));
    expect(await introspect(tokens.access_token)).toMatchObject({ active: true, scope: 'notes:read' });

    const refreshed = await oauth
      .refreshTokenGrantRequest(as, client, none, tokens.refresh_token ?? '', insecure)
      .then((response) => oauth.processRefreshTokenResponse(as, client, response));
    await oauth
      .revocationRequest(as, client, none, refreshed.refresh_token ?? '', insecure)
      .then(oauth.processRevocationResponse);
    expect(await introspect(refreshed.access_token)).toEqual({ active: false });
  });
});

describe('a client that was not used for 91 days', () => {
  const DAYS_91 = 91 * 86_400_000;

  /** An app with a clock that the test sets, and refresh tokens that outlive it. */
  const startPatient = async () => {
    let now = Date.now();
    const { app } = await start(() => now);
    await app.change((realm) => ({
      ...realm,
      settings: {
        ...realm.settings,
        lifetimes: { ...realm.settings.lifetimes, refreshToken: 1_000 * 86_400 },
      },
    }));
    const clientIds = async () =>
      (await app.stores.clients.list('test', { limit: 10 })).items.map(({ id }) => id);
    return { app, clientIds, pass: (milliseconds: number) => void (now += milliseconds) };
  };

  test('learns invalid_grant with openid-client, and works again under its client_id after one consent', async () => {
    const { app, clientIds, pass } = await startPatient();
    const config = await openid.dynamicClientRegistration(new URL(app.issuer), METADATA, openid.None(), {
      algorithm: 'oauth2',
      execute: [openid.allowInsecureRequests],
    });
    const attach = async () => {
      const pkceCodeVerifier = openid.randomPKCECodeVerifier();
      const url = openid.buildAuthorizationUrl(config, {
        redirect_uri: REDIRECT_URI,
        scope: 'notes:read',
        resource: app.notes.href,
        code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: 'S256',
      });
      return openid.authorizationCodeGrant(config, await approve(url), { pkceCodeVerifier });
    };
    const before = await attach();
    pass(DAYS_91);
    await expect(openid.refreshTokenGrant(config, before.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
      status: 400,
    });
    const after = await attach();
    await openid.refreshTokenGrant(config, after.refresh_token ?? '');
    expect(await clientIds()).toEqual([config.clientMetadata().client_id]);
  });

  test('learns invalid_grant with oauth4webapi', async () => {
    const { app, clientIds, pass } = await startPatient();
    const insecure = { [oauth.allowInsecureRequests]: true };
    const issuer = new URL(app.issuer);
    const as = await oauth
      .discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure })
      .then((response) => oauth.processDiscoveryResponse(issuer, response));
    const client = await oauth
      .dynamicClientRegistrationRequest(as, METADATA, insecure)
      .then(oauth.processDynamicClientRegistrationResponse);
    const verifier = oauth.generateRandomCodeVerifier();
    const url = new URL(as.authorization_endpoint ?? '');
    url.search = new URLSearchParams({
      client_id: client.client_id,
      response_type: 'code',
      redirect_uri: REDIRECT_URI,
      resource: app.notes.href,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).toString();
    const arrived = oauth.validateAuthResponse(as, client, await approve(url));
    const none = oauth.None();
    const tokens = await oauth
      .authorizationCodeGrantRequest(as, client, none, arrived, REDIRECT_URI, verifier, insecure)
      .then((response) => oauth.processAuthorizationCodeResponse(as, client, response));
    pass(DAYS_91);
    await expect(
      oauth
        .refreshTokenGrantRequest(as, client, none, tokens.refresh_token ?? '', insecure)
        .then((response) => oauth.processRefreshTokenResponse(as, client, response)),
    ).rejects.toMatchObject({ error: 'invalid_grant', status: 400 });
    expect(await clientIds()).toEqual([client.client_id]);
  });
});

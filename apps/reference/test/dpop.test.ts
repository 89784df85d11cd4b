import { apiSecretHash } from '@vestibule/core/operator';
import { sha256 } from '@vestibule/http';
import { createResourceServer } from '@vestibule/resource-server';
import * as oauth from 'oauth4webapi';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { OPEN_SEED, startApp } from './support/app.ts';
import { approve, authorizeUrl, exchange, register, VERIFIER } from './support/oauth.ts';

const REDIRECT_URI = 'http://localhost:8090/callback';
const HTTP = { [oauth.allowInsecureRequests]: true };
const LIST_TOOLS = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
const HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

/** Retries once with the returned nonce, as the library documents. */
async function withRetry<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) throw error;
    return attempt();
  }
}

/** The library `oauth4webapi` with its own key and tokens for Notes, which requires sender-constrained tokens. */
async function attachedWithKey() {
  const apis = (OPEN_SEED.apis ?? []).map((api) => Object.assign({}, api, { dpop: 'required' }));
  const app = await startApp({ ...OPEN_SEED, apis });
  const issuer = new URL(app.issuer);
  const discovered = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...HTTP });
  const as = await oauth.processDiscoveryResponse(issuer, discovered);
  const { body } = await register(app, { redirect_uris: [REDIRECT_URI] });
  const client: oauth.Client = { client_id: body.client_id };
  const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
  const options = { DPoP, ...HTTP };

  const arrived = await approve(
    authorizeUrl(app, client.client_id, {
      redirect_uri: REDIRECT_URI,
      dpop_jkt: await DPoP.calculateThumbprint(),
    }),
  );
  const callback = oauth.validateAuthResponse(as, client, arrived, 'st');
  const none = oauth.None();
  const exchanged = () =>
    oauth.authorizationCodeGrantRequest(as, client, none, callback, REDIRECT_URI, VERIFIER, options);
  const tokens = await withRetry(async () =>
    oauth.processAuthorizationCodeResponse(as, client, await exchanged()),
  );

  const callNotes = (accessToken: string, by: object = options) =>
    oauth.protectedResourceRequest(accessToken, 'POST', app.notes, new Headers(HEADERS), LIST_TOOLS, {
      ...HTTP,
      ...by,
    });
  return { app, as, client, options, tokens, callNotes };
}

describe('a client with a key', () => {
  test('exchanges a code that is bound to it, calls a tool, refreshes and calls again', async () => {
    const { as, client, options, tokens, callNotes } = await attachedWithKey();
    expect(tokens.token_type).toBe('dpop');
    expect(await (await callNotes(tokens.access_token)).text()).toContain('list_notes');
    const refreshed = await oauth.processRefreshTokenResponse(
      as,
      client,
      await oauth.refreshTokenGrantRequest(as, client, oauth.None(), tokens.refresh_token ?? '', options),
    );
    expect((await callNotes(refreshed.access_token)).status).toBe(200);
  });

  test('has a token that is useless to others', async () => {
    const { client, tokens, callNotes } = await attachedWithKey();
    const other = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
    for (const by of [{}, { DPoP: other }]) {
      await expect(callNotes(tokens.access_token, by)).rejects.toMatchObject({
        cause: [{ scheme: 'dpop', parameters: { resource_metadata: expect.stringContaining('/mcp') } }],
      });
    }
  });

  test(cite('reads at Notes that its tokens have to be bound', 'rfc9728:2:dpop'), async () => {
    const { app } = await attachedWithKey();
    const metadata = await oauth.processResourceDiscoveryResponse(
      app.notes,
      await oauth.resourceDiscoveryRequest(app.notes, HTTP),
    );
    expect(metadata).toMatchObject({
      dpop_bound_access_tokens_required: true,
      dpop_signing_alg_values_supported: expect.arrayContaining(['ES256']),
    });
  });
});

test.each([
  ['a list of the issuer’s', 'revocations'],
  ['asking the issuer', 'introspection'],
] as const)(
  cite('an API learns by %s that a person or a client ended access', 'rfc7009:3:list'),
  async (_, way) => {
    const app = await startApp();
    const hash = apiSecretHash(sha256, 'secret of Notes');
    await app.change((realm) => ({
      ...realm,
      apis: realm.apis.map((api) => Object.assign({}, api, { secretHashes: [hash] })),
    }));
    const { body } = await register(app, { redirect_uris: [REDIRECT_URI] });
    const arrived = await approve(authorizeUrl(app, body.client_id, { redirect_uri: REDIRECT_URI }));
    const { body: tokens } = await exchange(app, body.client_id, REDIRECT_URI, arrived);
    const later = { seconds: 0 };
    const api = createResourceServer({
      issuer: app.issuer,
      resource: app.notes.href,
      [way]: { credentials: { id: 'notes', secret: 'secret of Notes' } },
      clock: () => Date.now() + later.seconds * 1_000,
    });
    const admitted = async () => {
      const headers = { authorization: `Bearer ${tokens.access_token}` };
      return (await api.admit(new Request(app.notes, { headers }))).ok;
    };
    expect(await admitted()).toBe(true);
    await fetch(`${app.issuer}/connect/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: body.client_id, token: tokens.refresh_token }),
    });
    later.seconds = 30;
    expect(await admitted()).toBe(false);
  },
);

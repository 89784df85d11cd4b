import * as oauth from 'oauth4webapi';
import { beforeEach, describe, expect, test } from 'vitest';
import { USERINFO } from './apis.ts';
import { clientWithKey } from './proofs.ts';
import { CALLBACK, ISSUER, VERIFIER } from './set-up.ts';

/** In the form that the library sends. */
interface Sent {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: URLSearchParams | undefined;
}

/** What a client library sent, and the response. */
interface Exchange {
  readonly path: string;
  readonly status: number;
}

/** The client library `oauth4webapi`, on the routes of the server. */
async function libraryOn(world: Awaited<ReturnType<typeof clientWithKey>>) {
  const seen: Exchange[] = [];
  const customFetch = async (url: string, { method, headers, body }: Sent): Promise<Response> => {
    const path = new URL(url).pathname;
    const route = world.server.routes.find((candidate) => candidate.path === path);
    const answer = await route?.endpoint(new Request(url, { method, headers, body: body ?? null }), {
      ip: '192.0.2.1',
    });
    if (answer === undefined) throw new TypeError(`nothing is at ${url}`);
    seen.push({ path, status: answer.status });
    return answer;
  };
  // The library reads the clock of the machine; the proofs need the time of the server.
  const now = world.options.clock();
  const client: oauth.Client = {
    client_id: world.clientId,
    [oauth.clockSkew]: Math.floor(now / 1_000) - Math.floor(Date.now() / 1_000),
  };
  const options = { [oauth.customFetch]: customFetch };
  const issuer = new URL(ISSUER);
  const as = await oauth.processDiscoveryResponse(
    issuer,
    await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...options }),
  );
  const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
  return { seen, client, options: { ...options, DPoP }, as };
}

/** Retries once with the returned nonce, as the library documents. */
async function withRetry<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) throw error;
    return attempt();
  }
}

describe('the library oauth4webapi, with a key', () => {
  let world: Awaited<ReturnType<typeof clientWithKey>>;
  let library: Awaited<ReturnType<typeof libraryOn>>;
  beforeEach(async () => {
    world = await clientWithKey('required');
    library = await libraryOn(world);
  });

  const exchange = async () => {
    const { as, client, options } = library;
    const code = await world.obtainCode({ scope: 'openid', resource: USERINFO });
    const arrived = oauth.validateAuthResponse(
      as,
      client,
      new URL(`${CALLBACK}?${new URLSearchParams({ code, state: 'st', iss: ISSUER })}`),
      'st',
    );
    return withRetry(async () =>
      oauth.processAuthorizationCodeResponse(
        as,
        client,
        await oauth.authorizationCodeGrantRequest(
          as,
          client,
          oauth.None(),
          arrived,
          CALLBACK,
          VERIFIER,
          options,
        ),
      ),
    );
  };

  test('reads by which algorithms it may sign', () => {
    expect(library.as.dpop_signing_alg_values_supported).toContain('ES256');
  });

  test('exchanges a code, refreshes and asks who the person is, with one try too many', async () => {
    const { as, client, options, seen } = library;
    const first = await exchange();
    expect(first.token_type).toBe('dpop');
    const second = await oauth.processRefreshTokenResponse(
      as,
      client,
      await oauth.refreshTokenGrantRequest(as, client, oauth.None(), first.refresh_token ?? '', options),
    );
    expect(second.token_type).toBe('dpop');
    const info = await oauth.processUserInfoResponse(
      as,
      client,
      'person-ada',
      await oauth.userInfoRequest(as, client, second.access_token, options),
    );
    expect(info).toEqual({ sub: 'person-ada' });
    expect(seen.slice(1)).toEqual([
      { path: '/connect/token', status: 400 },
      { path: '/connect/token', status: 200 },
      { path: '/connect/token', status: 200 },
      { path: '/connect/userinfo', status: 200 },
    ]);
  });

  test('is refused at the API if its nonce is old', async () => {
    const { as, client, options, seen } = library;
    const { access_token: accessToken } = await exchange();
    world.pass(250);
    await withRetry(async () =>
      oauth.processUserInfoResponse(
        as,
        client,
        'person-ada',
        await oauth.userInfoRequest(as, client, accessToken, options),
      ),
    );
    expect(seen.filter(({ path }) => path === '/connect/userinfo').map(({ status }) => status)).toEqual([
      401, 200,
    ]);
  });

  test('cannot use its token without its key', async () => {
    const { as, client, options } = library;
    const { access_token: accessToken } = await exchange();
    const { DPoP: _key, ...bare } = options;
    const response = oauth.userInfoRequest(as, client, accessToken, bare);
    await expect(
      oauth.processUserInfoResponse(as, client, 'person-ada', await response),
    ).rejects.toMatchObject({ cause: [{ scheme: 'dpop', parameters: { error: 'invalid_token' } }] });
  });
});

/**
 * Changed authentication: a registration or an update with the id of a client that authenticates makes it public, so that
 * anyone can impersonate it; or gives a public client a secret, which then counts as authentication.
 *
 * @see {@link https://www.cve.org/CVERecord?id=CVE-2026-44476 CVE-2026-44476}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7592#section-2.2 RFC 7592 §2.2}
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-2.3 RFC 6749 §2.3}
 *
 * Taken out: packages/server/src/client/authentication/proof.ts: `accepted.find(({ method }) => method === credentials.method)` → `accepted[0]`
 * Then fails: keeps the authentication method of a pre-registered client
 * Taken out: packages/core/src/policy/rules/token-endpoint-auth-method.ts: `if (from === 'none') return kept;` → `return kept;`
 * Then fails: keeps a dynamic client public
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { register, token } from '@vestibule/testing/oauth';
import { attackedApp } from './support/attacked.ts';
import { assertionOf, authenticate, OPERATORS_CLIENT, TRUSTING_SEED } from './support/takers.ts';

const app = attackedApp({
  ...TRUSTING_SEED,
  clients: [
    ...(TRUSTING_SEED.clients ?? []),
    {
      id: 'acme-calendar',
      name: 'Acme Calendar',
      redirectUris: ['http://127.0.0.1:4711/cb'],
      authentication: {
        method: 'client_secret_basic',
        secret: 'a-secret-that-nobody-is-to-guess-and-is-long-enough',
      },
      access: [{ resource: '/mcp', scopes: ['notes:read'] }],
    },
  ],
});

beforeAll(() =>
  app().change(({ settings, ...realm }) => ({
    ...realm,
    settings: {
      ...settings,
      registration: { ...settings.registration, management: { enabled: true, rotateToken: false } },
    },
  })),
);

const OF_THE_OPERATOR = [OPERATORS_CLIENT, 'acme-calendar'];

/** The result of a request with only the id. */
const withIdAlone = (clientId: string) =>
  token(app(), { grant_type: 'refresh_token', refresh_token: 'x', client_id: clientId });

const expectUnchanged = async (clientId: string): Promise<void> => {
  expect(await withIdAlone(clientId)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
};

/** A registration with the members of the pre-registered client and another authentication method. */
const inItsWords = (clientId: string, over: object = {}): object => ({
  client_id: clientId,
  client_name: 'Acme',
  redirect_uris: ['http://127.0.0.1:4711/cb'],
  token_endpoint_auth_method: 'none',
  ...over,
});

describe('keeps the authentication method of a pre-registered client', () => {
  test.each(OF_THE_OPERATOR)('refuses %s that sends only its id', async (clientId) => {
    expect(await withIdAlone(clientId)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  test.each(OF_THE_OPERATOR)('refuses %s after a registration that names it', async (clientId) => {
    for (const over of [
      {},
      { client_secret: 'mine' },
      { client_id_issued_at: 1, registration_access_token: 'x' },
    ]) {
      const { status, body } = await register(app(), inItsWords(clientId, over));
      expect(status).toBe(201);
      expect(body.client_id).not.toBe(clientId);
      expect(body).not.toHaveProperty('client_secret');
    }
    await expectUnchanged(clientId);
  });

  test('keeps the authentication method after a refused update', async () => {
    expect(await authenticate(app(), await assertionOf(app()))).toMatchObject({ status: 400 });
  });
});

/** Sends a request to the client configuration endpoint. */
const manage = async (method: string, clientId: string, bearer: string, body?: object) => {
  const response = await fetch(`${app().issuer}/connect/register/${clientId}`, {
    method,
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
};

describe('refuses updates of a pre-registered client', () => {
  test.each(OF_THE_OPERATOR)('refuses %s with a token of another client', async (clientId) => {
    const { body: own } = await register(app(), {
      redirect_uris: ['http://127.0.0.1:4711/cb'],
      client_name: clientId,
    });
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const body = method === 'PUT' ? inItsWords(clientId) : undefined;
      const { status } = await manage(method, clientId, own.registration_access_token, body);
      expect([method, status]).toEqual([method, 401]);
    }
    const elsewhere = inItsWords(clientId);
    expect((await manage('PUT', own.client_id, own.registration_access_token, elsewhere)).status).toBe(400);
    await expectUnchanged(clientId);
  });
});

describe('keeps a dynamic client public', () => {
  const METHODS = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'tls_client_auth', 'x'];

  test.each(METHODS)('when it registers with %s', async (method) => {
    const { status, body } = await register(app(), {
      redirect_uris: ['http://127.0.0.1:4711/cb'],
      client_name: `Registers with ${method}`,
      token_endpoint_auth_method: method,
      jwks: { keys: [] },
    });
    expect([status, body.token_endpoint_auth_method]).toEqual([201, 'none']);
    expect(body).not.toHaveProperty('client_secret');
    expect(await withIdAlone(body.client_id)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
  });

  test.each(METHODS)('when it updates itself to %s', async (method) => {
    const said = { redirect_uris: ['http://127.0.0.1:4711/cb'], client_name: `Updates to ${method}` };
    const { body: own } = await register(app(), said);
    const update = {
      ...said,
      client_id: own.client_id,
      token_endpoint_auth_method: method,
      jwks: { keys: [] },
    };
    const { status, body } = await manage('PUT', own.client_id, own.registration_access_token, update);
    expect([status, body.token_endpoint_auth_method]).toEqual([200, 'none']);
    expect(body).not.toHaveProperty('client_secret');
    expect(await withIdAlone(own.client_id)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test('gives a dynamic client no secret', async () => {
    const { body: own } = await register(app(), {
      redirect_uris: ['http://127.0.0.1:4711/cb'],
      client_name: 'Secretive',
    });
    const update = { redirect_uris: own.redirect_uris, client_id: own.client_id, client_secret: 'mine' };
    expect((await manage('PUT', own.client_id, own.registration_access_token, update)).status).toBe(400);
    const answer = await token(app(), {
      grant_type: 'refresh_token',
      refresh_token: 'x',
      client_id: own.client_id,
      client_secret: 'mine',
    });
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });
});

import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { push, REQUEST } from './pushing.ts';
import { ADA, CALLBACK, ISSUER, realmWith, setUp } from './set-up.ts';

describe('pushing a request', () => {
  test(
    cite(
      'results in a reference that cannot be guessed, for a minute',
      'rfc9126:2.2:created',
      'rfc9126:2.2:request-uri',
      'rfc9126:2.2:expires-in',
      'rfc9126:2.2:no-store',
    ),
    async () => {
      const world = setUp();
      const { status, body, headers } = await push(world, { client_id: await world.register() });
      expect(status).toBe(201);
      expect(body).toEqual({
        request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:[\w-]{43}$/),
        expires_in: 60,
      });
      expect(headers.get('cache-control')).toBe('no-store');
    },
  );

  test('lives as long as the realm says', async () => {
    const world = setUp(realmWith({}, { lifetimes: { pushedRequest: 90 } }));
    expect((await push(world, { client_id: await world.register() })).body).toMatchObject({ expires_in: 90 });
  });

  test(
    cite(
      'is for clients that authenticate, by the means that they are registered with',
      'rfc9126:2.1:client',
      'rfc9126:2.3:invalid-client',
    ),
    async () => {
      const world = setUp();
      const { clientId, secret } = await world.preregister();
      const authorization = `Basic ${btoa(`${clientId}:${secret}`)}`;
      expect((await push(world, {}, { authorization })).status).toBe(201);
      expect((await push(world, { client_id: clientId }, { authorization })).status).toBe(201);
      expect(await push(world, { client_id: clientId })).toMatchObject({
        status: 401,
        body: { error: 'invalid_client' },
      });
      const wrong = await push(world, {}, { authorization: `Basic ${btoa(`${clientId}:wrong`)}` });
      expect(wrong).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
      expect(wrong.headers.get('www-authenticate')).toMatch(/^Basic /);
    },
  );

  test(
    cite(
      'keeps the request, and neither the reference nor what the client authenticates with',
      'rfc9126:7.1:hashed',
    ),
    async () => {
      const world = setUp();
      const { clientId, secret } = await world.preregister({
        authentication: { method: 'client_secret_post' },
      });
      const kept: unknown[] = [];
      world.intercept({
        kind: 'pushed-request.insert',
        before: async (changes) => void kept.push(...changes),
      });
      const { body } = await push(world, { client_id: clientId, client_secret: secret });
      const text = JSON.stringify(kept);
      expect(text).toContain('pushed');
      expect(text).not.toContain(secret);
      expect(text).not.toContain(body.request_uri.slice(-43));
    },
  );

  test.each<[string, Record<string, string | undefined>, number, string]>([
    ['nobody', { client_id: undefined }, 401, 'invalid_client'],
    [cite('an unknown client', 'rfc9126:2.3:invalid-client'), { client_id: 'x' }, 401, 'invalid_client'],
    [
      cite('a request that refers to another', 'rfc9126:2.1:request-uri'),
      { request_uri: 'urn:ietf:params:oauth:request_uri:x' },
      400,
      'invalid_request',
    ],
    ['a request object', { request: 'a.b.c' }, 400, 'request_not_supported'],
    ['a redirect URI that is not registered', { redirect_uri: `${CALLBACK}x` }, 400, 'invalid_request'],
    ['an implicit flow', { response_type: 'token' }, 400, 'unsupported_response_type'],
    ['no PKCE', { code_challenge: undefined }, 400, 'invalid_request'],
    ['plain PKCE', { code_challenge_method: 'plain' }, 400, 'invalid_request'],
    ['no API', { resource: undefined }, 400, 'invalid_target'],
    ['an unknown API', { resource: 'https://other.example' }, 400, 'invalid_target'],
    ['a scope that is not for it', { scope: 'admin' }, 400, 'invalid_scope'],
  ])(
    cite('is refused for %s as at the token endpoint', 'rfc9126:2.1:judged', 'rfc9126:2.3:errors'),
    async (_, fields, status, error) => {
      const world = setUp();
      const answer = await push(world, { client_id: await world.register(), ...fields });
      expect(answer).toMatchObject({ status, body: { error, error_description: expect.any(String) } });
      expect(answer.headers.get('location')).toBeNull();
      expect(world.audit.events.at(-1)).toMatchObject({ type: 'authorization.refused', error });
    },
  );

  test('is refused for a blocked client, without telling it to register again', async () => {
    const world = setUp();
    const clientId = await world.register();
    await world.operator.clients.block(ADA, 'main', clientId);
    expect(await push(world, { client_id: clientId })).toMatchObject({
      status: 400,
      body: { error: 'unauthorized_client' },
    });
  });

  test('is refused for an expired client, so that it registers again', async () => {
    const world = setUp();
    const clientId = await world.register();
    world.pass(3_600);
    expect(await push(world, { client_id: clientId })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
  });

  test(cite('a parameter twice is refused', 'rfc9126:2.1:repeated'), async () => {
    const world = setUp();
    const client_id = await world.register();
    const body = `${new URLSearchParams({ ...REQUEST, client_id }).toString()}&state=other`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const request = new Request(`${ISSUER}/connect/par`, { method: 'POST', body, headers });
    expect((await world.server.pushedRequest(request, { ip: '' })).status).toBe(400);
  });

  test(cite('is limited by address, with when to come back', 'rfc9126:2.3:too-many'), async () => {
    const realm = realmWith();
    const { registration } = realm.settings;
    const limits = { ...registration.limits, authorizationsPerAddressPerHour: 2 };
    const world = setUp({
      ...realm,
      settings: { ...realm.settings, registration: { ...registration, limits } },
    });
    const client_id = await world.register();
    expect((await push(world, { client_id })).status).toBe(201);
    expect((await push(world, { client_id })).status).toBe(201);
    const third = await push(world, { client_id });
    expect(third.status).toBe(429);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await push(world, { client_id }, {}, '198.51.100.7')).status).toBe(201);
    expect(world.audit.events).toContainEqual(expect.objectContaining({ type: 'authorization.limited' }));
  });

  test(cite('is for pages of any origin, errors too, and by POST alone', 'rfc9126:2.3:method'), async () => {
    const world = setUp();
    const url = `${ISSUER}/connect/par`;
    const preflight = await world.server.pushedRequest(new Request(url, { method: 'OPTIONS' }), { ip: '' });
    expect(preflight.status).toBe(204);
    const refused = await push(world, {});
    for (const { headers } of [preflight, refused]) {
      expect(headers.get('access-control-allow-origin')).toBe('*');
    }
    expect((await world.server.pushedRequest(new Request(url), { ip: '' })).status).toBe(405);
  });
});

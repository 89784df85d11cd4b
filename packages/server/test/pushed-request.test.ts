import type { Realm } from '@vestibule/core';
import { cite } from '@vestibule/requirements';
import { describe, expect, test, vi } from 'vitest';
import { createAuthorizationServer } from '../src/index.ts';
import { createBrowser } from './browser.ts';
import { CALLBACK, CHALLENGE, ISSUER, MAIL, NOTES, realmWith, setUp } from './set-up.ts';

const REQUEST = {
  response_type: 'code',
  redirect_uri: CALLBACK,
  state: 'pushed',
  code_challenge: CHALLENGE,
  code_challenge_method: 'S256',
  resource: NOTES,
  scope: 'read',
};

type World = ReturnType<typeof setUp>;

/** Pushes a request, with what is `undefined` left out. */
async function push(
  { server }: World,
  fields: Readonly<Record<string, string | undefined>>,
  headers: Record<string, string> = {},
  ip = '192.0.2.1',
) {
  const given = Object.entries({ ...REQUEST, ...fields }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const request = new Request(`${ISSUER}/connect/par`, {
    method: 'POST',
    body: new URLSearchParams(given),
    headers,
  });
  const response = await server.pushedRequest(request, { ip });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** Where a client sends people with a reference. */
const withReference = (fields: Record<string, string>): URL =>
  new URL(`/connect/authorize?${new URLSearchParams(fields).toString()}`, ISSUER);

/** A client, and a request that it has pushed. */
async function pushed(realm?: Realm) {
  const world = setUp(realm);
  const clientId = await world.register();
  const { body } = await push(world, { client_id: clientId });
  return {
    ...world,
    world,
    clientId,
    reference: { client_id: clientId, request_uri: String(body.request_uri) },
  };
}

const unknown = { status: 400, view: { page: 'problem', problem: 'request-unknown' } };

describe('pushing a request', () => {
  test(
    cite(
      'is answered with a reference that nobody can guess, for a minute',
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
      const { put } = world.stores.pushedRequests;
      world.stores.pushedRequests.put = async (...all) => {
        kept.push(all);
        return put(...all);
      };
      const { body } = await push(world, { client_id: clientId, client_secret: secret });
      const text = JSON.stringify(kept);
      expect(text).toContain('pushed');
      expect(text).not.toContain(secret);
      expect(text).not.toContain(body.request_uri.slice(-43));
    },
  );

  test.each<[string, Record<string, string | undefined>, number, string]>([
    ['nobody', { client_id: undefined }, 401, 'invalid_client'],
    [cite('somebody unknown', 'rfc9126:2.3:invalid-client'), { client_id: 'x' }, 401, 'invalid_client'],
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
    ['an API that there is not', { resource: 'https://other.example' }, 400, 'invalid_target'],
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

  test('is refused for a blocked client, which is not told to register again', async () => {
    const world = setUp();
    const clientId = await world.register();
    await world.operator.block('main', clientId);
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

describe('coming with a reference', () => {
  test(
    cite('leads to consent about what was pushed, and back with its state', 'rfc9126:4:begins'),
    async () => {
      const { newBrowser, openConsent, answer, reference } = await pushed();
      const browser = newBrowser();
      const consent = await openConsent(browser, withReference(reference));
      expect(consent.view).toMatchObject({ page: 'consent', scopes: [{ name: 'read' }] });
      const done = await answer(browser, consent, { decision: 'approve' });
      const location = new URL(done.view.location);
      expect(`${location.origin}${location.pathname}`).toBe(CALLBACK);
      expect(location.searchParams.get('state')).toBe('pushed');
      expect(location.searchParams.get('code')).toBeTruthy();
    },
  );

  test(cite('leaves no room for other parameters', 'rfc9126:4:nothing-added'), async () => {
    const { newBrowser, openConsent, answer, reference } = await pushed();
    const browser = newBrowser();
    const others = {
      redirect_uri: 'http://localhost/elsewhere',
      state: 'other',
      scope: 'write',
      resource: MAIL,
      code_challenge: 'x',
      response_type: 'token',
      request: 'a.b.c',
    };
    const consent = await openConsent(browser, withReference({ ...others, ...reference }));
    expect(consent.view).toMatchObject({ api: { resource: NOTES }, scopes: [{ name: 'read' }] });
    const done = await answer(browser, consent, { decision: 'approve' });
    expect(done.view.location).toMatch(/^https:\/\/app\.example\/cb\?.*state=pushed/);
  });

  test(
    cite('is good for as many looks as a browser takes, and for one decision', 'rfc9126:4:once'),
    async () => {
      const { newBrowser, openConsent, answer, reference } = await pushed();
      const browser = newBrowser();
      const [first, second] = [
        await openConsent(browser, withReference(reference)),
        await openConsent(browser, withReference(reference)),
      ];
      expect([first, second]).toMatchObject([{ view: { page: 'consent' } }, { view: { page: 'consent' } }]);
      expect((await answer(browser, first, { decision: 'approve' })).view).toMatchObject({
        outcome: 'approved',
      });
      expect(await answer(browser, second, { decision: 'approve' })).toMatchObject(unknown);
      expect(await newBrowser().open(withReference(reference))).toMatchObject(unknown);
      // The same decision, sent twice, is the same decision.
      expect((await answer(browser, first, { decision: 'approve' })).view).toMatchObject({
        outcome: 'approved',
      });
    },
  );

  test(
    cite('leads to one decision of many at once, also when it has expired meanwhile', 'rfc9126:4:once'),
    async () => {
      const { newBrowser, openConsent, answer, reference, pass } = await pushed();
      const browser = newBrowser();
      const pages = [];
      for (let tab = 0; tab < 5; tab += 1) pages.push(await openConsent(browser, withReference(reference)));
      pass(120);
      const answers = await Promise.all(pages.map((page) => answer(browser, page, { decision: 'approve' })));
      expect(answers.filter(({ view }) => view.page === 'hand-back')).toHaveLength(1);
      expect(answers.filter(({ view }) => view.page === 'problem')).toHaveLength(4);
    },
  );

  test('leads to one decision where requests and interactions live for hours', async () => {
    const long = realmWith();
    const lifetimes = { ...long.settings.lifetimes, pushedRequest: 14_400, transaction: 28_800 };
    const { newBrowser, openConsent, answer, reference, pass, audit } = await pushed({
      ...long,
      settings: { ...long.settings, lifetimes: { ...lifetimes, session: 86_400 } },
    });
    const browser = newBrowser();
    const first = await openConsent(browser, withReference(reference));
    pass(14_399);
    const last = await openConsent(browser, withReference(reference));
    await answer(browser, first, { decision: 'approve' });
    // The mark of the first decision outlives the last interaction.
    pass(28_798);
    expect(await answer(browser, last, { decision: 'approve' })).toMatchObject(unknown);
    expect(audit.events.at(-1)).toMatchObject({ type: 'authorization.refused', error: 'request-unknown' });
  });

  test('is spent by a denial, too', async () => {
    const { newBrowser, openConsent, answer, reference } = await pushed();
    const browser = newBrowser();
    const consent = await openConsent(browser, withReference(reference));
    await answer(browser, consent, { decision: 'deny' });
    expect(await newBrowser().open(withReference(reference))).toMatchObject(unknown);
  });

  test('is not begun by HEAD, which link previews ask by, and neither is anything else', async () => {
    const { server, newBrowser, stores, reference } = await pushed();
    const insert = vi.spyOn(stores.interactions, 'insert');
    const response = await server.authorize(new Request(withReference(reference), { method: 'HEAD' }), {
      ip: '',
    });
    expect([response.status, response.headers.get('set-cookie'), await response.text()]).toEqual([
      200,
      null,
      '',
    ]);
    expect(insert).not.toHaveBeenCalled();
    expect((await newBrowser().open(withReference(reference))).view.page).toBe('sign-in');
  });

  test(cite('is good for 60 seconds and not for 61', 'rfc9126:4:expired'), async () => {
    const early = await pushed();
    early.pass(59);
    expect((await early.newBrowser().open(withReference(early.reference))).view.page).toBe('sign-in');
    const late = await pushed();
    late.pass(60);
    expect(await late.newBrowser().open(withReference(late.reference))).toMatchObject(unknown);
  });

  test(
    cite('is refused if it belongs to another client, and does not consume it', 'rfc9126:4:client'),
    async () => {
      const { newBrowser, register, reference } = await pushed();
      const stranger = { ...reference, client_id: await register() };
      expect(await newBrowser().open(withReference(stranger))).toMatchObject(unknown);
      expect((await newBrowser().open(withReference(reference))).view.page).toBe('sign-in');
    },
  );

  test('is refused if it belongs to another realm', async () => {
    const { reference, stores, options } = await pushed();
    const issuer = 'https://other.example';
    const realms = { find: async (id: string) => ({ ...realmWith(), id, issuer, version: 1 }) };
    const other = createAuthorizationServer({ ...options, stores, realm: 'other', issuer, realms });
    expect(
      await createBrowser(other, issuer).open(
        withReference(reference).pathname + withReference(reference).search,
      ),
    ).toMatchObject(unknown);
  });

  test(
    cite('is refused without a redirect if nobody pushed the request', 'rfc9126:7.1:unguessable'),
    async () => {
      const { newBrowser, clientId, audit } = await pushed();
      const request_uri = `urn:ietf:params:oauth:request_uri:${'A'.repeat(43)}`;
      const url = withReference({ ...REQUEST, client_id: clientId, request_uri });
      expect(await newBrowser().open(url)).toMatchObject(unknown);
      expect(audit.events.at(-1)).toMatchObject({ type: 'authorization.refused', error: 'request-unknown' });
    },
  );

  test('without saying whose it is shows what is missing', async () => {
    const { newBrowser, reference } = await pushed();
    expect(await newBrowser().open(withReference({ request_uri: reference.request_uri }))).toMatchObject({
      view: { page: 'problem', problem: 'client-missing' },
    });
  });

  test(
    cite('is refused if the reference is a URL, which is never fetched', 'rfc9126:4:never-fetched'),
    async () => {
      const { newBrowser, authorizeUrl, clientId } = await pushed();
      const url = authorizeUrl(clientId, { request_uri: 'https://app.example/request.jwt' });
      expect((await newBrowser().open(url)).view).toMatchObject({
        page: 'hand-back',
        outcome: 'refused',
        location: expect.stringContaining('request_uri_not_supported'),
      });
    },
  );

  test(
    cite('is judged again: a gate that was closed meanwhile is closed', 'rfc9126:4:judged-again'),
    async () => {
      const { newBrowser, change, reference } = await pushed();
      await change(realmWith({ notes: false }));
      expect((await newBrowser().open(withReference(reference))).view).toMatchObject({
        outcome: 'refused',
        location: expect.stringContaining('invalid_target'),
      });
    },
  );
});

test(
  cite(
    'a pushed request without redirect_uri is refused, though its client registered one alone',
    'rfc9126:2.1:redirect-uri',
  ),
  async () => {
    const world = setUp();
    const clientId = await world.register();
    for (const redirect_uri of [undefined, '']) {
      expect(await push(world, { client_id: clientId, redirect_uri })).toMatchObject({
        status: 400,
        body: { error: 'invalid_request', error_description: expect.stringContaining('redirect_uri') },
      });
    }
  },
);

describe('where requests have to be pushed', () => {
  const apis = realmWith().apis.map((api) =>
    Object.assign({}, api, { pushedRequestsOnly: api.id === 'notes' }),
  );
  const wholeRealm = realmWith({}, { authorization: { pushedRequestsOnly: true } });
  const oneApi = { ...realmWith(), apis };

  /** What the person's browser comes to with a request that was not pushed. */
  async function unpushed(realm: Realm, redirectUri: string, resource: string) {
    const { register, authorizeUrl, newBrowser, audit } = setUp(realm);
    const clientId = await register({ redirect_uris: [redirectUri] });
    const shown = await newBrowser().open(authorizeUrl(clientId, { redirect_uri: redirectUri, resource }));
    return { ...shown, last: audit.events.at(-1) };
  }

  test.each([
    ['the whole realm, for one API', wholeRealm, NOTES],
    ['the whole realm, for another API', wholeRealm, MAIL],
    ['one API, for that', oneApi, NOTES],
  ])(
    cite('one that was not is refused before anybody is asked: %s', 'rfc9126:4:pushed-only'),
    async (_, realm, resource) => {
      const shown = await unpushed(realm, CALLBACK, resource);
      expect(shown.view).toMatchObject({
        page: 'hand-back',
        outcome: 'refused',
        detail: expect.stringMatching(/^invalid_request: .*pushed/),
      });
      expect(shown.last).toMatchObject({ type: 'authorization.refused', error: 'invalid_request' });
    },
  );

  test('one for another API than the one that wants it goes on', async () => {
    expect((await unpushed(oneApi, CALLBACK, MAIL)).view).toMatchObject({ page: 'sign-in' });
  });

  test.each([
    ['the whole realm', wholeRealm],
    ['one API', oneApi],
  ])(cite('one that was pushed goes on: %s', 'rfc9126:4:pushed-only'), async (_, realm) => {
    const world = setUp(realm);
    const clientId = await world.register();
    const { status, body } = await push(world, { client_id: clientId });
    expect(status).toBe(201);
    const url = withReference({ client_id: clientId, request_uri: body.request_uri });
    expect((await world.newBrowser().open(url)).view).toMatchObject({ page: 'sign-in' });
  });

  test.each([
    ['the whole realm: true', wholeRealm, true],
    ['one API alone: not said, since a client may ask for others as it likes', oneApi, undefined],
    ['nowhere: not said', realmWith(), undefined],
  ])(cite('the metadata says so for %s', 'rfc9126:5:require'), async (_, realm, expected) => {
    const { server } = setUp(realm);
    const response = await server.metadata(new Request(`${ISSUER}/.well-known/oauth-authorization-server`), {
      ip: '192.0.2.1',
    });
    const metadata: Record<string, unknown> = await response.json();
    expect(metadata['require_pushed_authorization_requests']).toBe(expected);
  });
});

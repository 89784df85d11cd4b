import { findRealm, type Realm, type ServerLimits } from '@vestibule/core/realm';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { attachedWhereApisAsk, basic } from './apis.ts';
import { ISSUER, realmWith, setUp } from './set-up.ts';

type World = Pick<ReturnType<typeof setUp>, 'realms' | 'change'>;

/** Sets limits while the server runs. */
async function limit({ realms, change }: World, limits: Partial<ServerLimits>): Promise<void> {
  const realm = await findRealm(realms, 'main');
  if (realm === undefined) throw new Error('There is no realm.');
  const settings: Realm['settings'] = {
    ...realm.settings,
    limits: { ...realm.settings.limits, ...limits },
  };
  await change({ ...realm, settings });
}

const ask = async (
  { server }: Pick<ReturnType<typeof setUp>, 'server'>,
  endpoint: 'token' | 'revoke',
  fields: Record<string, string>,
  { ip = '192.0.2.1', headers = {} }: { ip?: string; headers?: Record<string, string> } = {},
) => {
  const body = new URLSearchParams(fields);
  const request = new Request(`${ISSUER}/connect/${endpoint}`, { method: 'POST', body, headers });
  const response = await server[endpoint](request, { ip });
  const text = await response.text();
  const error: unknown = text === '' ? undefined : JSON.parse(text).error;
  return { status: response.status, error, retryAfter: response.headers.get('retry-after') };
};

const push = async ({ server }: ReturnType<typeof setUp>, url: URL, ip: string, headers = {}) => {
  const body = url.searchParams;
  const request = new Request(`${ISSUER}/connect/par`, { method: 'POST', body, headers });
  return server.pushedRequest(request, { ip });
};

describe('requests of programs', () => {
  test('are limited by address, with 429, an OAuth error and when to come back', async () => {
    const world = setUp();
    await limit(world, { tokenRequestsPerAddressPerHour: 3 });
    const refused = { status: 429, error: 'too_many_requests', retryAfter: '3600' };
    for (let i = 0; i < 2; i += 1) expect((await ask(world, 'token', {})).status).toBe(401);
    expect((await ask(world, 'revoke', {})).status).toBe(401);
    for (const endpoint of ['token', 'revoke'] as const) {
      expect(await ask(world, endpoint, {})).toEqual(refused);
    }
    const atUserinfo = new Request(`${ISSUER}/connect/userinfo`);
    expect((await world.server.userinfo(atUserinfo, { ip: '192.0.2.1' })).status).toBe(429);
    expect((await ask(world, 'token', {}, { ip: '198.51.100.1' })).status).toBe(401);
    world.pass(3_600);
    expect((await ask(world, 'token', {})).status).toBe(401);
  });

  test('are recorded once in a window when they are too many', async () => {
    const world = setUp();
    await limit(world, { tokenRequestsPerAddressPerHour: 0 });
    for (let i = 0; i < 5; i += 1) await ask(world, 'token', {});
    expect(world.audit.events).toEqual([
      expect.objectContaining({
        type: 'token.refused',
        error: 'too_many_requests',
        reason: 'too many requests from this address',
      }),
    ]);
  });

  test('are not limited by address where the operator names the network', async () => {
    const world = setUp();
    const realm = realmWith();
    const egressRanges = [{ name: 'Hosted', ranges: ['192.0.2.0/24'], perHour: 10 }];
    const limits = { ...realm.settings.registration.limits, egressRanges };
    const registration = { ...realm.settings.registration, limits };
    await world.change({ ...realm, settings: { ...realm.settings, registration } });
    await limit(world, { tokenRequestsPerAddressPerHour: 0 });
    expect((await ask(world, 'token', {})).status).toBe(401);
    expect((await ask(world, 'token', {}, { ip: '198.51.100.1' })).status).toBe(429);
  });

  test('in the name of a public client use up what that client has at the same address alone', async () => {
    const world = setUp();
    await limit(world, { tokenRequestsPerClientPerHour: 2 });
    const [client_id, other] = [await world.register(), await world.register()];
    const stranger = { ip: '203.0.113.66' };
    const statuses = [];
    for (let i = 0; i < 3; i += 1) {
      statuses.push((await ask(world, 'token', { client_id }, stranger)).status);
    }
    expect(statuses).toEqual([400, 400, 429]);
    expect((await ask(world, 'token', { client_id })).status).toBe(400);
    expect((await ask(world, 'token', { client_id: other }, stranger)).status).toBe(400);
  });

  test('requests of a confidential client are counted across addresses, once it has authenticated', async () => {
    const world = setUp();
    await limit(world, { tokenRequestsPerClientPerHour: 2 });
    const { clientId, secret } = await world.preregister();
    const headers = { authorization: basic(clientId, secret) };
    const wrong = { authorization: basic(clientId, 'a stranger’s guess at the secret'.slice(0, 9)) };
    for (let i = 0; i < 3; i += 1) {
      expect((await ask(world, 'token', {}, { headers: wrong })).status).toBe(401);
    }
    const statuses = [];
    for (const ip of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) {
      statuses.push((await ask(world, 'token', {}, { ip, headers })).status);
    }
    expect(statuses).toEqual([400, 400, 429]);
  });
});

describe('requests that clients push', () => {
  const limitAddresses = (world: ReturnType<typeof setUp>, egress: boolean) => {
    const realm = realmWith();
    const egressRanges = egress ? [{ name: 'Hosted', ranges: ['192.0.2.0/24'], perHour: 10 }] : [];
    const limits = {
      ...realm.settings.registration.limits,
      authorizationsPerAddressPerHour: 1,
      egressRanges,
    };
    const registration = { ...realm.settings.registration, limits };
    return world.change({ ...realm, settings: { ...realm.settings, registration } });
  };

  test('are limited by address before a client is authenticated, and recorded once', async () => {
    const world = setUp();
    await limit(world, { tokenRequestsPerAddressPerHour: 2 });
    const { clientId } = await world.preregister();
    const url = world.authorizeUrl(clientId);
    const wrong = { authorization: basic(clientId, 'a wrong secret') };
    const statuses = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await push(world, url, '192.0.2.1', wrong)).status);
    expect(statuses).toEqual([401, 401, 429, 429]);
    const told = world.audit.events.filter(({ type }) => type === 'authorization.refused');
    expect(told.map((event) => 'error' in event && event.error)).toEqual([
      'invalid_client',
      'invalid_client',
      'too_many_requests',
    ]);
  });

  test('are counted for the client, not for its address, if the client authenticates', async () => {
    const world = setUp();
    await limitAddresses(world, false);
    await limit(world, { tokenRequestsPerClientPerHour: 2 });
    const { clientId, secret } = await world.preregister();
    const headers = { authorization: basic(clientId, secret) };
    const url = world.authorizeUrl(clientId);
    const statuses = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await push(world, url, '192.0.2.1', headers)).status);
    expect(statuses).toEqual([201, 201, 429]);
  });

  test.each([
    ['are limited by address if the client is public', false, [201, 429]],
    ['are not limited by address in a network that the operator names', true, [201, 201]],
  ])('%s', async (_, egress, expected) => {
    const world = setUp();
    await limitAddresses(world, egress);
    const url = world.authorizeUrl(await world.register());
    const statuses = [];
    for (let i = 0; i < 2; i += 1) statuses.push((await push(world, url, '192.0.2.1')).status);
    expect(statuses).toEqual(expected);
  });
});

describe('authorizations in unknown browsers', () => {
  test('are limited in the realm, and people in browsers that are known are let in all the same', async () => {
    const world = setUp();
    const { register, authorizeUrl, newBrowser, openConsent, audit } = world;
    const url = authorizeUrl(await register());
    const signedIn = newBrowser('203.0.113.1');
    await openConsent(signedIn, url);
    const signedInBefore = newBrowser('203.0.113.2');
    await openConsent(signedInBefore, url, 'grace');
    signedInBefore.cookies.delete('__Host-vestibule-session-main');

    // Both began in unknown browsers.
    await limit(world, { pendingAuthorizations: 4, organizationPercentOfPending: 100 });
    const statuses = [];
    for (const ip of ['192.0.2.1', '192.0.2.2']) statuses.push((await newBrowser(ip).open(url)).status);
    const refused = await newBrowser('192.0.2.3').open(url);
    expect(statuses).toEqual([200, 200]);
    expect(refused).toMatchObject({ status: 503, view: { page: 'problem', problem: 'busy' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(audit.events.at(-1)).toMatchObject({ type: 'authorization.limited', limit: 'realm' });

    for (const known of [signedIn, signedInBefore]) expect((await known.open(url)).status).toBe(200);
  });

  test('are limited by person in browsers that are known, from whatever address', async () => {
    const world = setUp();
    const { register, authorizeUrl, newBrowser, openConsent } = world;
    const url = authorizeUrl(await register());
    const realm = realmWith();
    const limits = { ...realm.settings.registration.limits, authorizationsPerAddressPerHour: 2 };
    const registration = { ...realm.settings.registration, limits };
    await world.change({ ...realm, settings: { ...realm.settings, registration } });
    const browser = newBrowser('203.0.113.1');
    await openConsent(browser, url);
    const statuses = [];
    for (let i = 2; i < 5; i += 1) {
      const elsewhere = newBrowser(`203.0.113.${i}`);
      for (const [name, value] of browser.cookies) elsewhere.cookies.set(name, value);
      statuses.push((await elsewhere.open(url)).status);
    }
    expect(statuses).toEqual([200, 200, 429]);
  });
});

describe(cite('what one organization keeps at once', 'vestibule:limits:organization-of-pending'), () => {
  const ORGANIZATION = ['192.0.2.1', '192.0.2.2', '192.0.2.3'];
  const limits = { pendingAuthorizations: 8, pendingPushedRequests: 8 };

  test('is a quarter of the authorizations in unknown browsers', async () => {
    const world = setUp();
    await limit(world, limits);
    const { newBrowser, audit } = world;
    const url = world.authorizeUrl(await world.register());
    const opened = [];
    for (const ip of ORGANIZATION) opened.push(await newBrowser(ip).open(url));
    expect(opened.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(Number(opened.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(audit.events.at(-1)).toMatchObject({ type: 'authorization.limited', limit: 'organization' });
    expect((await newBrowser('198.51.100.1').open(url)).status).toBe(200);
  });

  test('is a quarter of the requests that public clients push', async () => {
    const world = setUp();
    await limit(world, limits);
    const url = world.authorizeUrl(await world.register());
    const statuses = [];
    for (const ip of ORGANIZATION) statuses.push((await push(world, url, ip)).status);
    expect(statuses).toEqual([201, 201, 429]);
    expect(world.audit.events.at(-1)).toMatchObject({ type: 'authorization.limited', limit: 'organization' });
    expect((await push(world, url, '198.51.100.1')).status).toBe(201);
  });

  test('is half of them where the operator names the network', async () => {
    const world = setUp();
    const realm = realmWith();
    const egressRanges = [{ name: 'Hosted', ranges: ['192.0.2.0/24'], perHour: 10 }];
    const registration = {
      ...realm.settings.registration,
      limits: { ...realm.settings.registration.limits, egressRanges },
    };
    await world.change({ ...realm, settings: { ...realm.settings, registration } });
    await limit(world, limits);
    const url = world.authorizeUrl(await world.register());
    const statuses = [];
    for (let i = 0; i < 5; i += 1) statuses.push((await push(world, url, '192.0.2.1')).status);
    expect(statuses).toEqual([201, 201, 201, 201, 429]);
  });
});

describe(cite('what web pages ask', 'vestibule:limits:pages'), () => {
  const PAGE = { origin: 'https://page.example' };

  test.each<[string, 'token' | 'revoke', Record<string, string>]>([
    ['an origin, at the token endpoint', 'token', PAGE],
    ['an origin, at the revocation endpoint', 'revoke', PAGE],
    ['an origin that is hidden', 'token', { origin: 'null' }],
    ['no origin, and another site', 'token', { 'sec-fetch-site': 'cross-site' }],
  ])(
    'uses up nothing of the programs at the address of the visitor: %s',
    async (_title, endpoint, headers) => {
      const world = setUp();
      await limit(world, { tokenRequestsPerAddressPerHour: 2 });
      const statuses = [];
      for (let i = 0; i < 4; i += 1) statuses.push((await ask(world, endpoint, {}, { headers })).status);
      expect(statuses).toEqual([401, 401, 429, 429]);
      expect((await ask(world, endpoint, {})).status).toBe(401);
    },
  );

  test('uses up nothing of the programs at userinfo and where requests are pushed', async () => {
    const world = setUp();
    await limit(world, { tokenRequestsPerAddressPerHour: 1 });
    const url = world.authorizeUrl(await world.register());
    const image = { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } };
    const userinfo = async (init: RequestInit = {}) =>
      (await world.server.userinfo(new Request(`${ISSUER}/connect/userinfo`, init), { ip: '192.0.2.1' }))
        .status;
    expect([await userinfo(image), await userinfo(image)]).toEqual([401, 429]);
    expect((await push(world, url, '192.0.2.1', PAGE)).status).toBe(429);
    expect((await push(world, url, '192.0.2.1')).status).toBe(201);
  });

  test('in the name of a public client uses up nothing of that client’s at the same address', async () => {
    const world = setUp();
    await limit(world, { tokenRequestsPerClientPerHour: 1 });
    const client_id = await world.register();
    const statuses = [];
    for (let i = 0; i < 2; i += 1) {
      statuses.push((await ask(world, 'token', { client_id }, { headers: PAGE })).status);
    }
    expect(statuses).toEqual([400, 429]);
    expect((await ask(world, 'token', { client_id })).status).toBe(400);
  });
});

describe('requests that public clients push', () => {
  test('are limited in the realm, and a client that authenticates has a number of its own', async () => {
    const world = setUp();
    await limit(world, { pendingPushedRequests: 2, organizationPercentOfPending: 100 });
    const url = world.authorizeUrl(await world.register());
    const statuses = [];
    for (const ip of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) {
      statuses.push((await push(world, url, ip)).status);
    }
    expect(statuses).toEqual([201, 201, 429]);
    const { clientId, secret } = await world.preregister();
    const headers = { authorization: basic(clientId, secret) };
    expect((await push(world, world.authorizeUrl(clientId), '192.0.2.3', headers)).status).toBe(201);
  });

  test('refused pushed requests do not count against the limit of public clients', async () => {
    const world = setUp();
    await limit(world, { pendingPushedRequests: 1 });
    const clientId = await world.register();
    const bad = world.authorizeUrl(clientId, { resource: 'https://elsewhere.example' });
    for (let i = 0; i < 3; i += 1) expect((await push(world, bad, '192.0.2.1')).status).toBe(400);
    expect((await push(world, world.authorizeUrl(clientId), '192.0.2.1')).status).toBe(201);
  });
});

test('one sign-in too many signs a person out of their oldest session', async () => {
  const world = setUp();
  await limit(world, { sessionsPerPerson: 2 });
  const { register, authorizeUrl, newBrowser, openConsent } = world;
  const url = authorizeUrl(await register());
  const browsers = [];
  for (const name of ['ada', 'ada', 'grace', 'ada']) {
    const browser = newBrowser();
    await openConsent(browser, url, name);
    browsers.push(browser);
    world.pass(1);
  }
  const pages = [];
  for (const browser of browsers) pages.push((await browser.open(url)).view.page);
  expect(pages).toEqual(['sign-in', 'consent', 'consent', 'consent']);
});

describe('the revocation list', () => {
  test('grows by one for a grant of which very many tokens are revoked: the grant ends', async () => {
    const world = await attachedWhereApisAsk();
    await limit(world, { revokedTokensPerGrant: 2 });
    const { refresh, revoke, clientId, tokens, revocations, audit, introspect } = world;
    const all = [tokens];
    for (let i = 0; i < 3; i += 1) all.push((await refresh(clientId, all.at(-1).refresh_token)).body);
    const headers = { authorization: basic('notes', 'secret-of-notes') };
    for (const { access_token: token } of all.slice(0, 2)) await revoke(token);
    expect((await revocations(headers)).body).toMatchObject({ token_ids: { length: 2 }, grant_ids: [] });
    for (const { access_token: token } of all.slice(2)) await revoke(token);
    expect((await revocations(headers)).body).toMatchObject({
      token_ids: { length: 2 },
      grant_ids: { length: 1 },
    });
    for (const { access_token: token } of all) expect((await introspect(token)).body.active).toBe(false);
    const told = audit.events.filter(({ type }) => type === 'token.revoked' || type === 'grant.ended');
    expect(told.map(({ type }) => type)).toEqual(['token.revoked', 'token.revoked', 'grant.ended']);
  });

  test('does not grow by a token that is revoked again', async () => {
    const world = await attachedWhereApisAsk();
    await limit(world, { revokedTokensPerGrant: 1 });
    for (let i = 0; i < 5; i += 1) await world.revoke(world.tokens.access_token);
    expect(world.audit.events.filter(({ type }) => type === 'token.revoked')).toHaveLength(1);
    expect((await world.refresh(world.clientId, world.tokens.refresh_token)).status).toBe(200);
  });

  test('is not served beyond its limit, and the response says what to do', async () => {
    const world = await attachedWhereApisAsk();
    const headers = { authorization: basic('notes', 'secret-of-notes') };
    await world.revoke(world.tokens.access_token);
    await limit(world, { revocationListEntries: 1 });
    expect((await world.revocations(headers)).status).toBe(200);
    await world.revoke(world.tokens.refresh_token);
    expect(await world.revocations(headers)).toEqual({
      status: 503,
      body: {
        error: 'temporarily_unavailable',
        error_description: expect.stringMatching(/limits\.revocationListEntries.*introspection/),
      },
    });
  });
});

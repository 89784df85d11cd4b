import type { Freshness } from '@vestibule/cimd';
import { createClientSweeper } from '@vestibule/core';
import { createMemoryLeaseStore } from '@vestibule/core/memory';
import { DEFAULT_REALM_SETTINGS, type PartialRealmSettings } from '@vestibule/core/realm';
import { describe, expect, test } from 'vitest';
import { createBrowser } from './browser.ts';
import { documentHosts, FRESH_FOR } from './document-hosts.ts';
import { ADA, CALLBACK, ISSUER, NOTES, realmWith, setUp } from './set-up.ts';

const URI = 'https://app.example/client.json';

const DOCUMENT = {
  client_id: URI,
  client_name: 'Diary',
  redirect_uris: [CALLBACK, 'http://127.0.0.1/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
};

const DAY = 86_400;

/** A server whose realm is open to documents, and the website of an app with one. */
function open(settings: PartialRealmSettings['metadataDocuments'] = {}, { registration = false } = {}) {
  const hosts = documentHosts();
  hosts.publish(DOCUMENT);
  const realm = realmWith({ realm: registration }, { metadataDocuments: { open: true, ...settings } });
  const world = setUp(realm, { documentFetch: hosts.fetch });
  const browser = createBrowser(world.server, ISSUER);
  const ask = (clientId = URI, parameters: Record<string, string | undefined> = {}) =>
    world.openConsent(browser, world.authorizeUrl(clientId, parameters));
  const exchange = async () => world.exchange(URI, await world.obtainCode(URI));
  const exchangeCode = (code: string) => world.exchange(URI, code);
  const refresh = (token: unknown) => world.refresh(URI, String(token));
  const changeTo = (next: PartialRealmSettings['metadataDocuments']) =>
    world.change(realmWith({ realm: registration }, { metadataDocuments: { open: true, ...next } }));
  const types = () => world.audit.events.map(({ type }) => type);
  return { ...world, hosts, browser, ask, exchange, exchangeCode, refresh, changeTo, types };
}

test('an app whose id is the URL of its document gets a token for one API', async () => {
  const { exchange, refresh, hosts } = open();
  const exchanged = await exchange();
  expect(exchanged).toMatchObject({ status: 200, body: { token_type: 'Bearer', scope: 'read write' } });
  expect(await refresh(exchanged.body.refresh_token)).toMatchObject({ status: 200 });
  expect(hosts.asked.map(({ url }) => url)).toEqual([URI]);
});

test('the metadata says that documents are supported exactly while the realm is open to them', async () => {
  for (const [isOpen, supported] of [
    [true, true],
    [false, undefined],
  ]) {
    const { server } = setUp(realmWith({}, { metadataDocuments: { open: isOpen === true } }), {
      documentFetch: documentHosts().fetch,
    });
    const response = await server.metadata(new Request(`${ISSUER}/.well-known/oauth-authorization-server`), {
      ip: '192.0.2.1',
    });
    const metadata: Record<string, unknown> = await response.json();
    expect(metadata['client_id_metadata_document_supported']).toBe(supported);
    expect(metadata['token_endpoint_auth_methods_supported']).toContain('none');
  }
});

test('a closed realm fetches nothing, and does not know the app', async () => {
  const { ask, hosts } = open({ open: false });
  expect(await ask()).toMatchObject({ view: { problem: 'client-unknown' } });
  expect(hosts.asked).toEqual([]);
});

describe('the consent page', () => {
  test('says which website describes the app, which has verified it where the person is sent to that website', async () => {
    const { ask } = open();
    expect(await ask()).toMatchObject({
      view: {
        page: 'consent',
        client: { name: 'Diary', documentHost: 'app.example', verifiedBy: 'app.example' },
      },
    });
  });

  test('says unverified on this computer, where any program can use the URL of the document', async () => {
    const { ask } = open();
    const { view } = await ask(URI, { redirect_uri: 'http://127.0.0.1:4711/callback' });
    expect(view).toMatchObject({
      page: 'consent',
      client: { documentHost: 'app.example', canBeImitated: true },
    });
    expect(view).not.toHaveProperty('client.verifiedBy');
  });

  test('says unverified at a website that passes responses on to other programs', async () => {
    const { ask, change } = open();
    const { settings, ...rest } = realmWith({}, { metadataDocuments: { open: true } });
    const vendors = [{ name: 'Acme', hosts: ['app.example'], passesOn: ['app.example'] }];
    const registration = { ...settings.registration, vendors };
    await change({ ...rest, settings: { ...settings, registration } });
    const { view } = await ask();
    expect(view).toMatchObject({
      page: 'consent',
      client: { documentHost: 'app.example', canBeImitated: true },
    });
    expect(view).not.toHaveProperty('client.verifiedBy');
  });

  test('says unverified where the person is sent to another website', async () => {
    const { ask, hosts } = open();
    hosts.publish({ ...DOCUMENT, redirect_uris: ['https://elsewhere.example/cb'] });
    const { view } = await ask(URI, { redirect_uri: 'https://elsewhere.example/cb' });
    expect(view).not.toHaveProperty('client.verifiedBy');
  });
});

test.each([
  [
    'verified by the website of its document, where it was approved as that',
    CALLBACK,
    { verifiedBy: 'app.example' },
  ],
  ['unverified, where it was approved on this computer', 'http://127.0.0.1:4711/callback', {}],
])('Connected apps lists an app with a document as %s', async (_, redirectUri, mark) => {
  const { browser, ask, answer } = open();
  const consent = await ask(URI, { redirect_uri: redirectUri });
  await answer(browser, consent, { decision: 'approve' });
  const { view } = await browser.open(new URL(`${ISSUER}/connect/apps`));
  expect(view.apps).toHaveLength(1);
  const { verifiedBy, name } = view.apps?.[0] ?? {};
  expect({ name, ...(verifiedBy !== undefined && { verifiedBy }) }).toEqual({ name: 'Diary', ...mark });
});

describe('an app is refused before a person is asked', () => {
  test.each<[string, Parameters<typeof open>[0], Record<string, unknown>, string]>([
    ['its document names another URL', {}, { client_id: 'https://app.example/other' }, 'document.client-id'],
    ['its document has a secret', {}, { client_secret: 's' }, 'document.secret'],
    [
      'it only authenticates by a secret',
      {},
      { token_endpoint_auth_method: 'client_secret_post' },
      'document.secret',
    ],
    ['it has no redirect URI', {}, { redirect_uris: [] }, 'redirect-uris'],
    ['it sends people to an http website', {}, { redirect_uris: ['http://app.example/cb'] }, 'redirect-uris'],
    ['it asks for client_credentials', {}, { grant_types: ['client_credentials'] }, 'grant-types'],
    ['its host is refused', { refusedHosts: ['app.example'] }, {}, 'document.host'],
    [
      'its host is not one of those that are allowed',
      { allowedHosts: ['*.example'], refusedHosts: ['app.example'] },
      {},
      'document.host',
    ],
    ['its host is not on the list', { allowedHosts: ['other.example'] }, {}, 'document.host'],
    ['its document is refused', { refusedDocuments: [URI] }, {}, 'document.host'],
  ])('if %s', async (_, settings, members, rule) => {
    const { ask, hosts, audit, clients } = open(settings);
    hosts.publishAt(URI, { ...DOCUMENT, ...members });
    const shown = await ask();
    expect(shown).toMatchObject({ status: 403, view: { problem: 'document-refused' } });
    expect(shown).toHaveProperty('view.detail', expect.stringContaining(`[${rule}`));
    expect(audit.events).toContainEqual(expect.objectContaining({ type: 'document.refused' }));
    expect(await clients.find('main', URI)).toBeUndefined();
  });

  test.each([
    'https://app.example',
    'https://app.example/a/../client.json',
    'https://APP.example/client.json',
    'https://user@app.example/client.json',
    'https://app.example/client.json#a',
  ])('if its id is %s, which is not fetched', async (clientId) => {
    const { ask, hosts } = open();
    expect(await ask(clientId)).toMatchObject({ view: { problem: 'document-refused' } });
    expect(hosts.asked).toEqual([]);
  });
});

test('grant types of other servers in a document are left out', async () => {
  const { exchange, hosts, clients } = open();
  const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
  hosts.publish({ ...DOCUMENT, grant_types: ['authorization_code', 'refresh_token', jwtBearer] });
  expect(await exchange()).toMatchObject({ status: 200 });
  expect(await clients.find('main', URI)).toMatchObject({
    grantTypes: ['authorization_code', 'refresh_token'],
  });
});

test('a client that an operator or a registration made keeps its id, whatever is at that URL', async () => {
  const { ask, hosts, clients } = open();
  const made = { realm: 'main', id: URI, version: 1, name: 'Ours', redirectUris: [CALLBACK], issuedAt: 0 };
  const terms = {
    authentication: { method: 'none' },
    access: [{ resource: NOTES, scopes: ['read'] }],
    rememberConsent: false,
  } as const;
  await clients.insert({
    ...made,
    kind: 'pre-registered',
    grantTypes: ['authorization_code'],
    applicationType: 'web',
    terms,
  });
  expect(await ask()).toMatchObject({
    view: { page: 'consent', client: { name: 'Ours', isPreregistered: true } },
  });
  expect(hosts.asked).toEqual([]);
});

describe('a known document', () => {
  test('is fetched again only when its copy is not fresh any more, and then conditionally', async () => {
    const { ask, hosts, pass } = open();
    await ask();
    await ask();
    pass(FRESH_FOR - 1);
    await ask();
    expect(hosts.asked).toHaveLength(1);
    pass(2);
    await ask();
    await ask();
    expect(hosts.asked).toMatchObject([{ url: URI }, { url: URI, etag: expect.any(String) }]);
  });

  test('which has lost a redirect URI sends no person there any more, and the change is recorded', async () => {
    const { ask, hosts, pass, audit } = open();
    await ask();
    hosts.publish({ ...DOCUMENT, redirect_uris: ['https://app.example/other', 'http://127.0.0.1/callback'] });
    pass(FRESH_FOR + 1);
    expect(await ask()).toMatchObject({ view: { problem: 'redirect-uri-unregistered' } });
    expect(audit.events.find(({ type }) => type === 'document.changed')).toMatchObject({
      clientId: URI,
      changed: ['redirectUris'],
    });
  });

  test('is used as it was while its host is down, and not for longer than the realm allows', async () => {
    const { ask, exchange, refresh, hosts, pass, types } = open({ stale: 2 * DAY });
    const { body } = await exchange();
    hosts.fail(true);
    pass(FRESH_FOR + 1);
    expect(await ask()).toMatchObject({ view: { page: 'consent' } });
    expect(types()).toContain('document.unavailable');
    pass(2 * DAY - 10);
    const { status, body: refreshed } = await refresh(body.refresh_token);
    expect(status).toBe(200);
    pass(20);
    expect(await refresh(refreshed.refresh_token)).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
    expect(await ask()).toMatchObject({ status: 503, view: { problem: 'document-unavailable' } });
  });

  describe('of which the host says how it may be reused', () => {
    const usable = { view: { page: 'consent' } };
    const unavailable = { status: 503, view: { problem: 'document-unavailable' } };

    test.each<[string, Partial<Freshness>, number, object]>([
      ['no-store', { noStore: true, freshFor: 3_600 }, 299, usable],
      ['no-store', { noStore: true, freshFor: 3_600 }, 301, unavailable],
      ['no-cache', { noCache: true, freshFor: 3_600 }, 301, unavailable],
      ['must-revalidate', { mustRevalidate: true, freshFor: 3_600 }, 3_599, usable],
      ['must-revalidate', { mustRevalidate: true, freshFor: 3_600 }, 3_601, unavailable],
      ['stale-if-error', { staleIfError: 600, freshFor: 3_600 }, 4_199, usable],
      ['stale-if-error', { staleIfError: 600, freshFor: 3_600 }, 4_201, unavailable],
      ['stale-if-error for longer than the realm', { staleIfError: 9 * DAY }, 2 * DAY + 299, usable],
      ['stale-if-error for longer than the realm', { staleIfError: 9 * DAY }, 2 * DAY + 301, unavailable],
      ['nothing', {}, 2 * DAY + 299, usable],
    ])('by %s (%j): after %i seconds without its host', async (_, said, seconds, shown) => {
      const { exchange, ask, hosts, pass } = open({ stale: 2 * DAY });
      hosts.cache(said);
      await exchange();
      hosts.fail(true);
      pass(seconds);
      expect(await ask()).toMatchObject(shown);
    });

    test('refreshes tokens for as long as the realm allows, because nothing is displayed then', async () => {
      const { exchange, refresh, hosts, pass } = open({ stale: 2 * DAY });
      hosts.cache({ noStore: true });
      const { body } = await exchange();
      hosts.fail(true);
      pass(2 * DAY);
      expect(await refresh(body.refresh_token)).toMatchObject({ status: 200 });
    });

    test('is bound by what a later response says, although the document is the same', async () => {
      const { exchange, ask, hosts, pass } = open({ stale: 2 * DAY });
      await exchange();
      hosts.cache({ freshFor: 3_600, mustRevalidate: true });
      pass(FRESH_FOR + 1);
      expect(await ask()).toMatchObject(usable);
      hosts.fail(true);
      pass(3_601);
      expect(await ask()).toMatchObject(unavailable);
    });
  });

  test('is not used for a new authorization once it is refused', async () => {
    const { ask, hosts, pass } = open();
    await ask();
    hosts.publishAt(URI, { ...DOCUMENT, client_secret: 's' });
    pass(FRESH_FOR + 1);
    expect(await ask()).toMatchObject({ view: { problem: 'document-refused' } });
  });

  test('is stored as it is now, although the app was used while it was fetched', async () => {
    const { ask, hosts, pass, intercept, clients } = open();
    await ask();
    hosts.publish({ ...DOCUMENT, redirect_uris: ['https://app.example/other'] });
    pass(FRESH_FOR + 1);
    intercept({ kind: 'client.replace', before: () => clients.touch('main', URI, 1) });
    expect(await ask()).toMatchObject({ view: { problem: 'redirect-uri-unregistered' } });
    expect(await clients.find('main', URI)).toMatchObject({ lastUsedAt: 1, version: 3 });
  });

  test('is not stored over a block that came while it was fetched', async () => {
    const { ask, pass, intercept, operator, clients } = open();
    await ask();
    pass(FRESH_FOR + 1);
    intercept({ kind: 'client.replace', before: () => operator.clients.block(ADA, 'main', URI) });
    expect(await ask()).toMatchObject({ view: { problem: 'client-blocked' } });
    expect(await clients.find('main', URI)).toHaveProperty('blockedAt');
  });

  test('which has not changed is judged again by a stricter policy', async () => {
    const { ask, pass, change } = open();
    await ask();
    const { settings, ...realm } = realmWith({}, { metadataDocuments: { open: true } });
    const registration = { ...settings.registration, refusedRedirectHosts: ['app.example'] };
    await change({ ...realm, settings: { ...settings, registration } });
    pass(FRESH_FOR + 1);
    expect(await ask()).toMatchObject({ view: { problem: 'document-refused' } });
  });

  test('which describes a blocked app is not fetched, and does not unblock it', async () => {
    const { ask, hosts, pass, operator, clients } = open();
    await ask();
    await operator.clients.block(ADA, 'main', URI);
    pass(FRESH_FOR + 1);
    expect(await ask()).toMatchObject({ view: { problem: 'client-blocked' } });
    expect(await clients.find('main', URI)).toHaveProperty('blockedAt');
    expect(hosts.asked).toHaveLength(1);
  });

  test('which no person approved in time is not deleted while the next person decides', async () => {
    const { ask, answer, browser, pass, stores, options, change } = open();
    await change(realmWith({}, { metadataDocuments: { open: true }, lifecycle: { unused: 600 } }));
    const { transaction, code } = DEFAULT_REALM_SETTINGS.lifetimes;
    await ask();
    pass(600 + transaction + code - 10);
    const consent = await ask();
    pass(20);
    const leases = createMemoryLeaseStore();
    const sweeper = createClientSweeper({ ...options, ...stores, leases, holder: 'one' });
    expect(await sweeper.sweep('main', 10)).toMatchObject({ documents: 0 });
    expect(await answer(browser, consent, { decision: 'approve' })).toMatchObject({
      view: { page: 'hand-back', outcome: 'approved' },
    });
  });

  test('whose copy has become too old meanwhile can still be approved, and its code is exchanged', async () => {
    const { ask, answer, browser, pass, exchangeCode } = open({ stale: 0 });
    await ask();
    pass(FRESH_FOR - 1);
    const consent = await ask();
    pass(2);
    const { view } = await answer(browser, consent, { decision: 'approve' });
    const code = new URL(view.location).searchParams.get('code') ?? '';
    expect(await exchangeCode(code)).toMatchObject({ status: 200 });
  });

  test('which was not fetched for a long time is fetched before a token is refused', async () => {
    const { exchange, refresh, hosts, pass } = open({ stale: 0 });
    const { body } = await exchange();
    pass(FRESH_FOR + 1);
    expect(await refresh(body.refresh_token)).toMatchObject({ status: 200 });
    expect(hosts.asked).toHaveLength(2);
  });

  test('is not fetched for a stranger who has no token', async () => {
    const { ask, refresh, hosts, pass, errors } = open();
    await ask();
    pass(FRESH_FOR + 1);
    for (let number = 0; number < 5; number += 1) {
      expect(await refresh('guessed')).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    }
    await new Promise(setImmediate);
    expect(hosts.asked).toHaveLength(1);
    expect(errors).toEqual([]);
  });

  test('is fetched again by a refresh of a token, which does not wait for it', async () => {
    const { exchange, refresh, hosts, pass } = open();
    const { body } = await exchange();
    pass(FRESH_FOR + 1);
    expect(await refresh(body.refresh_token)).toMatchObject({ status: 200 });
    await expect.poll(() => hosts.asked.length).toBe(2);
  });
});

test.each<[string, (world: ReturnType<typeof open>) => Promise<unknown>]>([
  ['its host is refused', ({ changeTo }) => changeTo({ refusedHosts: ['app.example'] })],
  ['the realm is closed to documents', ({ changeTo }) => changeTo({ open: false })],
])('a token is not refreshed once %s', async (_, close) => {
  const world = open();
  const { body } = await world.exchange();
  await close(world);
  expect(await world.refresh(body.refresh_token)).toMatchObject({
    status: 400,
    body: { error: 'unauthorized_client' },
  });
});

test('documents of unknown apps are stored up to a number per address and per host', async () => {
  const { ask, hosts, clients, audit } = open({
    limits: { perHostPerDay: 3, perAddressPerHour: 50, perRealmPerDay: 50 },
  });
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    hosts.publish({ ...DOCUMENT, client_id: `https://app.example/${name}` });
    await ask(`https://app.example/${name}`);
  }
  expect((await clients.list('main', { limit: 100 })).items).toHaveLength(3);
  expect(await ask('https://app.example/e')).toMatchObject({ status: 429, view: { problem: 'too-many' } });
  const limited = audit.events.filter(({ type }) => type === 'document.limited');
  expect(limited).toEqual([expect.objectContaining({ limit: 'host' })]);
});

test.each<[string, PartialRealmSettings['metadataDocuments'], number, (number: number) => string]>([
  ['one address', { limits: { perAddressPerHour: 2 } }, 2, () => '2001:db8::1'],
  ['the addresses of one site', { limits: { perAddressPerHour: 1 } }, 4, (n) => `2001:db8:0:${n}::1`],
  [
    'one organization, which has a quarter of the day',
    { limits: { perRealmPerDay: 20 } },
    5,
    (n) => `2001:db8:0:${n}00::1`,
  ],
])('documents of unknown apps are stored up to a number because of %s', async (_, settings, most, ipOf) => {
  const { hosts, clients, newBrowser, openConsent, authorizeUrl } = open(settings);
  const ask = (host: string, ip: string) => {
    const clientId = `https://${host}/client`;
    hosts.publish({ ...DOCUMENT, client_id: clientId });
    return openConsent(newBrowser(ip), authorizeUrl(clientId));
  };
  for (let number = 0; number < most; number += 1) {
    expect(await ask(`h${number}.example`, ipOf(number))).toMatchObject({ view: { page: 'consent' } });
  }
  expect(await ask('more.example', ipOf(most))).toMatchObject({ view: { problem: 'too-many' } });
  expect(await ask('more.example', '192.0.2.7')).toMatchObject({ view: { page: 'consent' } });
  expect((await clients.list('main', { limit: 100 })).items).toHaveLength(most + 1);
});

test('two people who come with an unknown app at once both go on, and it is fetched and recorded once', async () => {
  const { hosts, newBrowser, openConsent, authorizeUrl, types } = open();
  const both = ['192.0.2.8', '192.0.2.9'].map((ip) => openConsent(newBrowser(ip), authorizeUrl(URI)));
  for (const shown of await Promise.all(both)) expect(shown).toMatchObject({ view: { page: 'consent' } });
  expect(hosts.asked).toHaveLength(1);
  expect(types().filter((type) => type.startsWith('document.'))).toEqual(['document.accepted']);
});

test('an address causes a few fetches a minute at most, however many URLs it names', async () => {
  const { ask, hosts, clients } = open();
  for (let number = 0; number < 100; number += 1) await ask(`https://h${number}.example/client`);
  expect(hosts.asked.length).toBeLessThanOrEqual(10);
  expect((await clients.list('main', { limit: 100 })).items).toEqual([]);
});

describe('a pushed request', () => {
  const pushed = ({ server, authorizeUrl }: ReturnType<typeof open>, clientId = URI) =>
    server.pushedRequest(
      new Request(`${ISSUER}/connect/par`, { method: 'POST', body: authorizeUrl(clientId).searchParams }),
      { ip: '192.0.2.1' },
    );

  test('by an app with a document is accepted, and its document is fetched once', async () => {
    const world = open();
    expect((await pushed(world)).status).toBe(201);
    expect((await pushed(world)).status).toBe(201);
    expect(world.hosts.asked).toHaveLength(1);
  });

  test.each<[string, (world: ReturnType<typeof open>) => unknown, number, string]>([
    ['refused', ({ hosts }) => hosts.publishAt(URI, []), 401, 'invalid_client'],
    ['not there', ({ hosts }) => hosts.fail(true), 503, 'temporarily_unavailable'],
    ['one too many', ({ changeTo }) => changeTo({ limits: { perRealmPerDay: 0 } }), 429, 'too_many_requests'],
  ])('gets an error that says what to do if its document is %s', async (_, prepare, status, error) => {
    const world = open();
    await prepare(world);
    const response = await pushed(world);
    expect({ status: response.status, body: await response.json() }).toMatchObject({
      status,
      body: { error },
    });
  });
});

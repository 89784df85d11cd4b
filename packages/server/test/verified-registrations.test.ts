import type { DynamicClient, Vendor } from '@vestibule/core';
import type { PartialRealmSettings, Realm, RegistrationSettings } from '@vestibule/core/realm';
import { describe, expect, test } from 'vitest';
import { createBrowser } from './browser.ts';
import { documentHosts, FRESH_FOR } from './document-hosts.ts';
import { ADA, CALLBACK, ISSUER, realmWith, setUp } from './set-up.ts';

const URI = 'https://app.example/client.json';
const LOOPBACK = 'http://127.0.0.1/callback';

const DOCUMENT = {
  client_id: URI,
  client_name: 'Diary',
  redirect_uris: [CALLBACK, LOOPBACK],
  grant_types: ['authorization_code', 'refresh_token'],
};

/** What a client that the document verifies registers with. */
const REGISTRATION = {
  client_name: 'Diary',
  client_uri: 'https://app.example/',
  software_id: URI,
  redirect_uris: [CALLBACK],
  grant_types: ['authorization_code', 'refresh_token'],
};

/** A vendor that is known to publish the document at a URL. */
const vendorWith = (uri: string): Vendor => ({
  name: 'Diary',
  hosts: ['app.example'],
  documents: [{ uri, name: 'Diary', redirectUris: DOCUMENT.redirect_uris }],
});

const MARK = { documentHost: 'app.example', verifiedBy: 'app.example', hasRegistered: true };

type DocumentSettings = NonNullable<PartialRealmSettings['metadataDocuments']>;

/** A server that verifies registrations, and the website of an app with a document. */
function open(settings: DocumentSettings = {}, vendors: readonly Vendor[] = []) {
  const hosts = documentHosts();
  hosts.publish(DOCUMENT);
  const realmOf = (next: DocumentSettings, registration: Partial<RegistrationSettings> = {}): Realm => {
    const realm = realmWith({}, { metadataDocuments: { open: true, verifyRegistrations: true, ...next } });
    const { settings: all } = realm;
    return { ...realm, settings: { ...all, registration: { ...all.registration, ...registration } } };
  };
  const world = setUp(realmOf(settings), { documentFetch: hosts.fetch, vendors });
  const browser = createBrowser(world.server, ISSUER);
  const ask = (clientId: string, redirectUri = CALLBACK) =>
    world.openConsent(browser, world.authorizeUrl(clientId, { redirect_uri: redirectUri }));
  const register = (members: Readonly<Record<string, unknown>> = {}) =>
    world.register(JSON.parse(JSON.stringify({ ...REGISTRATION, ...members })));
  const changeTo = (...next: Parameters<typeof realmOf>) => world.change(realmOf(...next));
  const update = async (clientId: string, members: Partial<DynamicClient>): Promise<void> => {
    const client = await world.clients.find('main', clientId);
    if (client?.kind !== 'dynamic') throw new Error('The client is gone.');
    await world.clients.replace({ ...client, ...members }, client.version);
  };
  const eventsOf = (type: string) => world.audit.events.filter((event) => event.type === type);
  return { ...world, hosts, browser, ask, register, changeTo, update, eventsOf };
}

/** The marks of the client on a consent page. */
function marksOf({ view }: Awaited<ReturnType<ReturnType<typeof open>['ask']>>): object {
  expect(view).toMatchObject({ page: 'consent' });
  const { client = {} } = view as { readonly client?: Partial<Record<keyof typeof MARK, unknown>> };
  const { documentHost, verifiedBy, hasRegistered } = client;
  return JSON.parse(JSON.stringify({ documentHost, verifiedBy, hasRegistered }));
}

test('a registered client is verified by the document of the website that it sends people to', async () => {
  const { ask, register, hosts, eventsOf } = open();
  const clientId = await register();
  expect(hosts.asked).toEqual([]);
  expect(marksOf(await ask(clientId))).toEqual(MARK);
  expect(hosts.asked.map(({ url }) => url)).toEqual([URI]);
  expect(eventsOf('registration.verified')).toEqual([
    expect.objectContaining({ clientId, document: URI, fingerprint: expect.any(String), ip: '192.0.2.10' }),
  ]);
});

test('a verified client is asked about each time, and what it may do stays the same', async () => {
  const { ask, register, answer, browser, exchange, obtainCode } = open();
  const clientId = await register();
  await answer(browser, await ask(clientId), { decision: 'approve' });
  expect(await ask(clientId)).toMatchObject({ view: { page: 'consent', isRemembered: false } });
  expect(await exchange(clientId, await obtainCode(clientId))).toMatchObject({ status: 200 });
});

test('a stranger’s clients do not use up the attempts at a document that is known', async () => {
  const { ask, register, pass } = open();
  const clientId = await register();
  expect(marksOf(await ask(clientId))).toEqual(MARK);
  pass(FRESH_FOR + 1);
  for (let number = 0; number < 7; number += 1) {
    const software_id = `https://app.example/unknown/${number}`;
    expect(marksOf(await ask(await register({ software_id })))).toEqual({});
  }
  expect(marksOf(await ask(clientId))).toEqual(MARK);
});

describe('a registered client is unverified', () => {
  test.each<[string, DocumentSettings]>([
    ['by default', { verifyRegistrations: false }],
    ['while the gate for documents is closed', { open: false }],
    ['if the host is refused', { refusedHosts: ['app.example'] }],
    ['if the host is not allowed', { allowedHosts: ['other.example'] }],
    ['if the document is refused', { refusedDocuments: [URI] }],
  ])('%s, and nothing is fetched for it', async (_, settings) => {
    const { ask, register, hosts } = open(settings);
    expect(marksOf(await ask(await register()))).toEqual({});
    expect(hosts.asked).toEqual([]);
  });

  test('if the website passes responses on to other programs, and nothing is fetched for it', async () => {
    const { ask, register, hosts } = open({}, [{ ...vendorWith(URI), passesOn: ['app.example'] }]);
    expect(marksOf(await ask(await register()))).toEqual({});
    expect(hosts.asked).toEqual([]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['if it says that it is of another website', { client_uri: 'https://other.example/' }],
    ['if its document is at another website', { software_id: 'https://other.example/client.json' }],
    ['if it names no document', { software_id: undefined }],
  ])('%s, and nothing is fetched for it', async (_, members) => {
    const { ask, register, hosts } = open();
    expect(marksOf(await ask(await register(members)))).toEqual({});
    expect(hosts.asked).toEqual([]);
  });

  test.each([
    ['over loopback, where any program can register as it', LOOPBACK, 'http://127.0.0.1:4711/callback'],
    ['where it is reached by a scheme of its own', 'com.example.app:/cb', 'com.example.app:/cb'],
    ['at another website', 'https://elsewhere.example/cb', 'https://elsewhere.example/cb'],
  ])('%s, and nothing is fetched for it', async (_, registered, redirectUri) => {
    const { ask, register, hosts } = open();
    hosts.publish({ ...DOCUMENT, redirect_uris: [CALLBACK, registered] });
    const clientId = await register({ redirect_uris: [CALLBACK, registered] });
    expect(marksOf(await ask(clientId, redirectUri))).toEqual({});
    expect(hosts.asked).toEqual([]);
    expect(marksOf(await ask(clientId))).toEqual(MARK);
  });

  test.each<[string, Record<string, unknown>, string]>([
    [
      'if the document does not list one of its redirect URIs',
      { redirect_uris: [CALLBACK, 'https://app.example/x'] },
      'redirect-uris',
    ],
    ['if it has a name of its own', { client_name: 'Bank' }, 'name'],
    ['if it has a name of its own in one language', { 'client_name#de': 'Bank' }, 'name'],
  ])('%s, which is recorded once', async (_, members, reason) => {
    const { ask, register, eventsOf } = open();
    const clientId = await register(members);
    expect(marksOf(await ask(clientId))).toEqual({});
    expect(marksOf(await ask(clientId))).toEqual({});
    expect(eventsOf('registration.unverified')).toEqual([
      expect.objectContaining({ clientId, claimedDocument: `'${URI}'`, reason }),
    ]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['names another URL', { client_id: 'https://app.example/other.json' }],
    ['has a secret', { client_secret: 's' }],
    ['would not be accepted as a registration', { redirect_uris: ['http://app.example/cb'] }],
  ])('if the document %s', async (_, members) => {
    const { ask, register, hosts, eventsOf } = open();
    hosts.publishAt(URI, { ...DOCUMENT, ...members });
    const clientId = await register();
    expect(marksOf(await ask(clientId))).toEqual({});
    expect(eventsOf('registration.unverified')).toMatchObject([{ clientId, reason: 'refused' }]);
    expect(eventsOf('document.refused')).toHaveLength(1);
  });

  test('if an operator blocked the client of the document', async () => {
    const { ask, register, operator, eventsOf } = open();
    const clientId = await register();
    expect(marksOf(await ask(clientId))).toEqual(MARK);
    await operator.clients.block(ADA, 'main', URI);
    expect(marksOf(await ask(clientId))).toEqual({});
    expect(eventsOf('registration.unverified')).toMatchObject([{ clientId, reason: 'overruled' }]);
  });
});

test('the document that a client names is fetched only if the published one does not verify it', async () => {
  const published = 'https://app.example/published.json';
  const { ask, register, hosts, pass } = open({}, [vendorWith(published)]);
  expect(marksOf(await ask(await register()))).toEqual(MARK);
  expect(hosts.asked.map(({ url }) => url)).toEqual([published, URI]);
  hosts.publish({ ...DOCUMENT, client_id: published });
  pass(301);
  expect(marksOf(await ask(await register({ software_id: 'https://app.example/third.json' })))).toEqual(MARK);
  expect(hosts.asked.map(({ url }) => url)).toEqual([published, URI, published]);
});

test('a client without client_uri is verified by the document that its vendor is known to publish', async () => {
  const { ask, register } = open({}, [vendorWith(URI)]);
  const clientId = await register({ client_uri: undefined, software_id: undefined });
  expect(marksOf(await ask(clientId))).toEqual(MARK);
});

test('a client that is not stored before its first approval is verified as any other', async () => {
  const { ask, register, changeTo, clients, answer, browser } = open();
  await changeTo({}, { persistence: 'deferred' });
  const clientId = await register();
  expect(await clients.find('main', clientId)).toBeUndefined();
  const consent = await ask(clientId);
  expect(marksOf(consent)).toEqual(MARK);
  await answer(browser, consent, { decision: 'approve' });
  expect(await clients.find('main', clientId)).toMatchObject({ kind: 'dynamic' });
  expect(marksOf(await ask(clientId))).toEqual(MARK);
});

test('a client that changes its registration is verified as it is now', async () => {
  const { ask, register, update, hosts } = open();
  const clientId = await register();
  expect(marksOf(await ask(clientId))).toEqual(MARK);
  await update(clientId, { name: 'Bank' });
  expect(marksOf(await ask(clientId))).toEqual({});
  await update(clientId, { name: 'Diary', softwareId: 'https://app.example/other.json' });
  expect(marksOf(await ask(clientId))).toEqual({});
  await update(clientId, { softwareId: URI });
  expect(marksOf(await ask(clientId))).toEqual(MARK);
  expect(hosts.asked.map(({ url }) => url)).toEqual([URI, 'https://app.example/other.json']);
});

describe('a person who is asked while a mark ends sees the page again without it', () => {
  type World = ReturnType<typeof open>;
  test.each<[string, (world: World, clientId: string) => Promise<unknown>]>([
    ['because the setting was turned off', ({ changeTo }) => changeTo({ verifyRegistrations: false })],
    ['because the gate was closed', ({ changeTo }) => changeTo({ open: false })],
    ['because the host was refused', ({ changeTo }) => changeTo({ refusedHosts: ['app.example'] })],
    [
      'because the client of the document was blocked',
      ({ operator }) => operator.clients.block(ADA, 'main', URI),
    ],
    [
      'because the client changed its website',
      ({ update }, clientId) => update(clientId, { clientUri: 'https://other.example/' }),
    ],
  ])('%s', async (_, end) => {
    const world = open();
    const clientId = await world.register();
    const consent = await world.ask(clientId);
    expect(marksOf(consent)).toEqual(MARK);
    await end(world, clientId);
    const again = await world.answer(world.browser, consent, { decision: 'approve' });
    expect(again.status).toBe(409);
    expect(marksOf(again)).toEqual({});
  });
});

test('a document that appears while a person is asked does not change the page', async () => {
  const { ask, register, hosts, pass, answer, browser, authorizeUrl, openConsent, newBrowser } = open();
  hosts.fail(true);
  const clientId = await register();
  const consent = await ask(clientId);
  expect(marksOf(consent)).toEqual({});
  hosts.fail(false);
  pass(301);
  expect(marksOf(await openConsent(newBrowser(), authorizeUrl(clientId)))).toEqual(MARK);
  const done = await answer(browser, consent, { decision: 'approve' });
  expect(done).toMatchObject({ status: 200, view: { page: 'hand-back' } });
});

test('another document that appears while a person is asked does not change the page either', async () => {
  const published = 'https://app.example/published.json';
  const { ask, register, hosts, pass, answer, browser, authorizeUrl, openConsent, newBrowser } = open({}, [
    vendorWith(published),
  ]);
  const clientId = await register();
  const consent = await ask(clientId);
  expect(marksOf(consent)).toEqual(MARK);
  hosts.publish({ ...DOCUMENT, client_id: published });
  pass(301);
  expect(marksOf(await openConsent(newBrowser(), authorizeUrl(clientId)))).toEqual(MARK);
  expect(hosts.asked.map(({ url }) => url)).toEqual([published, URI, published]);
  const done = await answer(browser, consent, { decision: 'approve' });
  expect(done).toMatchObject({ status: 200, view: { page: 'hand-back' } });
});

test('a document that was refused at the beginning does not replace the one that verified the client', async () => {
  const published = 'https://app.example/published.json';
  const world = open({}, [vendorWith(published)]);
  const { ask, register, hosts, pass, answer, browser, operator } = world;
  hosts.publish({ ...DOCUMENT, client_id: published });
  const clientId = await register();
  await answer(browser, await ask(clientId), { decision: 'approve' });
  hosts.publishAt(published, { ...DOCUMENT, client_id: published, client_secret: 's' });
  pass(FRESH_FOR + 1);
  const consent = await ask(clientId);
  expect(marksOf(consent)).toEqual(MARK);
  await operator.clients.block(ADA, 'main', URI);
  expect(marksOf(await answer(browser, consent, { decision: 'approve' }))).toEqual({});
});

test('a client that an operator created is not verified by a document', async () => {
  const { ask, preregister, hosts } = open({}, [vendorWith(URI)]);
  const { clientId } = await preregister({ name: 'Diary', rememberConsent: false });
  expect(marksOf(await ask(clientId))).toEqual({});
  expect(hosts.asked).toEqual([]);
});

test('a client with a document of its own is described by that one only', async () => {
  const { ask, hosts } = open({}, [vendorWith('https://app.example/published.json')]);
  hosts.publish({ ...DOCUMENT, software_id: 'https://app.example/other.json' });
  expect(marksOf(await ask(URI))).toEqual({ documentHost: 'app.example', verifiedBy: 'app.example' });
  expect(hosts.asked.map(({ url }) => url)).toEqual([URI]);
});

describe('a copy of the document', () => {
  test('counts while it is fresh, and is fetched again afterwards', async () => {
    const { ask, register, hosts, pass, answer, browser } = open();
    const clientId = await register();
    await answer(browser, await ask(clientId), { decision: 'approve' });
    hosts.publish({ ...DOCUMENT, redirect_uris: [LOOPBACK] });
    pass(FRESH_FOR - 1);
    expect(marksOf(await ask(clientId))).toEqual(MARK);
    expect(hosts.asked).toHaveLength(1);
    pass(2);
    expect(marksOf(await ask(clientId))).toEqual({});
    expect(hosts.asked).toHaveLength(2);
  });

  test('counts while the host is down, and not for longer than the realm allows', async () => {
    const { ask, register, hosts, pass, answer, browser } = open({ stale: 7_200 });
    const clientId = await register();
    await answer(browser, await ask(clientId), { decision: 'approve' });
    hosts.fail(true);
    pass(FRESH_FOR + 7_100);
    expect(marksOf(await ask(clientId))).toEqual(MARK);
    pass(101);
    expect(marksOf(await ask(clientId))).toEqual({});
  });

  test('does not count for a new authorization once the document is refused', async () => {
    const { ask, register, hosts, pass, answer, browser } = open();
    const clientId = await register();
    await answer(browser, await ask(clientId), { decision: 'approve' });
    hosts.publishAt(URI, { ...DOCUMENT, client_secret: 's' });
    pass(FRESH_FOR + 1);
    expect(marksOf(await ask(clientId))).toEqual({});
  });

  test('is kept as long as people approve clients that it verifies', async () => {
    const { ask, register, answer, browser, clients } = open();
    const clientId = await register();
    const consent = await ask(clientId);
    expect(await clients.find('main', URI)).not.toHaveProperty('lastUsedAt');
    await answer(browser, consent, { decision: 'deny' });
    expect(await clients.find('main', URI)).not.toHaveProperty('lastUsedAt');
    await answer(browser, await ask(clientId), { decision: 'approve' });
    expect(await clients.find('main', URI)).toHaveProperty('lastUsedAt');
  });
});

describe('fetches for registered clients are few', () => {
  test('a document that cannot be fetched is tried once in five minutes, for all clients that name it', async () => {
    const { ask, register, hosts, pass, eventsOf } = open();
    hosts.fail(true);
    for (let count = 0; count < 5; count += 1) expect(marksOf(await ask(await register()))).toEqual({});
    expect(hosts.asked).toHaveLength(1);
    expect(eventsOf('registration.unverified')).toHaveLength(5);
    pass(300);
    hosts.fail(false);
    expect(marksOf(await ask(await register()))).toEqual(MARK);
    expect(hosts.asked).toHaveLength(2);
  });

  test('a website is tried six times in a minute, whatever documents clients name', async () => {
    const { ask, register, hosts, pass, eventsOf } = open();
    for (let count = 0; count < 10; count += 1) {
      await ask(await register({ software_id: `https://app.example/${count}.json` }));
    }
    expect(hosts.asked).toHaveLength(6);
    expect(eventsOf('registration.unverified')).toContainEqual(
      expect.objectContaining({ reason: 'limited' }),
    );
    pass(60);
    expect(marksOf(await ask(await register()))).toEqual(MARK);
  });

  test('people who come at the same time share one fetch', async () => {
    const { register, hosts, newBrowser, openConsent, authorizeUrl } = open();
    const clientIds = await Promise.all(Array.from({ length: 5 }, () => register()));
    const shown = await Promise.all(
      clientIds.map((clientId) => openConsent(newBrowser(), authorizeUrl(clientId))),
    );
    expect(shown.map(marksOf)).toEqual(clientIds.map(() => MARK));
    expect(hosts.asked).toHaveLength(1);
  });
});

test('a failure of the store while a client is verified does not fail the authorization', async () => {
  const { ask, register, intercept, errors } = open();
  const clientId = await register();
  intercept({
    kind: 'client.insert',
    before: async () => {
      throw new Error('outage');
    },
  });
  expect(marksOf(await ask(clientId))).toEqual({});
  expect(errors).toEqual([new Error('outage')]);
});

test('a client that a statement issuer has verified keeps that mark', async () => {
  const { ask, register, update, changeTo, hosts } = open();
  const issuers = [
    { issuer: 'https://guild.example', name: 'The Guild', algorithms: ['ES256'], jwks: { keys: [] } },
  ] as const;
  await changeTo({}, { softwareStatements: { issuers, untrusted: 'ignore' } });
  const clientId = await register();
  await update(clientId, { registration: { vouchedBy: 'https://guild.example' } });
  expect(marksOf(await ask(clientId))).toEqual({ verifiedBy: 'The Guild' });
  expect(hosts.asked).toEqual([]);
});

test.each<[string, DocumentSettings, object]>([
  ['as it was approved while the document verifies it', {}, { verifiedBy: 'app.example' }],
  ['without a mark once the document does not count', { verifyRegistrations: false }, {}],
])('Connected apps lists a verified app %s', async (_, settings, mark) => {
  const { browser, ask, answer, register, changeTo } = open();
  const consent = await ask(await register());
  await answer(browser, consent, { decision: 'approve' });
  await changeTo(settings);
  const { view } = await browser.open(new URL(`${ISSUER}/connect/apps`));
  const { verifiedBy, name } = view.apps?.[0] ?? {};
  expect({ name, ...(verifiedBy !== undefined && { verifiedBy }) }).toEqual({ name: 'Diary', ...mark });
});

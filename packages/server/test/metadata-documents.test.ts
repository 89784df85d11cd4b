import { describe, expect, test } from 'vitest';
import { documentHosts } from './document-hosts.ts';
import { DOCUMENT, openToDocuments, URI } from './open-to-documents.ts';
import { CALLBACK, ISSUER, NOTES, realmWith, setUp } from './set-up.ts';

test('an app whose id is the URL of its document gets a token for one API', async () => {
  const { exchange, refresh, hosts } = openToDocuments();
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
  const { ask, hosts } = openToDocuments({ open: false });
  expect(await ask()).toMatchObject({ view: { problem: 'client-unknown' } });
  expect(hosts.asked).toEqual([]);
});

describe('the consent page', () => {
  test('says which website describes the app, which has verified it where the person is sent to that website', async () => {
    const { ask } = openToDocuments();
    expect(await ask()).toMatchObject({
      view: {
        page: 'consent',
        client: { name: 'Diary', documentHost: 'app.example', verifiedBy: 'app.example' },
      },
    });
  });

  test('says unverified on this computer, where any program can use the URL of the document', async () => {
    const { ask } = openToDocuments();
    const { view } = await ask(URI, { redirect_uri: 'http://127.0.0.1:4711/callback' });
    expect(view).toMatchObject({
      page: 'consent',
      client: { documentHost: 'app.example', canBeImitated: true },
    });
    expect(view).not.toHaveProperty('client.verifiedBy');
  });

  test('says unverified at a website that passes responses on to other programs', async () => {
    const { ask, change } = openToDocuments();
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
    const { ask, hosts } = openToDocuments();
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
  const { browser, ask, answer } = openToDocuments();
  const consent = await ask(URI, { redirect_uri: redirectUri });
  await answer(browser, consent, { decision: 'approve' });
  const { view } = await browser.open(new URL(`${ISSUER}/connect/apps`));
  expect(view.apps).toHaveLength(1);
  const { verifiedBy, name } = view.apps?.[0] ?? {};
  expect({ name, ...(verifiedBy !== undefined && { verifiedBy }) }).toEqual({ name: 'Diary', ...mark });
});

describe('an app is refused before a person is asked', () => {
  test.each<[string, Parameters<typeof openToDocuments>[0], Record<string, unknown>, string]>([
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
    const { ask, hosts, audit, clients } = openToDocuments(settings);
    hosts.publishAt(URI, { ...DOCUMENT, ...members });
    const shown = await ask();
    expect(shown).toMatchObject({ status: 403, view: { problem: 'document-refused' } });
    expect(shown).toHaveProperty('view.detail', expect.stringContaining(`[${rule}`));
    expect(shown).toHaveProperty('view.ruleUrl', expect.stringContaining(`/connect/rules#${rule}`));
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
    const { ask, hosts } = openToDocuments();
    expect(await ask(clientId)).toMatchObject({ view: { problem: 'document-refused' } });
    expect(hosts.asked).toEqual([]);
  });
});

test('grant types of other servers in a document are left out', async () => {
  const { exchange, hosts, clients } = openToDocuments();
  const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
  hosts.publish({ ...DOCUMENT, grant_types: ['authorization_code', 'refresh_token', jwtBearer] });
  expect(await exchange()).toMatchObject({ status: 200 });
  expect(await clients.find('main', URI)).toMatchObject({
    grantTypes: ['authorization_code', 'refresh_token'],
  });
});

test('a client that an operator or a registration made keeps its id, whatever is at that URL', async () => {
  const { ask, hosts, clients } = openToDocuments();
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

test.each<[string, (world: ReturnType<typeof openToDocuments>) => Promise<unknown>]>([
  ['its host is refused', ({ changeTo }) => changeTo({ refusedHosts: ['app.example'] })],
  ['the realm is closed to documents', ({ changeTo }) => changeTo({ open: false })],
])('a token is not refreshed once %s', async (_, close) => {
  const world = openToDocuments();
  const { body } = await world.exchange();
  await close(world);
  expect(await world.refresh(body.refresh_token)).toMatchObject({
    status: 400,
    body: { error: 'unauthorized_client' },
  });
});

test('two people who come with an unknown app at once both go on, and it is fetched and recorded once', async () => {
  const { hosts, newBrowser, openConsent, authorizeUrl, types } = openToDocuments();
  const both = ['192.0.2.8', '192.0.2.9'].map((ip) => openConsent(newBrowser(ip), authorizeUrl(URI)));
  for (const shown of await Promise.all(both)) expect(shown).toMatchObject({ view: { page: 'consent' } });
  expect(hosts.asked).toHaveLength(1);
  expect(types().filter((type) => type.startsWith('document.'))).toEqual(['document.accepted']);
});

describe('a pushed request', () => {
  const pushed = ({ server, authorizeUrl }: ReturnType<typeof openToDocuments>, clientId = URI) =>
    server.pushedRequest(
      new Request(`${ISSUER}/connect/par`, { method: 'POST', body: authorizeUrl(clientId).searchParams }),
      { ip: '192.0.2.1' },
    );

  test('by an app with a document is accepted, and its document is fetched once', async () => {
    const world = openToDocuments();
    expect((await pushed(world)).status).toBe(201);
    expect((await pushed(world)).status).toBe(201);
    expect(world.hosts.asked).toHaveLength(1);
  });

  test('gets an error with the address of the rule that refused its document', async () => {
    const world = openToDocuments();
    world.hosts.publishAt(URI, []);
    const body: unknown = await (await pushed(world)).json();
    expect(body).toMatchObject({ error_uri: `${ISSUER}/connect/rules#document.object` });
  });

  test.each<[string, (world: ReturnType<typeof openToDocuments>) => unknown, number, string]>([
    ['refused', ({ hosts }) => hosts.publishAt(URI, []), 401, 'invalid_client'],
    ['not there', ({ hosts }) => hosts.fail(true), 503, 'temporarily_unavailable'],
    ['one too many', ({ changeTo }) => changeTo({ limits: { perRealmPerDay: 0 } }), 429, 'too_many_requests'],
  ])('gets an error that says what to do if its document is %s', async (_, prepare, status, error) => {
    const world = openToDocuments();
    await prepare(world);
    const response = await pushed(world);
    expect({ status: response.status, body: await response.json() }).toMatchObject({
      status,
      body: { error },
    });
  });
});

import { describe, expect, test } from 'vitest';
import { DOCUMENT, URI } from './open-to-documents.ts';
import { ADA, CALLBACK, ISSUER } from './set-up.ts';
import { type DocumentSettings, MARK, marksOf, openToVerify, vendorWith } from './verifying-world.ts';

test('a registered client is verified by the document of the website that it sends people to', async () => {
  const { ask, register, hosts, eventsOf } = openToVerify();
  const clientId = await register();
  expect(hosts.asked).toEqual([]);
  expect(marksOf(await ask(clientId))).toEqual(MARK);
  expect(hosts.asked.map(({ url }) => url)).toEqual([URI]);
  expect(eventsOf('registration.verified')).toEqual([
    expect.objectContaining({ clientId, document: URI, fingerprint: expect.any(String), ip: '192.0.2.10' }),
  ]);
});

test('a verified client is asked about each time, and what it may do stays the same', async () => {
  const { ask, register, answer, browser, exchange, obtainCode } = openToVerify();
  const clientId = await register();
  await answer(browser, await ask(clientId), { decision: 'approve' });
  expect(await ask(clientId)).toMatchObject({ view: { page: 'consent', isRemembered: false } });
  expect(await exchange(clientId, await obtainCode(clientId))).toMatchObject({ status: 200 });
});

describe('a registered client is unverified', () => {
  test.each<[string, DocumentSettings]>([
    ['by default', { verifyRegistrations: false }],
    ['while the gate for documents is closed', { open: false }],
    ['if the host is refused', { refusedHosts: ['app.example'] }],
    ['if the host is not allowed', { allowedHosts: ['other.example'] }],
    ['if the document is refused', { refusedDocuments: [URI] }],
  ])('%s, and nothing is fetched for it', async (_, settings) => {
    const { ask, register, hosts } = openToVerify(settings);
    expect(marksOf(await ask(await register()))).toEqual({});
    expect(hosts.asked).toEqual([]);
  });

  test('if the website passes responses on to other programs, and nothing is fetched for it', async () => {
    const { ask, register, hosts } = openToVerify({}, [{ ...vendorWith(URI), passesOn: ['app.example'] }]);
    expect(marksOf(await ask(await register()))).toEqual({});
    expect(hosts.asked).toEqual([]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['if it says that it is of another website', { client_uri: 'https://other.example/' }],
    ['if its document is at another website', { software_id: 'https://other.example/client.json' }],
    ['if it names no document', { software_id: undefined }],
  ])('%s, and nothing is fetched for it', async (_, members) => {
    const { ask, register, hosts } = openToVerify();
    expect(marksOf(await ask(await register(members)))).toEqual({});
    expect(hosts.asked).toEqual([]);
  });

  test.each([
    [
      'over loopback, where any program can register as it',
      'http://127.0.0.1/callback',
      'http://127.0.0.1:4711/callback',
    ],
    ['where it is reached by a scheme of its own', 'com.example.app:/cb', 'com.example.app:/cb'],
    ['at another website', 'https://elsewhere.example/cb', 'https://elsewhere.example/cb'],
  ])('%s, and nothing is fetched for it', async (_, registered, redirectUri) => {
    const { ask, register, hosts } = openToVerify();
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
    const { ask, register, eventsOf } = openToVerify();
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
    const { ask, register, hosts, eventsOf } = openToVerify();
    hosts.publishAt(URI, { ...DOCUMENT, ...members });
    const clientId = await register();
    expect(marksOf(await ask(clientId))).toEqual({});
    expect(eventsOf('registration.unverified')).toMatchObject([{ clientId, reason: 'refused' }]);
    expect(eventsOf('document.refused')).toHaveLength(1);
  });

  test('if an operator blocked the client of the document', async () => {
    const { ask, register, operator, eventsOf } = openToVerify();
    const clientId = await register();
    expect(marksOf(await ask(clientId))).toEqual(MARK);
    await operator.clients.block(ADA, 'main', URI);
    expect(marksOf(await ask(clientId))).toEqual({});
    expect(eventsOf('registration.unverified')).toMatchObject([{ clientId, reason: 'overruled' }]);
  });
});

test('a client without client_uri is verified by the document that its vendor is known to publish', async () => {
  const { ask, register } = openToVerify({}, [vendorWith(URI)]);
  const clientId = await register({ client_uri: undefined, software_id: undefined });
  expect(marksOf(await ask(clientId))).toEqual(MARK);
});

test('a client that is not stored before its first approval is verified as any other', async () => {
  const { ask, register, changeTo, clients, answer, browser } = openToVerify();
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
  const { ask, register, update, hosts } = openToVerify();
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

test('a client that an operator created is not verified by a document', async () => {
  const { ask, preregister, hosts } = openToVerify({}, [vendorWith(URI)]);
  const { clientId } = await preregister({ name: 'Diary', rememberConsent: false });
  expect(marksOf(await ask(clientId))).toEqual({});
  expect(hosts.asked).toEqual([]);
});

test('a client with a document of its own is described by that one only', async () => {
  const { ask, hosts } = openToVerify({}, [vendorWith('https://app.example/published.json')]);
  hosts.publish({ ...DOCUMENT, software_id: 'https://app.example/other.json' });
  expect(marksOf(await ask(URI))).toEqual({ documentHost: 'app.example', verifiedBy: 'app.example' });
  expect(hosts.asked.map(({ url }) => url)).toEqual([URI]);
});

test('a client that a statement issuer has verified keeps that mark', async () => {
  const { ask, register, update, changeTo, hosts } = openToVerify();
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
  const { browser, ask, answer, register, changeTo } = openToVerify();
  const consent = await ask(await register());
  await answer(browser, consent, { decision: 'approve' });
  await changeTo(settings);
  const { view } = await browser.open(new URL(`${ISSUER}/connect/apps`));
  const { verifiedBy, name } = view.apps?.[0] ?? {};
  expect({ name, ...(verifiedBy !== undefined && { verifiedBy }) }).toEqual({ name: 'Diary', ...mark });
});

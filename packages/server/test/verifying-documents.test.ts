import { describe, expect, test } from 'vitest';
import { FRESH_FOR } from './document-hosts.ts';
import { DOCUMENT, URI } from './open-to-documents.ts';
import { MARK, marksOf, openToVerify, vendorWith } from './verifying-world.ts';

test('the document that a client names is fetched only if the published one does not verify it', async () => {
  const published = 'https://app.example/published.json';
  const { ask, register, hosts, pass } = openToVerify({}, [vendorWith(published)]);
  expect(marksOf(await ask(await register()))).toEqual(MARK);
  expect(hosts.asked.map(({ url }) => url)).toEqual([published, URI]);
  hosts.publish({ ...DOCUMENT, client_id: published });
  pass(301);
  expect(marksOf(await ask(await register({ software_id: 'https://app.example/third.json' })))).toEqual(MARK);
  expect(hosts.asked.map(({ url }) => url)).toEqual([published, URI, published]);
});

test('a stranger’s clients do not use up the attempts at a document that is known', async () => {
  const { ask, register, pass } = openToVerify();
  const clientId = await register();
  expect(marksOf(await ask(clientId))).toEqual(MARK);
  pass(FRESH_FOR + 1);
  for (let number = 0; number < 7; number += 1) {
    const software_id = `https://app.example/unknown/${number}`;
    expect(marksOf(await ask(await register({ software_id })))).toEqual({});
  }
  expect(marksOf(await ask(clientId))).toEqual(MARK);
});

describe('a copy of the document', () => {
  test('counts while it is fresh, and is fetched again afterwards', async () => {
    const { ask, register, hosts, pass, answer, browser } = openToVerify();
    const clientId = await register();
    await answer(browser, await ask(clientId), { decision: 'approve' });
    hosts.publish({ ...DOCUMENT, redirect_uris: ['http://127.0.0.1/callback'] });
    pass(FRESH_FOR - 1);
    expect(marksOf(await ask(clientId))).toEqual(MARK);
    expect(hosts.asked).toHaveLength(1);
    pass(2);
    expect(marksOf(await ask(clientId))).toEqual({});
    expect(hosts.asked).toHaveLength(2);
  });

  test('counts while the host is down, and not for longer than the realm allows', async () => {
    const { ask, register, hosts, pass, answer, browser } = openToVerify({ stale: 7_200 });
    const clientId = await register();
    await answer(browser, await ask(clientId), { decision: 'approve' });
    hosts.fail(true);
    pass(FRESH_FOR + 7_100);
    expect(marksOf(await ask(clientId))).toEqual(MARK);
    pass(101);
    expect(marksOf(await ask(clientId))).toEqual({});
  });

  test('does not count for a new authorization once the document is refused', async () => {
    const { ask, register, hosts, pass, answer, browser } = openToVerify();
    const clientId = await register();
    await answer(browser, await ask(clientId), { decision: 'approve' });
    hosts.publishAt(URI, { ...DOCUMENT, client_secret: 's' });
    pass(FRESH_FOR + 1);
    expect(marksOf(await ask(clientId))).toEqual({});
  });

  test('is kept as long as people approve clients that it verifies', async () => {
    const { ask, register, answer, browser, clients } = openToVerify();
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
    const { ask, register, hosts, pass, eventsOf } = openToVerify();
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
    const { ask, register, hosts, pass, eventsOf } = openToVerify();
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
    const { register, hosts, newBrowser, openConsent, authorizeUrl } = openToVerify();
    const clientIds = await Promise.all(Array.from({ length: 5 }, () => register()));
    const shown = await Promise.all(
      clientIds.map((clientId) => openConsent(newBrowser(), authorizeUrl(clientId))),
    );
    expect(shown.map(marksOf)).toEqual(clientIds.map(() => MARK));
    expect(hosts.asked).toHaveLength(1);
  });
});

test('a failure of the store while a client is verified does not fail the authorization', async () => {
  const { ask, register, intercept, errors } = openToVerify();
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

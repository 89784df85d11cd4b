import type { PreregistrationTerms } from '@vestibule/core/operator';
import { expect, test } from 'vitest';
import { documentHosts, FRESH_FOR } from './document-hosts.ts';
import { ADA, CALLBACK, ISSUER, realmWith, setUp } from './set-up.ts';

const URI = 'https://app.example/oauth/client.json?for=notes&by=%22ada%22';

const DOCUMENT = { client_id: URI, client_name: 'Diary', redirect_uris: [CALLBACK] };

const OURS: Partial<PreregistrationTerms> = {
  id: URI,
  name: 'Ours',
  authentication: { method: 'none' },
  rememberConsent: true,
};

/** A realm that is open to documents, and an app with one. */
function meet() {
  const hosts = documentHosts();
  hosts.publish({ ...DOCUMENT, grant_types: ['authorization_code', 'refresh_token'] });
  const world = setUp(realmWith({}, { metadataDocuments: { open: true } }), { documentFetch: hosts.fetch });
  const browser = world.newBrowser();
  const ask = () => world.openConsent(browser, world.authorizeUrl(URI));
  const exchangeCode = (code: string) => world.exchange(URI, code);
  const exchange = async () => exchangeCode(await world.obtainCode(URI));
  return { ...world, hosts, browser, ask, exchange, exchangeCode };
}

test('an app that is pre-registered at the URL of its document loses what people gave to the document', async () => {
  const { preregister, exchange, refresh, ask, hosts, pass } = meet();
  const { body } = await exchange();
  expect(body).toMatchObject({ scope: 'read write' });
  await preregister(OURS);
  expect(await refresh(URI, String(body.refresh_token))).toMatchObject({
    status: 400,
    body: { error: 'invalid_grant' },
  });
  pass(FRESH_FOR + 1);
  const { view } = await ask();
  expect(view).toMatchObject({ page: 'consent', client: { name: 'Ours', isPreregistered: true } });
  expect(view).not.toHaveProperty('client.documentHost');
  expect(hosts.asked).toHaveLength(1);
});

test('a form that displays the document is not accepted for the app that was pre-registered meanwhile', async () => {
  const { preregister, ask, answer, browser } = meet();
  const consent = await ask();
  await preregister(OURS);
  const { view } = await answer(browser, consent, { decision: 'approve' });
  expect(view).toMatchObject({ page: 'consent', client: { name: 'Ours' } });
});

test('a code that was given to the document is not exchanged by the app that was pre-registered', async () => {
  const { preregister, obtainCode, exchangeCode } = meet();
  const code = await obtainCode(URI);
  await preregister(OURS);
  expect(await exchangeCode(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
});

test('an app that is pre-registered while its document is fetched for the first time is the one that stays', async () => {
  const { preregister, ask, intercept, clients } = meet();
  intercept({ kind: 'client.insert', before: () => preregister(OURS) });
  expect(await ask()).toMatchObject({ status: 503, view: { problem: 'document-unavailable' } });
  expect(await clients.find('main', URI)).toMatchObject({ kind: 'pre-registered' });
  expect(await ask()).toMatchObject({ view: { page: 'consent', client: { name: 'Ours' } } });
});

test('an app that is pre-registered while its document is fetched again is the one that stays', async () => {
  const { preregister, ask, intercept, pass, clients } = meet();
  await ask();
  pass(FRESH_FOR + 1);
  intercept({ kind: 'client.replace', before: () => preregister(OURS) });
  await ask();
  expect(await clients.find('main', URI)).toMatchObject({ kind: 'pre-registered' });
  expect(await ask()).toMatchObject({ view: { page: 'consent', client: { name: 'Ours' } } });
});

test('the terms of an app with a URL as its id apply in a realm that is closed to documents', async () => {
  const { preregister, exchange, change, hosts } = meet();
  await change(realmWith());
  await preregister(OURS);
  expect(await exchange()).toMatchObject({ status: 200, body: { scope: 'read admin' } });
  expect(hosts.asked).toEqual([]);
});

test('Connected apps ends the access of an app with a URL as its id', async () => {
  const { preregister, ask, answer, browser, stores } = meet();
  await preregister(OURS);
  await answer(browser, await ask(), { decision: 'approve' });
  const { view } = await browser.open(new URL(`${ISSUER}/connect/apps`));
  expect(view.apps).toMatchObject([{ clientId: URI, name: 'Ours' }]);
  const [app] = view.apps ?? [];
  const ended = await browser.post(app?.action ?? '', { client: URI, csrf: app?.csrf ?? '' });
  expect(ended.view.apps ?? []).toEqual([]);
  expect(await stores.grants.listOf('main', 'person-ada', 0, URI)).toEqual([]);
});

test('the document of an app is fetched again once the operator has deleted the pre-registered one', async () => {
  const { preregister, ask, operator, hosts } = meet();
  await preregister(OURS);
  expect(await operator.clients.remove(ADA, 'main', URI)).toBe('changed');
  expect(await ask()).toMatchObject({
    view: { page: 'consent', client: { name: 'Diary', documentHost: 'app.example' } },
  });
  expect(hosts.asked).toHaveLength(1);
});

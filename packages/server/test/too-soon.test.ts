import { describe, expect, test } from 'vitest';
import { NOW, realmWith, setUp } from './set-up.ts';

const APPROVE = { decision: 'approve' };

/** A realm with a reading time of one second, with Ada at the consent page of an app. */
async function atConsent() {
  const world = setUp(realmWith({}, { consent: { minimumReadingTime: 1_000 } }));
  const clientId = await world.register();
  const browser = world.newBrowser();
  const consent = await world.openConsent(browser, world.authorizeUrl(clientId));
  return { ...world, clientId, browser, consent };
}

describe('a realm that asks for time to read', () => {
  test('tells the page how long, so that its buttons come no sooner', async () => {
    const { consent } = await atConsent();
    expect(consent.view).toMatchObject({ readingTime: 1_000, tooSoon: false });
  });

  test('displays the page again, decides nothing, and records it', async () => {
    const { answer, browser, consent, audit, clientId, stores } = await atConsent();
    const again = await answer(browser, consent, APPROVE);
    expect(again).toMatchObject({ status: 200, view: { page: 'consent', tooSoon: true, stale: false } });
    expect((await stores.interactions.find('main', consent.view.interaction))?.decision).toBeUndefined();
    expect(audit.events.at(-1)).toMatchObject({
      type: 'answer.too-soon',
      page: 'consent',
      subject: 'person-ada',
      clientId,
      at: NOW,
    });
  });

  test('does not ask for more of what is displayed again, and ticks what was on offer', async () => {
    const { answer, browser, consent } = await atConsent();
    const again = await answer(browser, consent, { ...APPROVE, scope: [] });
    expect(again.view).toMatchObject({ tooSoon: true, nothingTicked: false });
    expect((await answer(browser, again, APPROVE)).view).toMatchObject({ outcome: 'approved' });
  });

  test('asks for it anew where the page has changed since', async () => {
    const { answer, browser, consent, change, pass } = await atConsent();
    await change(realmWith({ write: false }, { consent: { minimumReadingTime: 1_000 } }));
    pass(60);
    const changed = await answer(browser, consent, APPROVE);
    expect(changed).toMatchObject({ status: 409, view: { stale: true } });
    expect((await answer(browser, changed, APPROVE)).view).toMatchObject({ tooSoon: true });
  });

  test('does not ask for it again where nothing was ticked', async () => {
    const { answer, browser, consent, pass } = await atConsent();
    pass(1);
    const unticked = await answer(browser, consent, { ...APPROVE, scope: [] });
    expect(unticked).toMatchObject({ status: 400, view: { nothingTicked: true } });
    expect((await answer(browser, unticked, APPROVE)).view).toMatchObject({ outcome: 'approved' });
  });

  test('takes a denial at once', async () => {
    const { answer, browser, consent } = await atConsent();
    expect((await answer(browser, consent, { decision: 'deny' })).view).toMatchObject({ outcome: 'denied' });
  });

  test('asks for it before one app’s access is ended, and then displays that for this app only', async () => {
    const { answer, browser, consent, exchange, clientId, pass, register, openConsent, authorizeUrl } =
      await atConsent();
    const other = await register({ client_name: 'Other' });
    for (const [id, page] of [
      [clientId, consent],
      [other, await openConsent(browser, authorizeUrl(other))],
    ] as const) {
      pass(1);
      const done = await answer(browser, page, APPROVE);
      await exchange(id, new URL(done.view.location).searchParams.get('code') ?? '');
    }
    const { view } = await browser.open('/connect/apps');
    const { action = '', csrf = '' } = view.apps?.[0] ?? {};
    const again = await browser.post(action, { client: clientId, csrf });
    expect(again.view.apps).toMatchObject([
      { clientId, tooSoon: true },
      { clientId: other, tooSoon: false },
    ]);
    const ended = await browser.post(action, { client: clientId, csrf: again.view.apps?.[0]?.csrf ?? '' });
    expect(ended.view.apps).toMatchObject([{ clientId: other }]);
  });

  test('asks for it before a person is signed out', async () => {
    const { browser, audit } = await atConsent();
    const { view } = await browser.open('/connect/sign-out');
    const csrf = view.signedIn?.csrf ?? '';
    const again = await browser.post('/connect/sign-out', { csrf });
    expect(again).toMatchObject({ status: 200, view: { signedIn: { tooSoon: true } } });
    expect(audit.events.at(-1)).toMatchObject({ type: 'answer.too-soon', page: 'sign-out' });
    const done = await browser.post('/connect/sign-out', { csrf: again.view.signedIn?.csrf ?? '' });
    expect(done.view).not.toHaveProperty('signedIn');
  });
});

test('every redirect to a page of this server ends what a fragment would scroll to', async () => {
  const { server, register, authorizeUrl } = setUp();
  const response = await server.authorize(new Request(authorizeUrl(await register())), { ip: '192.0.2.1' });
  expect(response.headers.get('location')).toMatch(/^\/connect\/consent\?transaction=[\w-]+#$/);
});

test('a redirect to the client is what it registered, to the byte', async () => {
  const { server, register, authorizeUrl } = setUp();
  const callback = 'http://127.0.0.1:4711/cb?x=%7e';
  const clientId = await register({ redirect_uris: [callback] });
  const url = authorizeUrl(clientId, { redirect_uri: callback, response_type: 'token' });
  const response = await server.authorize(new Request(url), { ip: '192.0.2.1' });
  expect(response.headers.get('location')).toMatch(/^http:\/\/127\.0\.0\.1:4711\/cb\?x=%7e&error=[^#]*$/);
});

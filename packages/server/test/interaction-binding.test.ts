import { storedClients } from '@vestibule/core';
import {
  createMemoryAuditLog,
  createMemoryClientStore,
  createMemoryRealmStore,
} from '@vestibule/core/memory';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { createAuthorizationServer } from '../src/index.ts';
import { asShown, realmWith, setUp } from './set-up.ts';

const APPROVE = { decision: 'approve' };

describe('a transaction belongs to its browser', () => {
  test(cite('its link is worth nothing in another, at any page', 'rfc9700:4.7.1:consent'), async () => {
    const { register, authorizeUrl, newBrowser, openConsent, answer } = setUp();
    const clientId = await register();
    const mine = newBrowser();
    const theirs = newBrowser();
    await answer(theirs, await theirs.open(authorizeUrl(clientId)), { username: 'grace', password: 'right' });

    const consent = await openConsent(mine, authorizeUrl(clientId));
    for (const page of ['sign-in', 'consent', 'hand-back']) {
      const shown = await theirs.open(`/connect/${page}?transaction=${consent.view.interaction}`);
      expect(shown).toMatchObject({ status: 403, view: { problem: 'other-browser' } });
    }
    expect(await answer(theirs, consent, APPROVE)).toMatchObject({
      status: 403,
      view: { problem: 'other-browser' },
    });

    const cookie = [...mine.cookies.keys()].find((name) => name.includes(consent.view.interaction)) ?? '';
    theirs.cookies.set(cookie, 'guessed');
    expect(await answer(theirs, consent, APPROVE)).toMatchObject({
      status: 403,
      view: { problem: 'other-browser' },
    });

    const done = await answer(mine, consent, APPROVE);
    expect(await theirs.open(done.url)).toMatchObject({ status: 403, view: { problem: 'other-browser' } });
  });

  test(
    cite(
      'a form from another interaction, page or person is refused',
      'rfc6749:10.12:csrf',
      'rfc9700:4.7.1:consent',
    ),
    async () => {
      const { register, authorizeUrl, newBrowser, openConsent, answer } = setUp();
      const clientId = await register();
      const browser = newBrowser();
      const signIn = await browser.open(authorizeUrl(clientId));
      const first = await openConsent(browser, authorizeUrl(clientId));
      const second = await openConsent(browser, authorizeUrl(clientId));

      for (const csrf of ['', 'x', signIn.view.csrf, second.view.csrf]) {
        const shown = await browser.post('/connect/consent', {
          ...asShown(first.view),
          csrf,
          ...APPROVE,
        });
        expect(shown).toMatchObject({ status: 409, view: { page: 'consent', stale: true } });
      }
      for (const csrf of ['', 'x', first.view.csrf]) {
        const fields = { transaction: signIn.view.interaction, csrf, username: 'ada', password: 'right' };
        expect(await browser.post('/connect/sign-in', fields)).toMatchObject({
          status: 403,
          view: { problem: 'form-stale' },
        });
      }
      expect((await answer(browser, first, APPROVE)).view).toMatchObject({ outcome: 'approved' });
    },
  );

  test('a page that one person saw is not accepted from another who signed in since', async () => {
    const { register, authorizeUrl, newBrowser, openConsent, answer } = setUp();
    const browser = newBrowser();
    const shownToAda = await openConsent(browser, authorizeUrl(await register()));
    const signIn = await browser.open(shownToAda.view.switchPerson);
    const shownToGrace = await answer(browser, signIn, { username: 'grace', password: 'right' });
    expect(shownToGrace.view).toMatchObject({ page: 'consent', person: { name: 'Grace' }, stale: false });

    const again = await answer(browser, shownToAda, APPROVE);
    expect(again).toMatchObject({
      status: 409,
      view: { page: 'consent', person: { name: 'Grace' }, stale: true },
    });
    expect((await answer(browser, again, APPROVE)).view).toMatchObject({ outcome: 'approved' });
  });

  test('two tabs do not disturb each other', async () => {
    const { register, authorizeUrl, newBrowser, answer } = setUp();
    const clientId = await register();
    const browser = newBrowser();
    const [one, two] = [
      await browser.open(authorizeUrl(clientId, { state: '1' })),
      await browser.open(authorizeUrl(clientId, { state: '2' })),
    ];
    const consentTwo = await answer(browser, two, { username: 'ada', password: 'right' });
    const consentOne = await browser.open(one.url.href.replace('sign-in', 'consent'));
    const states = [
      await answer(browser, consentOne, APPROVE),
      await answer(browser, consentTwo, APPROVE),
    ].map(({ view }) => new URL(view.location).searchParams.get('state'));
    expect(states).toEqual(['1', '2']);
  });

  test('a browser with very many forgets the oldest', async () => {
    const { register, authorizeUrl, newBrowser } = setUp();
    const clientId = await register();
    const browser = newBrowser();
    const first = await browser.open(authorizeUrl(clientId));
    for (let i = 0; i < 30; i += 1) await browser.open(authorizeUrl(clientId));
    expect(browser.cookies.size).toBe(10);
    expect(await browser.open(first.url)).toMatchObject({ status: 403, view: { problem: 'other-browser' } });
  });

  test('a browser with cookies that look like ours is not thrown off by them', async () => {
    const { register, authorizeUrl, newBrowser } = setUp();
    const browser = newBrowser();
    for (let i = 0; i < 15; i += 1) browser.cookies.set(`__Host-vestibule-tx-(${i})`, 'x');
    expect(await browser.open(authorizeUrl(await register()))).toMatchObject({
      status: 200,
      view: { page: 'sign-in' },
    });
  });

  test(cite('one address cannot begin any number of them', 'vestibule:limits:authorizations'), async () => {
    const { register, authorizeUrl, newBrowser, change, audit } = setUp();
    const clientId = await register();
    const realm = realmWith();
    const limits = { ...realm.settings.registration.limits, authorizationsPerAddressPerHour: 2 };
    const registration = { ...realm.settings.registration, limits };
    await change({ ...realm, settings: { ...realm.settings, registration } });
    const statuses = [];
    for (let i = 0; i < 3; i += 1) {
      statuses.push((await newBrowser('192.0.2.7').open(authorizeUrl(clientId))).status);
    }
    expect(statuses).toEqual([200, 200, 429]);
    expect(audit.events.at(-1)).toMatchObject({ type: 'authorization.limited', ip: '192.0.2.7' });
    expect((await newBrowser('192.0.2.8').open(authorizeUrl(clientId))).status).toBe(200);
  });

  test('its cookie is for this host alone and for no script', async () => {
    const { register, authorizeUrl, server } = setUp();
    const response = await server.authorize(new Request(authorizeUrl(await register())), { ip: '192.0.2.1' });
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-vestibule-tx-[\w-]{43}=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
  });
});

test('a page in another browser, or that does not fit, is recorded', async () => {
  const { register, authorizeUrl, newBrowser, audit } = setUp();
  const signIn = await newBrowser().open(authorizeUrl(await register()));
  await newBrowser().open(signIn.url);
  expect(audit.events.at(-1)).toMatchObject({
    type: 'transaction.refused',
    problem: 'other-browser',
    ip: '192.0.2.10',
  });
});

test('uses the audit log and the client source that it was given, even if the stores have others', async () => {
  const { options, clients, register, authorizeUrl, audit } = setUp();
  const strange = {
    audit: createMemoryAuditLog(),
    clients: createMemoryClientStore(),
    realms: createMemoryRealmStore(),
  };
  const server = createAuthorizationServer({
    ...options,
    clients: storedClients(clients),
    stores: { ...options.stores, ...strange },
  });
  const response = await server.authorize(new Request(authorizeUrl(await register(), { scope: 'admin' })), {
    ip: '',
  });
  expect(await response.json()).toMatchObject({ outcome: 'refused', clientName: 'App' });
  expect(audit.events.at(-1)).toMatchObject({ type: 'authorization.refused', error: 'invalid_scope' });
  expect(strange.audit.events).toEqual([]);
});

test(
  cite(
    'a person who reads another language sees the name in it, from sign-in to hand-back',
    'rfc7591:2.2:shown',
    'rfc7591:2:client-name',
  ),
  async () => {
    const { register, authorizeUrl, newBrowser, answer } = setUp();
    const clientId = await register({ client_name: 'Garden', 'client_name#fr': 'Carnet' });
    const browser = newBrowser('192.0.2.10', 'fr-CH, en;q=0.5');
    const signIn = await browser.open(authorizeUrl(clientId));
    expect(signIn.view).toMatchObject({ page: 'sign-in', clientName: 'Carnet' });
    const consent = await answer(browser, signIn, { username: 'ada', password: 'right' });
    expect(consent.view).toMatchObject({ client: { name: 'Carnet', language: 'fr' } });
    const done = await answer(browser, consent, APPROVE);
    expect(done.view).toMatchObject({ page: 'hand-back', clientName: 'Carnet' });
  },
);

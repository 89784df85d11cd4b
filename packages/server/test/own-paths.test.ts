import { parseSetCookie } from 'cookie';
import { describe, expect, test } from 'vitest';
import type { Browser, Shown } from './browser.ts';
import { NOTES, realmWith, setUp } from './set-up.ts';

const LOOPBACK = 'http://localhost:4000';
const AT = '/connect/at/';

const start = (issuer = LOOPBACK) => setUp({ ...realmWith(), issuer });

/** The id of the path that a page is below. */
const placeOf = ({ url }: Shown): string | undefined =>
  /\/connect\/at\/([\w-]{43})\//.exec(url.pathname)?.[1];

describe('with a loopback issuer', () => {
  test('the pages of each interaction are below a path of their own, and so are their cookies', async () => {
    const { authorizeUrl, register, openConsent, answer, newBrowser } = start();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(await register()));
    expect(consent.view).toMatchObject({
      page: 'consent',
      action: `${AT}${placeOf(consent)}/consent`,
      switchPerson: `${AT}${placeOf(consent)}/sign-in?switch=true`,
      connectedApps: `${AT}${placeOf(consent)}/apps`,
    });
    const done = await answer(browser, consent, { decision: 'approve' });
    expect(done.view).toMatchObject({ page: 'hand-back', outcome: 'approved' });
    expect(placeOf(done)).toBe(placeOf(consent));
    for (const { path } of browser.received) expect(path).toMatch(/^\/connect\/at\/[\w-]{43}$/);
  });

  test('signing in leads to a path that the one before does not tell', async () => {
    const { authorizeUrl, register, answer, newBrowser } = start();
    const browser = newBrowser();
    const signIn = await browser.open(authorizeUrl(await register()));
    const consent = await answer(browser, signIn, { username: 'ada', password: 'right' });
    expect(placeOf(signIn)).toHaveLength(43);
    expect(placeOf(consent)).toHaveLength(43);
    expect(placeOf(consent)).not.toBe(placeOf(signIn));
    expect(consent.view.interaction).not.toBe(signIn.view.interaction);
  });

  test('no cookie is ever set at a path that the request could have chosen', async () => {
    const { authorizeUrl, register, openConsent, answer, newBrowser } = start();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(await register()));
    await answer(browser, consent, { decision: 'approve' });
    const apps = await browser.open('/connect/apps');
    await answer(browser, apps, { username: 'ada', password: 'right' });
    await browser.open(`${AT}chosen/apps-sign-in`);
    await browser.open(`${AT}chosen/apps`);
    await browser.open(`${AT}chosen/sign-out`);
    const set = browser.received.filter(({ maxAge }) => maxAge !== 0);
    expect(set.length).toBeGreaterThanOrEqual(6);
    for (const { path, requested } of set) expect(`${requested}/`).not.toContain(`${path}/`);
  });

  test('a session holds at its own path alone', async () => {
    const { authorizeUrl, register, openConsent, newBrowser } = start();
    const [browser, url] = [newBrowser(), authorizeUrl(await register())];
    await openConsent(browser, url);
    expect((await browser.open(url)).view).toMatchObject({ page: 'sign-in' });
    expect((await browser.open('/connect/apps')).view).toMatchObject({ page: 'sign-in' });
    expect((await browser.open('/connect/sign-out')).view).not.toHaveProperty('signedIn');
  });

  test('back at the sign-in page after signing in, a person signs in again and continues', async () => {
    const { authorizeUrl, register, answer, newBrowser } = start();
    const browser = newBrowser();
    const signIn = await browser.open(authorizeUrl(await register()));
    const first = await answer(browser, signIn, { username: 'ada', password: 'right' });
    const back = await browser.open(signIn.url);
    expect(back.view).toMatchObject({ page: 'sign-in' });
    const second = await answer(browser, back, { username: 'ada', password: 'right' });
    expect(second.view).toMatchObject({ page: 'consent' });
    expect((await browser.open(first.url)).view).toMatchObject({ page: 'consent' });
  });

  test('a person switches to another, and the first is signed out where they were', async () => {
    const { authorizeUrl, register, openConsent, answer, newBrowser } = start();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(await register()));
    const again = await browser.open(consent.view.switchPerson);
    expect(again.view).toMatchObject({
      goOn: { name: 'Ada', href: `${AT}${placeOf(consent)}/consent` },
    });
    const graces = await answer(browser, again, { username: 'grace', password: 'right' });
    expect(graces.view).toMatchObject({ page: 'consent', person: { name: 'Grace' } });
    expect((await browser.open(consent.url)).view).toMatchObject({ page: 'sign-in' });
  });

  test('a decision is not asked again after another sign-in', async () => {
    const { authorizeUrl, register, openConsent, answer, newBrowser } = start();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(await register()));
    const signIn = await browser.open(consent.view.switchPerson);
    await answer(browser, consent, { decision: 'deny' });
    const shown = await answer(browser, signIn, { username: 'grace', password: 'right' });
    expect(shown.view).toMatchObject({ page: 'hand-back', outcome: 'denied' });
  });

  test('an approval gives no second code after another sign-in', async () => {
    const { authorizeUrl, register, openConsent, answer, newBrowser } = start();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(await register()));
    const signIn = await browser.open(consent.view.switchPerson);
    const done = await answer(browser, consent, { decision: 'approve' });
    const again = await answer(browser, signIn, { username: 'ada', password: 'right' });
    expect(again.view).toMatchObject({ page: 'hand-back', location: done.view.location });
  });

  test.each([{ prompt: 'login' }, { prompt: 'select_account' }, { max_age: '0' }, { max_age: '3600' }])(
    'a request with %j is met by the sign-in that it has anyway',
    async (parameters) => {
      const { authorizeUrl, register, openConsent, newBrowser } = start();
      const consent = await openConsent(newBrowser(), authorizeUrl(await register(), parameters));
      expect(consent.view).toMatchObject({ page: 'consent' });
    },
  );

  test('a pre-registered client that forbids asking learns that a person has to sign in', async () => {
    const { authorizeUrl, preregister, openConsent, answer, newBrowser } = start();
    const { clientId } = await preregister({ rememberConsent: true });
    const browser = newBrowser();
    const url = authorizeUrl(clientId, { resource: NOTES, scope: 'read' });
    await answer(browser, await openConsent(browser, url), { decision: 'approve' });
    url.searchParams.set('prompt', 'none');
    const { view } = await browser.open(url);
    expect(view).toMatchObject({ page: 'hand-back', outcome: 'refused' });
    expect(new URL(view.location).searchParams.get('error')).toBe('login_required');
  });

  test('Connected apps has a sign-in of its own, which signing out ends', async () => {
    const { answer, newBrowser } = start();
    const browser = newBrowser();
    const signIn = await browser.open('/connect/apps');
    const apps = await answer(browser, signIn, { username: 'ada', password: 'right' });
    expect(apps.view).toMatchObject({ page: 'connected-apps', person: { name: 'Ada' } });
    expect(placeOf(apps)).not.toBe(placeOf(signIn));
    const signOut = await browser.open(apps.url.pathname.replace(/apps$/, 'sign-out'));
    expect(signOut.view).toMatchObject({ signedIn: { person: { name: 'Ada' } } });
    await browser.post(signOut.url, { csrf: signOut.view.signedIn?.csrf ?? '' });
    expect((await browser.open(apps.url)).view).toMatchObject({ page: 'sign-in' });
  });

  test('the apps of a person who has just decided are one step away', async () => {
    const { authorizeUrl, register, openConsent, answer, newBrowser } = start();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(await register()));
    const done = await answer(browser, consent, { decision: 'approve' });
    expect((await browser.open(`${AT}${placeOf(done)}/apps`)).view).toMatchObject({
      page: 'connected-apps',
      person: { name: 'Ada' },
    });
  });

  describe('an unknown page at its own path is not found', () => {
    test.each(['x', `${AT}x`, `${AT}x/`, `${AT}x/token`, `${AT}x/consent/`, `${AT}x/y/consent`])(
      '%s',
      async (path) => {
        const { server } = start();
        const request = new Request(new URL(path, LOOPBACK));
        const place = server.routes.find((route) => route.below === 2);
        expect(await place?.endpoint(request, { ip: '192.0.2.1' })).toBeUndefined();
      },
    );
  });
});

/** The first response, and the cookie that it sets. */
async function firstCookie(issuer: string) {
  const { server, authorizeUrl, register } = start(issuer);
  const response = await server.authorize(new Request(authorizeUrl(await register())), { ip: '192.0.2.1' });
  const [header = ''] = response.headers.getSetCookie();
  return parseSetCookie(header);
}

describe('where cookies go', () => {
  test.each([
    ['https://id.example', /^__Host-vestibule-tx-/, '/', true],
    ['https://id.example/realms/acme', /^__Host-vestibule-tx-/, '/', true],
    ['http://localhost:4000', /^at-vestibule-tx-/, AT, undefined],
    ['http://127.0.0.1:4000', /^at-vestibule-tx-/, AT, undefined],
    ['http://[::1]:4000/realms/acme', /^at-vestibule-tx-/, `/realms/acme${AT}`, undefined],
    ['https://localhost:4000', /^__Secure-at-vestibule-tx-/, AT, true],
    ['https://vestibule.localhost', /^__Secure-at-vestibule-tx-/, AT, true],
  ])('%s', async (issuer, name, path, secure) => {
    const cookie = await firstCookie(issuer);
    expect(cookie.name).toMatch(name);
    expect(cookie.path?.replace(/[\w-]{43}$/, '')).toBe(path);
    expect([cookie.secure, cookie.httpOnly, cookie.sameSite]).toEqual([secure, true, 'lax']);
  });
});

describe('a planted cookie', () => {
  /** What a browser displays that sends cookies with these names besides its own. */
  async function withPlanted(issuer: string, path: (shown: Shown) => string, planted: string) {
    const { authorizeUrl, register, newBrowser, audit } = start(issuer);
    const browser: Browser = newBrowser();
    const shown = await browser.open(authorizeUrl(await register()));
    browser.plant(planted);
    const after = await browser.open(path(shown));
    const { items } = await audit.list('main', { limit: 100 });
    return { shown: after, events: items.filter(({ type }) => type === 'transaction.refused') };
  }

  test.each([
    [LOOPBACK, 'where none is set', () => '/connect/apps', 'at-vestibule-session-main=x'],
    [
      LOOPBACK,
      'twice',
      ({ url }: Shown) => url.pathname,
      'at-vestibule-session-main=x; at-vestibule-session-main=y',
    ],
    [
      'https://id.example',
      'twice',
      ({ url }: Shown) => `${url.pathname}${url.search}`,
      '__Host-vestibule-session-main=x; __Host-vestibule-session-main=x',
    ],
  ])('at %s, %s, is said and recorded', async (issuer, _, path, planted) => {
    const { shown, events } = await withPlanted(issuer, path, planted);
    expect(shown).toMatchObject({ status: 403, view: { page: 'problem', problem: 'cookie-planted' } });
    expect(events).toMatchObject([{ problem: 'cookie-planted' }]);
  });

  test.each([
    [LOOPBACK, 'theme=dark; theme=dark; vestibule-session-main=x; __Host-vestibule-session-main=x'],
    [
      'https://id.example',
      'theme=dark; theme=light; at-vestibule-session-main=x; vestibule-x=1; vestibule-x=2',
    ],
  ])('at %s is accepted if its name belongs to another server', async (issuer, planted) => {
    const path = ({ url }: Shown): string => `${url.pathname}${url.search}`;
    const { shown, events } = await withPlanted(issuer, path, planted);
    expect(shown.view).toMatchObject({ page: 'sign-in' });
    expect(events).toEqual([]);
  });
});

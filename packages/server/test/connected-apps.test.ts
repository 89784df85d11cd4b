import { describe, expect, test } from 'vitest';
import type { Browser, Shown } from './browser.ts';
import { ISSUER, NOTES, NOW, realmWith, setUp } from './set-up.ts';

const APPROVE = { decision: 'approve' };
const SESSION = '__Host-vestibule-session-main';

/** Ada and Grace, each with the same app and with one of their own. */
async function meet() {
  const world = setUp();
  const { register, authorizeUrl, newBrowser, openConsent, answer, exchange, pass } = world;
  const shared = await register({ client_name: 'Shared' });
  const own = await register({ client_name: 'Own', 'client_name#fr': 'Propre' });
  const ada = newBrowser();
  const grace = newBrowser('192.0.2.11');

  async function allow(browser: Browser, clientId: string, username: string, fields = {}, scope?: string) {
    pass(1);
    const url = authorizeUrl(clientId, scope === undefined ? {} : { scope });
    const done = await answer(browser, await openConsent(browser, url, username), { ...APPROVE, ...fields });
    return (await exchange(clientId, new URL(done.view.location).searchParams.get('code') ?? '')).body;
  }
  const tokens = {
    ada: [await allow(ada, shared, 'ada', {}, 'read'), await allow(ada, shared, 'ada', { lasting: '3600' })],
    adaOwn: await allow(ada, own, 'ada'),
    grace: await allow(grace, shared, 'grace'),
  };
  const apps = (browser: Browser) => browser.open('/connect/apps');
  const end = (browser: Browser, { view }: Shown, index = 0, fields = {}) => {
    const { action = '', clientId: client = '', csrf = '' } = view.apps?.[index] ?? {};
    return browser.post(action, { client, csrf, ...fields });
  };
  return { ...world, shared, own, ada, grace, tokens, apps, end, allow };
}

describe('a person who is signed in sees', () => {
  test('what each app may do, since when, and until when', async () => {
    const { ada, apps, shared, own } = await meet();
    const { status, view } = await apps(ada);
    expect(status).toBe(200);
    const api = { name: 'Notes', resource: NOTES };
    const [read, write] = [
      { name: 'read', description: 'Read notes' },
      { name: 'write', description: 'Write notes' },
    ];
    expect(view).toMatchObject({
      page: 'connected-apps',
      person: { name: 'Ada' },
      signOut: '/connect/sign-out',
    });
    expect(view.apps).toMatchObject([
      {
        clientId: shared,
        name: 'Shared',
        since: NOW + 1_000,
        lastUsedAt: NOW + 1_000,
        expiresAt: NOW + 604_801_000,
        access: [{ api, scopes: [read, { ...write, endsAt: NOW + 3_602_000 }] }],
      },
      { clientId: own, name: 'Own', access: [{ api, scopes: [read, write] }] },
    ]);
    expect(view.apps?.[0]?.access).not.toMatchObject([{ scopes: [{ endsAt: expect.anything() }, {}] }]);
  });

  test('what they saw when they allowed an app, in whatever language they read now', async () => {
    const { newBrowser, allow, own, apps } = await meet();
    const french = newBrowser('192.0.2.10', 'fr');
    await allow(french, own, 'ada');
    const english = newBrowser('192.0.2.10', 'en');
    const { view } = await apps(english);
    const answer = { csrf: view.csrf, username: 'ada', password: 'right' };
    for (const shown of [await apps(french), await english.post(view.action, answer)]) {
      expect(shown.view.apps?.[1]).toMatchObject({
        name: 'Propre',
        language: 'fr',
        alsoApprovedAs: [{ name: 'Own' }],
        destinations: [{ kind: 'https', host: 'app.example' }],
      });
      expect(shown.view.apps?.[1]).not.toHaveProperty('changed');
    }
  });

  test('the name that they allowed, once the app calls itself something else, and that it does', async () => {
    const { ada, apps, own, clients } = await meet();
    const stored = await clients.find('main', own);
    if (stored === undefined) throw new Error('The client is gone.');
    const renamed = { ...stored, name: 'Bank', redirectUris: ['https://bank.example/cb'] };
    expect(await clients.replace(renamed, stored.version)).toBe('replaced');
    expect((await apps(ada)).view.apps?.[1]).toMatchObject({
      name: 'Own',
      destinations: [{ host: 'app.example' }],
      changed: { name: { name: 'Bank' }, left: [{ host: 'app.example' }] },
    });
  });

  test('the name that they approved for an app that was removed, and that it is unknown now', async () => {
    const { ada, apps, own, clients } = await meet();
    await clients.remove('main', own);
    expect((await apps(ada)).view.apps?.[1]).toMatchObject({ name: 'Own', isUnknown: true });
  });

  test('what remains if an API or a scope was removed', async () => {
    const { ada, apps, change } = await meet();
    const { apis: _, scopes: __, ...rest } = realmWith();
    await change({ ...rest, apis: [], scopes: [] });
    expect((await apps(ada)).view.apps?.[1]?.access).toEqual([
      {
        api: { name: NOTES, resource: NOTES },
        scopes: [
          { name: 'read', description: 'read' },
          { name: 'write', description: 'write' },
        ],
      },
    ]);
  });
});

describe('a person who ends an app’s access', () => {
  test('ends all of it at once, theirs and of that app alone', async () => {
    const { ada, apps, end, tokens, refresh, shared, own, audit, stores } = await meet();
    const left = await end(ada, await apps(ada));
    expect(left.view.apps).toMatchObject([{ clientId: own }]);
    expect(left.view).toMatchObject({
      accessTokenLifetime: 900,
      ended: { name: 'Shared', hadAccess: true },
    });
    for (const { refresh_token } of tokens.ada) {
      expect((await refresh(shared, refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
    }
    expect((await refresh(shared, tokens.grace.refresh_token)).status).toBe(200);
    expect((await refresh(own, tokens.adaOwn.refresh_token)).status).toBe(200);
    const ended = audit.events.filter(({ type }) => type === 'grant.ended');
    expect(ended).toMatchObject([
      { clientId: shared, reason: 'person-revoked' },
      { clientId: shared, reason: 'person-revoked' },
    ]);
    expect(await stores.grants.listEnded('main', NOW)).toHaveLength(2);
  });

  test.each(['before', 'after'])(
    'sees an app %s it has exchanged its code, and nothing of it once the code has expired unused',
    async (when) => {
      const { newBrowser, apps, register, authorizeUrl, openConsent, answer, exchange, pass } = await meet();
      const [browser, clientId] = [newBrowser(), await register({ client_name: 'New' })];
      const done = await answer(browser, await openConsent(browser, authorizeUrl(clientId)), APPROVE);
      const code = new URL(done.view.location).searchParams.get('code') ?? '';
      if (when === 'after') await exchange(clientId, code);
      const names = async () => (await apps(browser)).view.apps?.map(({ name }) => name);
      expect(await names()).toContain('New');
      pass(60);
      expect((await names())?.includes('New')).toBe(when === 'after');
    },
  );

  test('ends an app that was just approved, and the page says so', async () => {
    const { newBrowser, apps, end, register, authorizeUrl, openConsent, answer, exchange } = await meet();
    const [browser, clientId] = [newBrowser(), await register({ client_name: 'New' })];
    const done = await answer(browser, await openConsent(browser, authorizeUrl(clientId)), APPROVE);
    const shown = await apps(browser);
    const index = shown.view.apps?.findIndex((app) => app.clientId === clientId) ?? -1;
    const { view } = await end(browser, shown, index);
    expect(view).toMatchObject({ ended: { name: 'New', hadAccess: true } });
    expect(view.apps?.map(({ name }) => name)).not.toContain('New');
    const code = new URL(done.view.location).searchParams.get('code') ?? '';
    expect((await exchange(clientId, code)).body).toMatchObject({ error: 'invalid_grant' });
  });

  test('ends what no code has opened yet, too', async () => {
    const { ada, apps, end, own, authorizeUrl, openConsent, answer, exchange, audit } = await meet();
    const done = await answer(ada, await openConsent(ada, authorizeUrl(own)), APPROVE);
    await end(ada, await apps(ada), 1);
    const code = new URL(done.view.location).searchParams.get('code') ?? '';
    expect((await exchange(own, code)).body).toMatchObject({ error: 'invalid_grant' });
    const ended = audit.events.filter(({ type }) => type === 'grant.ended');
    expect(ended).toMatchObject([{ clientId: own }, { clientId: own }]);
  });

  test('twice does no harm', async () => {
    const { ada, apps, end, audit } = await meet();
    const shown = await apps(ada);
    await end(ada, shown);
    const { view } = await end(ada, shown);
    expect(view.apps).toHaveLength(1);
    expect(view).toMatchObject({ ended: { name: 'Shared', hadAccess: false } });
    expect((await apps(ada)).view).not.toHaveProperty('ended');
    expect(audit.events.filter(({ type }) => type === 'grant.ended')).toHaveLength(2);
  });

  test.each<[string, (world: Awaited<ReturnType<typeof meet>>, shown: Shown) => Promise<Shown>]>([
    ['no token', ({ end, ada }, shown) => end(ada, shown, 0, { csrf: '' })],
    [
      'the token of another app',
      ({ end, ada }, shown) => end(ada, shown, 0, { csrf: shown.view.apps?.[1]?.csrf }),
    ],
    ['the token of another person', ({ end, grace }, shown) => end(grace, shown)],
    [
      'the token of sign-out',
      async ({ end, ada }, shown) => {
        const { view } = await ada.open('/connect/sign-out');
        return end(ada, shown, 0, { csrf: view.signedIn?.csrf });
      },
    ],
  ])('does so by a form of this page alone: not with %s', async (_, forge) => {
    const world = await meet();
    const shown = await forge(world, await world.apps(world.ada));
    expect(shown).toMatchObject({ status: 403, view: { problem: 'form-stale' } });
    expect(world.audit.events.map(({ type }) => type)).not.toContain('grant.ended');
  });
});

describe('a person who comes by themselves', () => {
  test('signs in first, and is led on', async () => {
    const { newBrowser, apps, audit } = await meet();
    const browser = newBrowser();
    const signIn = await apps(browser);
    expect(signIn.url.pathname).toBe('/connect/apps/sign-in');
    expect(signIn.view).toMatchObject({ page: 'sign-in', realmName: 'Main' });
    expect(signIn.view).not.toHaveProperty('clientName');
    const { action, csrf } = signIn.view;
    const wrong = await browser.post(action, { csrf, username: 'ada', password: 'wrong' });
    expect(wrong).toMatchObject({ status: 403, view: { failure: { kind: 'credentials' }, username: 'ada' } });
    const right = { csrf: wrong.view.csrf, username: 'ada', password: 'right' };
    expect((await browser.post(action, right)).view).toMatchObject({ page: 'connected-apps' });
    expect(audit.events.at(-1)).toMatchObject({ type: 'sign-in.succeeded' });
  });

  test('cannot be signed in as another person by a form from elsewhere', async () => {
    const { newBrowser, apps } = await meet();
    const attacker = await apps(newBrowser());
    const victim = newBrowser();
    const fields = { csrf: attacker.view.csrf, username: 'grace', password: 'right' };
    expect(await victim.post('/connect/apps/sign-in', fields)).toMatchObject({
      view: { problem: 'form-stale' },
    });
    await apps(victim);
    expect(await victim.post('/connect/apps/sign-in', fields)).toMatchObject({
      view: { problem: 'form-stale' },
    });
    expect(victim.cookies.has(SESSION)).toBe(false);
  });

  test('is slowed down like everybody', async () => {
    const { newBrowser, apps } = await meet();
    const browser = newBrowser('198.51.100.77');
    const { view } = await apps(browser);
    const fields = { csrf: view.csrf, username: 'ada', password: 'wrong' };
    for (let i = 0; i < 10; i += 1) await browser.post(view.action, fields);
    const limited = await browser.post(view.action, fields);
    expect(limited).toMatchObject({ status: 429, view: { failure: { kind: 'limited' } } });
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('signing out', () => {
  const signOut = async (browser: Browser, csrf?: string) => {
    const { view } = await browser.open('/connect/sign-out');
    return browser.post('/connect/sign-out', { csrf: csrf ?? view.signedIn?.csrf ?? '' });
  };

  test('ends the session here and for copies of its cookie', async () => {
    const { ada, newBrowser, authorizeUrl, shared, audit } = await meet();
    const copy = newBrowser();
    copy.cookies.set(SESSION, ada.cookies.get(SESSION) ?? '');
    expect((await signOut(ada)).view).toEqual({ page: 'sign-out', realmName: 'Main' });
    expect(ada.cookies.has(SESSION)).toBe(false);
    expect(audit.events.at(-1)).toMatchObject({ type: 'sign-out.succeeded', subject: 'person-ada' });
    for (const browser of [ada, copy]) {
      expect((await browser.open(authorizeUrl(shared))).view).toMatchObject({ page: 'sign-in' });
    }
  });

  test('leaves what was allowed as it is', async () => {
    const { ada, refresh, own, tokens } = await meet();
    await signOut(ada);
    expect((await refresh(own, tokens.adaOwn.refresh_token)).status).toBe(200);
  });

  test('does not happen by a link, nor by a form from elsewhere', async () => {
    const { ada, grace, apps } = await meet();
    await ada.open('/connect/sign-out');
    const theirs = (await grace.open('/connect/sign-out')).view.signedIn?.csrf;
    for (const csrf of ['', 'x', theirs]) {
      expect(await signOut(ada, csrf)).toMatchObject({ status: 403, view: { problem: 'form-stale' } });
    }
    expect((await apps(ada)).view).toMatchObject({ page: 'connected-apps' });
  });

  test('twice displays that no one is signed in', async () => {
    const { ada } = await meet();
    await signOut(ada);
    expect(await signOut(ada)).toMatchObject({ status: 200, view: { page: 'sign-out' } });
  });
});

describe('bad forms and methods', () => {
  const places = ['apps', 'appsSignIn', 'signOut'] as const;

  test.each(places)('%s: what is no form gets a page', async (place) => {
    const { server, ada, errors } = await meet();
    const cookie = [...ada.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { 'content-type': 'application/json', cookie };
    const request = new Request(`${ISSUER}/x`, { method: 'POST', body: '{}', headers });
    const response = await server[place](request, { ip: '192.0.2.1' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ problem: 'form-unreadable' });
    expect(errors).toEqual([]);
  });

  test.each(places)('%s: no other method, and no other origin', async (place) => {
    const { server } = await meet();
    const response = await server[place](new Request(`${ISSUER}/x`, { method: 'OPTIONS' }), { ip: '' });
    expect(response.status).toBe(405);
    expect(response.headers.has('access-control-allow-origin')).toBe(false);
  });
});

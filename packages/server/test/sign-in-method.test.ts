import { describe, expect, test } from 'vitest';
import { createAuthorizationServer, type SignIn, type SignInMethod, type SignInStep } from '../src/index.ts';
import { type Browser, createBrowser } from './browser.ts';
import { ISSUER, realmWith, setUp } from './set-up.ts';

const ADA = { subject: 'person-ada', name: 'Ada' };
const GRACE = { subject: 'person-grace', name: 'Grace' };
const LOOPBACK = { ...realmWith(), issuer: 'http://127.0.0.1:4000' };
const ELSEWHERE = 'https://login.example/';

/** Sends the browser elsewhere, and remembers what it was asked. */
function elsewhere(more: Partial<SignInMethod> = {}) {
  const asked: SignIn[] = [];
  const method: SignInMethod = {
    asksEachTime: true,
    begin: async (signIn) => {
      asked.push(signIn);
      return { kind: 'redirect', location: `${ELSEWHERE}?state=${signIn.state}` };
    },
    ...more,
  };
  return { method, asked };
}

/** A realm whose people sign in by a method. */
async function serve(method: SignInMethod, realm = realmWith()) {
  const world = setUp(realm);
  const server = createAuthorizationServer({ ...world.options, signIn: method });
  const clientId = await world.register();
  const newBrowser = (): Browser => createBrowser(server, realm.issuer);
  return { ...world, server, clientId, newBrowser };
}

type World = Awaited<ReturnType<typeof serve>>;

/** Opens an authorization request in a browser; returns the `state` with which it is sent elsewhere. */
async function leave(world: World, browser: Browser, parameters: Record<string, string> = {}) {
  const shown = await browser.open(world.authorizeUrl(world.clientId, parameters));
  expect(shown.url.href).toContain(ELSEWHERE);
  return shown.url.searchParams.get('state') ?? '';
}

/** Finishes a sign-in, and returns where the browser is to go. */
async function finish(world: World, state: string, person = ADA, at?: number): Promise<string> {
  const authenticated = { person, methods: ['pwd'], ...(at !== undefined && { at }) };
  const finished = await world.server.finishSignIn(state, authenticated);
  if (finished.outcome !== 'finished') throw new Error(finished.outcome);
  return finished.location;
}

const problem = (name: string) => ({ view: { page: 'problem', problem: name } });

describe.each([
  ['an issuer with a host of its own', realmWith()],
  ['a loopback issuer', LOOPBACK],
])('a sign-in elsewhere, with %s', (_, realm) => {
  test('leads to consent for the person, and to a token with how and when they signed in', async () => {
    const world = await serve(elsewhere().method, realm);
    const browser = world.newBrowser();
    const location = await finish(world, await leave(world, browser));
    const consent = await browser.open(location);
    expect(consent.view).toMatchObject({ page: 'consent', person: ADA });
    const done = await world.answer(browser, consent, { decision: 'approve' });
    expect(done.view).toMatchObject({ page: 'hand-back', outcome: 'approved' });
    expect(world.audit.events.filter(({ type }) => type === 'sign-in.succeeded')).toMatchObject([
      { subject: 'person-ada' },
    ]);
  });

  test('returns to a person who came by themselves', async () => {
    const world = await serve(elsewhere().method, realm);
    const browser = world.newBrowser();
    const shown = await browser.open(new URL('/connect/apps', realm.issuer));
    const state = shown.url.searchParams.get('state') ?? '';
    expect(await world.server.findSignIn(state)).toEqual({ outcome: 'pending' });
    const apps = await browser.open(await finish(world, state));
    expect(apps.view).toMatchObject({ page: 'connected-apps', person: ADA });
  });

  test('is refused in a browser in which it did not begin', async () => {
    const world = await serve(elsewhere().method, realm);
    const location = await finish(world, await leave(world, world.newBrowser()));
    const [stranger, another] = [world.newBrowser(), world.newBrowser()];
    expect(await stranger.open(location)).toMatchObject(problem('other-browser'));
    await leave(world, another);
    expect(await another.open(location)).toMatchObject(problem('other-browser'));
  });

  test('does not sign in the browser that began it when another browser has the ticket', async () => {
    const world = await serve(elsewhere().method, realm);
    const stranger = world.newBrowser();
    const state = await leave(world, stranger);
    // A person who was sent the link finishes it in their own browser.
    await finish(world, state);
    const returned = new URL(`${realm.issuer}/connect/sign-in/return`);
    for (const ticket of [undefined, '', 'guessed']) {
      returned.search = new URLSearchParams({ state, ...(ticket !== undefined && { ticket }) }).toString();
      expect(await stranger.open(returned)).toMatchObject(problem('sign-in-unknown'));
    }
    expect(world.audit.events.map(({ type }) => type)).not.toContain('sign-in.succeeded');
  });

  test('signs in once, however often the address or another ticket comes', async () => {
    const world = await serve(elsewhere().method, realm);
    const browser = world.newBrowser();
    const state = await leave(world, browser);
    const [first, second] = [await finish(world, state), await finish(world, state, GRACE)];
    expect((await browser.open(first)).view).toMatchObject({ page: 'consent', person: ADA });
    expect(await browser.open(first)).toMatchObject(problem('sign-in-unknown'));
    expect(await browser.open(second)).toMatchObject(problem('sign-in-unknown'));
  });
});

describe('a ticket', () => {
  test('is for one sign-in: another of the same browser does not take it', async () => {
    const world = await serve(elsewhere().method);
    const browser = world.newBrowser();
    const [one, two] = [await leave(world, browser), await leave(world, browser)];
    const location = new URL(await finish(world, one));
    location.searchParams.set('state', two);
    expect(await browser.open(location)).toMatchObject(problem('sign-in-unknown'));
  });

  test('expires after a minute', async () => {
    const world = await serve(elsewhere().method);
    const browser = world.newBrowser();
    const location = await finish(world, await leave(world, browser));
    world.pass(60);
    expect(await browser.open(location)).toMatchObject(problem('sign-in-unknown'));
  });

  test('expires with its interaction', async () => {
    const world = await serve(elsewhere().method);
    const browser = world.newBrowser();
    const state = await leave(world, browser);
    world.pass(599);
    const location = await finish(world, state);
    world.pass(1);
    expect(await browser.open(location)).toMatchObject(problem('transaction-unknown'));
    expect(await world.server.finishSignIn(state, { person: ADA, methods: [] })).toEqual({
      outcome: 'expired',
    });
    expect(await world.server.findSignIn(state)).toEqual({ outcome: 'expired' });
  });

  test('is not given for an interaction that was decided, and one from before leads to the response', async () => {
    const world = await serve(elsewhere().method);
    const browser = world.newBrowser();
    const state = await leave(world, browser);
    const later = await finish(world, state, GRACE);
    const consent = await browser.open(await finish(world, state));
    await world.answer(browser, consent, { decision: 'approve' });
    expect(await world.server.finishSignIn(state, { person: GRACE, methods: [] })).toEqual({
      outcome: 'decided',
    });
    expect((await browser.open(later)).view).toMatchObject({ page: 'hand-back', outcome: 'approved' });
  });
});

test('the profile that `finishSignIn` gets is stored when the browser returns, and not before', async () => {
  const world = await serve(elsewhere().method);
  const browser = world.newBrowser();
  const state = await leave(world, browser);
  const profile = { email: 'ada@one.example', groups: ['agents'] };
  const finished = await world.server.finishSignIn(state, { person: ADA, methods: [], profile });
  const stored = () => world.stores.people.findBySubject('main', ADA.subject);
  expect(await stored()).toBeUndefined();
  await browser.open(finished.outcome === 'finished' ? finished.location : '');
  expect(await stored()).toMatchObject({ email: 'ada@one.example', reportedGroups: ['agents'] });
});

describe('a state', () => {
  test.each([
    ['is missing', () => ''],
    ['is of another shape', () => 'state=x'],
    ['was changed', (state: string) => `state=${state.slice(0, -1)}${state.endsWith('A') ? 'B' : 'A'}`],
    ['has another nonce', (state: string) => `state=${state.replace(/\.[\w-]+\.([\w-]+)$/, '.nonce.$1')}`],
    ['is given twice', (state: string) => `state=${state}&state=${state}`],
    ['leads to another path', () => `state=interaction.${encodeURIComponent('../x')}.n.${'a'.repeat(43)}`],
  ])('a state that %s is refused, and no one is signed in', async (_, query) => {
    const resume = async (): Promise<SignInStep> => ({ kind: 'authenticated', person: ADA, methods: [] });
    const world = await serve(elsewhere({ resume }).method);
    const browser = world.newBrowser();
    const state = await leave(world, browser);
    const shown = await browser.open(`${ISSUER}/connect/sign-in/return?${query(state)}`);
    expect(shown).toMatchObject({ status: 400, ...problem('sign-in-unknown') });
    expect(world.audit.events.map(({ type }) => type)).not.toContain('sign-in.succeeded');
  });

  test('`finishSignIn` does not know the state of another server', async () => {
    const [world, other] = [await serve(elsewhere().method), await serve(elsewhere().method)];
    const state = await leave(other, other.newBrowser());
    expect(await world.server.finishSignIn(state, { person: ADA, methods: [] })).toEqual({
      outcome: 'unknown',
    });
  });
});

describe('how recent the authentication is', () => {
  test('a person who authenticated before the client allows has to do so again', async () => {
    const { method, asked } = elsewhere();
    const world = await serve(method);
    const browser = world.newBrowser();
    const now = world.options.clock();
    const state = await leave(world, browser, { max_age: '60' });
    expect(asked[0]?.interaction).toMatchObject({ authenticatedSince: now - 60_000, expiresIn: 600 });
    const old = { person: ADA, methods: ['pwd'], at: now - 60_001 };
    expect(await world.server.finishSignIn(state, old)).toEqual({ outcome: 'not-recent' });
    const consent = await browser.open(await finish(world, state, ADA, now - 60_000));
    expect(consent.view).toMatchObject({ page: 'consent', person: ADA });
  });

  test('a session elsewhere does not count for `prompt=login`, and there is no loop', async () => {
    const at = setUp().options.clock() - 1;
    const begin = async (): Promise<SignInStep> => ({
      kind: 'authenticated',
      person: ADA,
      methods: ['pwd'],
      at,
    });
    const world = await serve({ begin });
    const browser = world.newBrowser();
    const shown = await browser.open(world.authorizeUrl(world.clientId, { prompt: 'login' }));
    expect(shown).toMatchObject({ status: 403, ...problem('sign-in-not-recent') });
  });

  test.each([
    ['in the future counts as now', 1e9, 61],
    ['in the past counts as that', -61_000, 0],
  ])('a time of authentication %s in later authorizations', async (_, offset, passing) => {
    const at = setUp().options.clock() + offset;
    const world = await serve({
      begin: async () => ({ kind: 'authenticated', person: ADA, methods: [], at }),
    });
    const browser = world.newBrowser();
    expect((await browser.open(world.authorizeUrl(world.clientId))).view.page).toBe('consent');
    world.pass(passing);
    const withPasswords = createBrowser(createAuthorizationServer(world.options), ISSUER);
    for (const [name, value] of browser.cookies) withPasswords.cookies.set(name, value);
    const again = await withPasswords.open(world.authorizeUrl(world.clientId, { max_age: '60' }));
    expect(again.view).toMatchObject({ page: 'sign-in', isAgain: true });
  });
});

describe('a person who came by themselves', () => {
  test('is not signed in by a return that another browser began', async () => {
    const world = await serve(elsewhere().method);
    const stranger = world.newBrowser();
    const left = await stranger.open(`${ISSUER}/connect/apps`);
    const location = await finish(world, left.url.searchParams.get('state') ?? '', GRACE);
    const person = world.newBrowser();
    expect(await person.open(location)).toMatchObject(problem('other-browser'));
    await person.open(`${ISSUER}/connect/apps`);
    expect(await person.open(location)).toMatchObject(problem('sign-in-unknown'));
    expect(world.audit.events.map(({ type }) => type)).not.toContain('sign-in.succeeded');
  });
});

describe('a session elsewhere', () => {
  /** A method for a session of the host application on the same host, which a cookie names. */
  const sameHost: SignInMethod = {
    asksEachTime: true,
    begin: async ({ request }) => {
      const name = /host-session=(\w+)/.exec(request.headers.get('cookie') ?? '')?.[1];
      if (name === undefined) return { kind: 'redirect', location: ELSEWHERE };
      return { kind: 'authenticated', person: name === 'ada' ? ADA : GRACE, methods: ['pwd'] };
    },
  };

  test('a session elsewhere that changed is noticed at the next authorization', async () => {
    const world = await serve(sameHost);
    const browser = world.newBrowser();
    for (const [name, person] of [
      ['ada', ADA],
      ['grace', GRACE],
    ] as const) {
      browser.plant(`host-session=${name}`);
      const consent = await browser.open(world.authorizeUrl(world.clientId));
      expect(consent.view).toMatchObject({ page: 'consent', person });
    }
  });

  test('makes a session here that lasts as long as one interaction at most', async () => {
    const world = await serve(sameHost);
    const browser = world.newBrowser();
    browser.plant('host-session=ada');
    await browser.open(world.authorizeUrl(world.clientId));
    const lifetimes = browser.received.map(({ maxAge }) => maxAge).filter((maxAge) => maxAge !== 90 * 86_400);
    expect(Math.max(...lifetimes.map((maxAge) => maxAge ?? Infinity))).toBe(600);
    const before = new Request(`${ISSUER}/connect/apps`, { headers: { cookie: cookiesOf(browser) } });
    const [forgotten] = await world.server.endSession(before);
    expect(forgotten).toMatch(/^__Host-vestibule-session-main=;.*Max-Age=0/);
  });

  const cookiesOf = (browser: Browser): string =>
    [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');

  test.each([
    ['a session that exists answers `prompt=none`', 'host-session=ada', 'consent_required'],
    ['a session that does not exist answers `prompt=none` with an error', '', 'login_required'],
  ])('%s', async (_, cookie, error) => {
    const world = await serve(sameHost);
    const { clientId } = await world.preregister();
    const browser = world.newBrowser();
    browser.plant(cookie);
    const shown = await browser.open(world.authorizeUrl(clientId, { prompt: 'none' }));
    expect(shown.view).toMatchObject({ page: 'hand-back', outcome: 'refused' });
    expect(new URL(shown.view.location).searchParams.get('error')).toBe(error);
  });

  test('is not used when the person asks for another account', async () => {
    const { method, asked } = elsewhere();
    const world = await serve(method);
    const browser = world.newBrowser();
    const consent = await browser.open(await finish(world, await leave(world, browser)));
    await browser.open(new URL(consent.view.switchPerson, ISSUER));
    expect(asked.map(({ wantsOtherPerson }) => wantsOtherPerson)).toEqual([false, true]);
  });
});

describe('other methods', () => {
  test('an upstream provider returns to one fixed address with a code and the state', async () => {
    const { method, asked } = elsewhere({
      asksEachTime: false,
      resume: async (_, parameters) =>
        parameters.get('code') === 'good'
          ? { kind: 'authenticated', person: ADA, methods: ['fed'] }
          : { kind: 'refused' },
    });
    const world = await serve(method);
    const browser = world.newBrowser();
    const state = await leave(world, browser);
    const [signIn] = asked;
    expect(signIn?.returnTo).toBe(`${ISSUER}/connect/sign-in/return`);
    expect(await browser.open(`${signIn?.returnTo}?state=${state}&code=bad`)).toMatchObject({
      status: 403,
      ...problem('sign-in-refused'),
    });
    const consent = await browser.open(`${signIn?.returnTo}?state=${state}&code=good`);
    expect(consent.view).toMatchObject({ page: 'consent', person: ADA });
    expect(await browser.open(`${signIn?.returnTo}?state=${state}&code=good`)).toMatchObject(
      problem('sign-in-unknown'),
    );
    const again = await browser.open(world.authorizeUrl(world.clientId));
    expect(again.view).toMatchObject({ page: 'consent', person: ADA });
  });

  test('a second factor is a page of its own between the password and the session', async () => {
    const passed = new Map<string, string>();
    const twoSteps: SignInMethod = {
      begin: async () => ({ kind: 'form' }),
      submit: async ({ form }, fields) => {
        const key = form.fields['transaction'] ?? '';
        if (fields.get('username') === 'ada' && fields.get('password') === 'right') {
          passed.set(key, 'ada');
          const html = JSON.stringify({ page: 'sign-in', action: form.action, ...form.fields });
          return { kind: 'page', page: { html, headers: { 'content-type': 'application/json' } } };
        }
        return passed.get(key) === 'ada' && fields.get('otp') === '123456'
          ? { kind: 'authenticated', person: ADA, methods: ['pwd', 'otp', 'mfa'] }
          : { kind: 'form', status: 403, failure: { kind: 'credentials' } };
      },
    };
    const world = await serve(twoSteps);
    const browser = world.newBrowser();
    const signIn = await browser.open(world.authorizeUrl(world.clientId));
    const { transaction, csrf } = { transaction: signIn.view.interaction, csrf: signIn.view.csrf };
    const post = (fields: Record<string, string>, token = csrf) =>
      browser.post(signIn.view.action, { transaction, csrf: token, ...fields });
    expect((await post({ otp: '123456' })).status).toBe(403);
    expect((await post({ username: 'ada', password: 'right' })).status).toBe(200);
    expect((await post({ otp: '123456' }, 'forged')).view).toMatchObject({ problem: 'form-stale' });
    expect((await post({ otp: '123456' })).view).toMatchObject({ page: 'consent', person: ADA });
  });

  test('passwords are not taken from the return address, where no token is checked', async () => {
    const { method, asked } = elsewhere();
    const world = await serve(method);
    const browser = world.newBrowser();
    await leave(world, browser);
    // The same browser and state, at a server with passwords.
    const withPasswords = createBrowser(createAuthorizationServer(world.options), ISSUER);
    for (const [name, value] of browser.cookies) withPasswords.cookies.set(name, value);
    const query = new URLSearchParams({ state: asked[0]?.state ?? '', username: 'ada', password: 'right' });
    const shown = await withPasswords.open(`${ISSUER}/connect/sign-in/return?${query.toString()}`);
    expect(shown).toMatchObject(problem('sign-in-unknown'));
  });

  test('a method without a form refuses one whose token is right', async () => {
    const world = await serve({ begin: async () => ({ kind: 'form' }) });
    const browser = world.newBrowser();
    const signIn = await browser.open(world.authorizeUrl(world.clientId));
    const shown = await world.answer(browser, signIn, { username: 'ada', password: 'right' });
    expect(shown).toMatchObject(problem('form-unreadable'));
  });
});

test.each([
  [
    'an empty subject',
    { subject: '', name: 'Ada' },
    'person.subject must be 1 to 255 visible ASCII characters.',
  ],
  ['a subject with a space', { subject: 'a b', name: 'Ada' }, 'person.subject must be'],
  ['a subject that is too long', { subject: 'a'.repeat(256), name: 'Ada' }, 'person.subject must be'],
  ['an empty name', { subject: 'ada', name: ' ' }, 'person.name must be 1 to 256 characters.'],
])('`finishSignIn` throws for %s, and names what is wrong', async (_, person, message) => {
  const world = await serve(elsewhere().method);
  const state = await leave(world, world.newBrowser());
  await expect(world.server.finishSignIn(state, { person, methods: [] })).rejects.toThrow(message);
});

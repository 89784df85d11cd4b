import { describe, expect, test } from 'vitest';
import { createAuthorizationServer, type SignInStep } from '../src/index.ts';
import { createBrowser } from './browser.ts';
import { ADA, elsewhere, finish, GRACE, leave, problem, serve } from './method-world.ts';
import { ISSUER, realmWith, setUp } from './set-up.ts';

const LOOPBACK = { ...realmWith(), issuer: 'http://127.0.0.1:4000' };

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

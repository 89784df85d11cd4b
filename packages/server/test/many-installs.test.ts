import type { PartialRealmSettings } from '@vestibule/core/realm';
import { describe, expect, test } from 'vitest';
import { DAY, sweepingIn } from './aging.ts';
import type { Browser, Shown } from './browser.ts';
import { documentHosts } from './document-hosts.ts';
import { CALLBACK, ISSUER, realmWith, setUp } from './set-up.ts';

const URI = 'https://app.example/client.json';
const HERE = 'http://127.0.0.1:4711/callback';
const HERE_TOO = 'http://localhost:4712/callback';
const WEBSITE = CALLBACK;

/** A server, and an app with a document that is installed on computers and runs at a website. */
function open(settings: PartialRealmSettings = {}) {
  const hosts = documentHosts();
  hosts.publish({
    client_id: URI,
    client_name: 'Diary',
    redirect_uris: [WEBSITE, 'http://127.0.0.1/callback', 'http://localhost/callback'],
    grant_types: ['authorization_code', 'refresh_token'],
  });
  const realm = realmWith({}, { metadataDocuments: { open: true }, ...settings });
  const world = setUp(realm, { documentFetch: hosts.fetch });
  const browsers: Record<string, Browser> = {
    ada: world.newBrowser(),
    grace: world.newBrowser('192.0.2.11'),
  };
  const browserOf = (person: string): Browser => browsers[person] ?? world.newBrowser();

  const ask = (person: string, redirect_uri: string, scope?: string): Promise<Shown> =>
    world.openConsent(browserOf(person), world.authorizeUrl(URI, { redirect_uri, scope }), person);

  /** Lets a person approve an install, which gets its tokens. */
  async function install(person: string, redirectUri: string, scope?: string) {
    world.pass(1);
    const consent = await ask(person, redirectUri, scope);
    const { view } = await world.answer(browserOf(person), consent, { decision: 'approve' });
    const code = new URL(view.location).searchParams.get('code') ?? '';
    const { body } = await world.exchange(URI, code, { redirect_uri: redirectUri });
    return { token: String(body.refresh_token) };
  }

  /** Refreshes an install, which then has the next token. */
  async function refresh(one: { token: string }) {
    const { status, body } = await world.refresh(URI, one.token);
    if (status === 200) one.token = body.refresh_token;
    return { status, error: body.error };
  }

  async function revoke(token: string): Promise<number> {
    const body = new URLSearchParams({ client_id: URI, token });
    const request = new Request(`${ISSUER}/connect/revoke`, { method: 'POST', body });
    return (await world.server.revoke(request, { ip: '192.0.2.1' })).status;
  }

  const apps = (person: string) => browserOf(person).open('/connect/apps');
  const targets = async (person: string) => (await apps(person)).view.apps?.map(({ target }) => target);

  async function end(person: string, target: string, fields: Record<string, string> = {}) {
    const { view } = await apps(person);
    const app = view.apps?.find((one) => one.target === target);
    if (app === undefined) throw new Error(`${person} has no app at ${target}.`);
    return browserOf(person).post(app.action, { client: URI, target, csrf: app.csrf, ...fields });
  }
  return { ...world, ...sweepingIn(world), ask, install, refresh, revoke, apps, targets, end };
}

const INVALID = { status: 400, error: 'invalid_grant' };
const GOOD = { status: 200, error: undefined };

describe('two people with the same document client', () => {
  test.each<[string, (world: ReturnType<typeof open>, one: { token: string }) => Promise<unknown>]>([
    ['ends its access in Connected apps', ({ end }) => end('ada', 'loopback')],
    ['has its token revoked by the app', ({ revoke }, { token }) => revoke(token)],
    [
      'has a used refresh token replayed',
      async ({ refresh, pass }, one) => {
        const used = { token: one.token };
        await refresh(one);
        await refresh(one);
        pass(60);
        await refresh(used);
      },
    ],
  ])('keep their own access apart if one of them %s', async (_, act) => {
    const world = open();
    const ada = await world.install('ada', HERE);
    const grace = await world.install('grace', HERE);
    await act(world, ada);
    expect(await world.refresh(ada)).toEqual(INVALID);
    expect(await world.refresh(grace)).toEqual(GOOD);
    expect(await world.targets('grace')).toEqual(['loopback']);
    expect(world.events('grant.ended')).toHaveLength(1);
  });

  test('are not told when the other one last used it', async () => {
    const { install, refresh, pass, apps } = open();
    await install('ada', HERE);
    const grace = await install('grace', HERE);
    pass(2 * 3_600);
    await refresh(grace);
    expect((await apps('ada')).view.apps?.[0]).not.toHaveProperty('lastUsedAt');
  });
});

describe('a person who uses a document client on a computer and at a website', () => {
  test('sees an app for each, with its own access, name and marker', async () => {
    const { install, apps } = open();
    await install('ada', HERE, 'read');
    await install('ada', WEBSITE, 'read write');
    expect((await apps('ada')).view.apps).toMatchObject([
      {
        clientId: URI,
        target: 'loopback',
        destinations: [{ raw: HERE }],
        access: [{ scopes: [{ name: 'read' }] }],
      },
      {
        clientId: URI,
        target: 'https://app.example',
        verifiedBy: 'app.example',
        destinations: [{ raw: WEBSITE }],
        access: [{ scopes: [{ name: 'read' }, { name: 'write' }] }],
      },
    ]);
    expect((await apps('ada')).view.apps?.[0]).not.toHaveProperty('verifiedBy');
  });

  test.each([
    ['loopback', 'https://app.example', HERE],
    ['https://app.example', 'loopback', WEBSITE],
  ])('ends the app at %s and keeps the one at %s', async (ended, kept, redirectUri) => {
    const { install, refresh, end, events } = open();
    const installs = { [HERE]: await install('ada', HERE), [WEBSITE]: await install('ada', WEBSITE) };
    const { view } = await end('ada', ended);
    expect(view.apps?.map(({ target }) => target)).toEqual([kept]);
    expect(view).toMatchObject({
      ended: { name: 'Diary', hadAccess: true, destination: { raw: redirectUri } },
    });
    for (const [uri, one] of Object.entries(installs)) {
      expect(await refresh(one)).toEqual(uri === redirectUri ? INVALID : GOOD);
    }
    expect(events('grant.ended')).toHaveLength(1);
  });

  test('sees one app for all installs on computers, whatever port and host they use, and ends them together', async () => {
    const { install, refresh, apps, targets, end } = open();
    const again = HERE.replace('4711', '4713');
    const installs = [
      await install('ada', HERE),
      await install('ada', HERE_TOO),
      await install('ada', again),
    ];
    expect((await apps('ada')).view.apps).toMatchObject([
      { target: 'loopback', destinations: [{ raw: again }, { raw: HERE_TOO }] },
    ]);
    await end('ada', 'loopback');
    for (const one of installs) expect(await refresh(one)).toEqual(INVALID);
    expect(await targets('ada')).toEqual([]);
  });

  test.each<[string, Record<string, string>]>([
    ['the other app', { target: 'https://app.example' }],
    ['no target', { target: '' }],
  ])('ends nothing by a form of one app that names %s', async (_, fields) => {
    const { install, end, targets, events } = open();
    await install('ada', HERE);
    await install('ada', WEBSITE);
    expect(await end('ada', 'loopback', fields)).toMatchObject({
      status: 403,
      view: { problem: 'form-stale' },
    });
    expect(await targets('ada')).toHaveLength(2);
    expect(events('grant.ended')).toEqual([]);
  });

  test('is told at consent only what the app at that destination already has', async () => {
    const { ask, install } = open();
    await install('ada', HERE, 'read');
    const names = ({ view }: Shown) => ({
      scopes: view.scopes.map(({ name }) => name),
      held: view.held.map(({ name }) => name),
    });
    expect(names(await ask('ada', WEBSITE))).toEqual({ scopes: ['read', 'write'], held: [] });
    expect(names(await ask('ada', HERE_TOO))).toEqual({ scopes: ['write'], held: ['read'] });
    expect(names(await ask('grace', HERE))).toEqual({ scopes: ['read', 'write'], held: [] });
  });
});

describe('the limit of a client', () => {
  const limits = { tokenRequestsPerClientPerHour: 4 };

  /** Uses up the limit of an install, which was exchanged once and refreshed once. */
  const useUp = async ({ refresh }: ReturnType<typeof open>, one: { token: string }) => {
    for (let number = 0; number < 4; number += 1) await refresh(one);
    return refresh(one);
  };

  test('is that of each person if its id is a document, also at one address', async () => {
    const world = open({ limits });
    const [ada, grace] = [await world.install('ada', HERE), await world.install('grace', HERE)];
    expect(await useUp(world, ada)).toMatchObject({ status: 429 });
    expect(await world.revoke(ada.token)).toBe(429);
    expect(await world.refresh(grace)).toEqual(GOOD);
    expect(await world.revoke(grace.token)).toBe(200);
  });

  test('is that of each destination of a person', async () => {
    const world = open({ limits });
    const [here, website] = [await world.install('ada', HERE), await world.install('ada', WEBSITE)];
    expect(await useUp(world, here)).toMatchObject({ status: 429 });
    expect(await world.refresh(website)).toEqual(GOOD);
  });

  test('is not used up by requests with guessed tokens, which are limited together', async () => {
    const world = open({ limits });
    const ada = await world.install('ada', HERE);
    const statuses: number[] = [];
    for (let number = 0; number < 6; number += 1) {
      statuses.push((await world.refresh({ token: `guess-${number}` })).status);
    }
    expect(statuses).toEqual([400, 400, 400, 400, 429, 429]);
    expect(await world.revoke('guess')).toBe(429);
    expect(await world.refresh(ada)).toEqual(GOOD);
  });

  test('is one for a registered client, whatever it presents', async () => {
    const { register, obtainCode, exchange, refresh } = setUp(realmWith({}, { limits }));
    const clientId = await register();
    const { body } = await exchange(clientId, await obtainCode(clientId));
    for (let number = 0; number < 3; number += 1) await refresh(clientId, 'guess');
    expect(await refresh(clientId, body.refresh_token)).toMatchObject({ status: 429 });
  });
});

describe('the life of a document client', () => {
  const lifecycle = { dormant: 10 * DAY, asleep: 5 * DAY };
  const lifetimes = { refreshToken: 1_000 * DAY };

  test('counts its use by any person, so no access that is in use is swept', async () => {
    const { install, refresh, pass, sweep, clients } = open({ lifecycle, lifetimes });
    const ada = await install('ada', HERE);
    const grace = await install('grace', WEBSITE);
    for (let number = 0; number < 5; number += 1) {
      pass(9 * DAY);
      expect(await sweep()).toMatchObject({ documents: 0 });
      expect(await refresh(grace)).toEqual(GOOD);
      if (number < 3) expect(await refresh(ada)).toEqual(GOOD);
    }
    expect(await clients.find('main', URI)).toBeDefined();
  });

  test('ends for a person who does not use it for as long as it takes to be dormant, and for no other', async () => {
    const { install, refresh, pass, stores, options } = open({ lifecycle, lifetimes });
    const grantsOf = (subject: string) => stores.grants.listOf('main', subject, options.clock());
    const ada = await install('ada', HERE);
    const grace = await install('grace', HERE);
    pass(9 * DAY);
    expect(await refresh(grace)).toEqual(GOOD);
    expect(await grantsOf('person-ada')).toHaveLength(1);
    pass(DAY + 1);
    expect(await refresh(ada)).toEqual(INVALID);
    expect(await refresh(grace)).toEqual(GOOD);
    expect(await grantsOf('person-ada')).toEqual([]);
    expect(await refresh(await install('ada', HERE))).toEqual(GOOD);
  });

  test('ends for a person at the destination that they do not use, and at no other', async () => {
    const { install, refresh, pass } = open({ lifecycle, lifetimes });
    const here = await install('ada', HERE);
    const website = await install('ada', WEBSITE);
    pass(9 * DAY);
    expect(await refresh(here)).toEqual(GOOD);
    pass(DAY + 1);
    expect(await refresh(website)).toEqual(INVALID);
    expect(await refresh(here)).toEqual(GOOD);
  });

  test('is over once no person has used it for long, when none has access any more', async () => {
    const { install, pass, sweep, clients, stores, options } = open({ lifecycle, lifetimes });
    await install('ada', HERE);
    pass(15 * DAY + 1_000);
    expect(await stores.grants.listOfClient('main', URI, options.clock(), { limit: 1 })).toMatchObject({
      items: [],
    });
    expect(await sweep()).toMatchObject({ documents: 1 });
    expect(await clients.find('main', URI)).toBeUndefined();
  });

  test('is how long the consent page says that the app keeps its access unused', async () => {
    const { ask, register, openConsent, newBrowser, authorizeUrl } = open({ lifecycle, lifetimes });
    expect(await ask('ada', HERE)).toMatchObject({ view: { lasts: 10 * DAY } });
    const registered = await openConsent(newBrowser(), authorizeUrl(await register()));
    expect(registered).toMatchObject({ view: { lasts: 1_000 * DAY } });
  });
});

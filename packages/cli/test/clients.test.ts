import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { openOffice } from './support/office.ts';
import { REGISTERED } from './support/realm.ts';

const DAY = 86_400_000;

/** One client in each state. */
async function fourClients() {
  const office = await openOffice();
  const now = REGISTERED + 100 * DAY;
  await office.add({ id: 'dyn-a', name: 'Awake', lastUsedAt: now - DAY });
  await office.add({
    id: 'dyn-b',
    name: 'Asleep',
    redirectUris: ['http://localhost:3/cb', 'http://127.0.0.1:3/cb', 'cursor://anysphere/cb'],
  });
  await office.add({ id: 'dyn-c', name: 'Blocked', lastUsedAt: now, blockedAt: now });
  await office.add({ id: 'dyn-d', name: 'Gone', issuedAt: REGISTERED, lastUsedAt: REGISTERED - 500 * DAY });
  return { ...office, now };
}

describe('list', () => {
  test(
    cite(
      'shows where they lead, when they were used and in what state they are',
      'vestibule:command-line:clients-list',
    ),
    async () => {
      const { call, now } = await fourClients();
      expect(await call(['clients', 'list'], { now })).toEqual({
        code: 0,
        stderr: '',
        stdout: `id     name     leads to                made by  registered         last used          state
dyn-a  Awake    app.example             itself   2026-11-01 12:00Z  2027-02-08 12:00Z  awake
dyn-b  Asleep   this computer, cursor:  itself   2026-11-01 12:00Z  2026-11-01 12:00Z  asleep
dyn-c  Blocked  app.example             itself   2026-11-01 12:00Z  2027-02-09 12:00Z  blocked
dyn-d  Gone     app.example             itself   2026-11-01 12:00Z  2025-06-19 12:00Z  gone

4 clients: 1 awake, 1 asleep, 1 blocked, 1 gone
`,
      });
    },
  );

  test('prints only what was asked for', async () => {
    const { json, call, now } = await fourClients();
    const ids = async (...args: string[]) =>
      (await json(['clients', 'list', ...args], { now })).map(({ id }: { id: string }) => id);
    expect(await ids()).toEqual(['dyn-a', 'dyn-b', 'dyn-c', 'dyn-d']);
    expect(await ids('--state', 'asleep')).toEqual(['dyn-b']);
    expect(await ids('--name', 'A')).toEqual(['dyn-a', 'dyn-b']);
    expect(await ids('--name', 'ｂLOCK')).toEqual(['dyn-c']);
    expect(await ids('--limit', '3')).toEqual(['dyn-a', 'dyn-b', 'dyn-c']);
    expect(await ids('--state', 'gone', '--name', 'x')).toEqual([]);
    expect(await call(['clients', 'list', '--name', 'x'])).toMatchObject({
      code: 0,
      stdout: 'There are no such clients in the realm main.\n',
    });
  });

  test(cite('however many there are, each once', 'vestibule:command-line:clients-list'), async () => {
    const { json, add } = await openOffice();
    const ids = Array.from({ length: 1_203 }, (_, index) => `dyn-${String(index).padStart(4, '0')}`);
    await Promise.all(ids.map((id) => add({ id })));
    const listed: { id: string }[] = await json(['clients', 'list']);
    expect(listed.map(({ id }) => id)).toEqual(ids);
    expect(await json(['clients', 'list', '--limit', '700'])).toHaveLength(700);
  });

  test('prints only one realm', async () => {
    const { json, add } = await openOffice();
    await add({ id: 'dyn-a' });
    await add({ id: 'dyn-a', realm: 'other' });
    expect(await json(['clients', 'list'])).toHaveLength(1);
  });
});

/** What is a hash, and what a stranger may try on a terminal. */
const FULL = {
  id: 'dyn-full',
  name: 'Möwe 🐦',
  translations: { ja: { name: 'かもめ', clientUri: 'https://app.example/ja' } },
  scope: ['notes:read'],
  clientUri: 'https://app.example/about',
  softwareId: 'gull\u200D',
  softwareVersion: '1.2',
  contacts: ['ada@app.example', 'bob@app.example'],
  bounds: {
    redirectHosts: ['app.example'],
    scopes: ['notes:read'],
    resources: ['https://notes.example/mcp'],
  },
  softwareStatement: 'eyJ.eyJ.sig',
  vouchedBy: 'https://vouch.example',
  initialAccessTokenId: 'iat-1',
  registrationAccessTokenHash: 'the-hash-of-its-token',
  fingerprint: 'the-fingerprint',
  lastUsedAt: REGISTERED,
};

describe('show', () => {
  test(
    cite(
      'shows everything that is known, and no hash',
      'vestibule:command-line:clients-show',
      'vestibule:command-line:strangers-text',
    ),
    async () => {
      const { call, json, add } = await openOffice();
      await add(FULL);
      const now = REGISTERED + 91 * DAY;
      const { code, stdout } = await call(['clients', 'show', 'dyn-full'], { now });
      expect(code).toBe(0);
      expect(stdout).toBe(`id               dyn-full
realm            main
calls itself     Möwe 🐦
in ja            かもめ
                 https://app.example/ja
vouched for by   https://vouch.example, whose word does not count here any more
state            asleep since 2027-01-30 12:00Z; a person’s consent wakes it
registered       2026-11-01 12:00Z
last used        2026-11-01 12:00Z
today’s policy   would take it
redirect URIs    https://app.example/callback
kind             web
grants           authorization_code refresh_token
scope            at most notes:read
page             https://app.example/about
software         gull(U+200D)
version          1.2
contacts         ada@app.example
                 bob@app.example
came with        iat-1
bound to hosts   app.example
bound to scopes  notes:read
bound to APIs    https://notes.example/mcp
manages itself   yes
statement        eyJ.eyJ.sig
`);
      const { registrationAccessTokenHash, fingerprint, ...known } = FULL;
      const shown = await json(['clients', 'show', 'dyn-full'], { now });
      expect(shown).toEqual({
        ...known,
        realm: 'main',
        version: 1,
        redirectUris: ['https://app.example/callback'],
        grantTypes: ['authorization_code', 'refresh_token'],
        applicationType: 'web',
        state: 'asleep',
        asleepSince: '2027-01-30T12:00:00.000Z',
        managesItself: true,
        issuedAt: '2026-11-01T12:00:00.000Z',
        lastUsedAt: '2026-11-01T12:00:00.000Z',
      });
      for (const told of [stdout, JSON.stringify(shown), JSON.stringify(await json(['clients', 'list']))]) {
        expect(told).not.toContain(registrationAccessTokenHash);
        expect(told).not.toContain(fingerprint);
      }
    },
  );

  test.each([
    [{ blockedAt: REGISTERED }, 'blocked since 2026-11-01 12:00Z', { state: 'blocked' }],
    [{ lastUsedAt: REGISTERED - 500 * DAY }, 'gone: it slept too long', { goneBecause: 'asleep' }],
    [
      { issuedAt: REGISTERED - DAY, lastUsedAt: undefined },
      'gone: nobody ever used it',
      { goneBecause: 'unused' },
    ],
    [{}, 'awake', { state: 'awake' }],
  ])('says in what state it is: %j', async (members, words, document) => {
    const { call, json, database } = await openOffice();
    const { lastUsedAt, ...others } = { lastUsedAt: REGISTERED, issuedAt: REGISTERED, ...members };
    await database.stores.clients.insert({
      realm: 'main',
      id: 'dyn-a',
      version: 1,
      name: 'A',
      redirectUris: ['https://app.example/callback'],
      grantTypes: ['authorization_code'],
      applicationType: 'web',
      ...others,
      ...(lastUsedAt !== undefined && { lastUsedAt }),
    });
    const shown = await call(['clients', 'show', 'dyn-a'], { now: REGISTERED });
    expect(shown.stdout).toContain(`state           ${words}\n`);
    expect(await json(['clients', 'show', 'dyn-a'], { now: REGISTERED })).toMatchObject(document);
  });

  test('says what today’s policy has against it', async () => {
    const { call, json, add } = await openOffice();
    await add({ id: 'dyn-a', name: 'ChatGPT', redirectUris: ['http://192.0.2.1/callback'] });
    expect((await call(['clients', 'show', 'dyn-a'])).stdout).toMatch(
      /today’s policy +would refuse it: redirect_uris\[0\] .+ \[redirect-uris\.http-host\]/,
    );
    expect(await json(['clients', 'show', 'dyn-a'])).toMatchObject({
      vendorNamed: 'OpenAI',
      refusedToday: { rule: 'redirect-uris.http-host' },
    });
  });
});

/** A client that a person allowed something, with a refresh token. */
async function allowedClient() {
  const office = await openOffice();
  const { grants } = office.database.stores;
  await office.add({ id: 'dyn-a' });
  const expiresAt = Date.now() + DAY;
  await grants.insert({
    realm: 'main',
    id: 'grant',
    clientId: 'dyn-a',
    subject: 'ada',
    resource: 'https://notes.example/mcp',
    scopes: ['notes:read'],
    createdAt: REGISTERED,
    expiresAt,
    authentication: { at: REGISTERED, methods: ['pwd'] },
  });
  const token = { hash: 'refresh', expiresAt };
  await grants.open({ realm: 'main', id: 'grant', at: REGISTERED, expiresAt, token });
  const types = async () =>
    (await office.database.stores.audit.list('main', { limit: 10 })).items.map(({ type }) => type);
  return { ...office, findGrant: () => grants.findByRefreshToken('main', 'refresh'), types };
}

describe('block and unblock', () => {
  test(
    cite('end what people allowed a client, and say so', 'vestibule:command-line:clients-block'),
    async () => {
      const { call, json, database, findGrant, types } = await allowedClient();
      expect(await findGrant()).toBeDefined();
      expect(await call(['clients', 'block', 'dyn-a'])).toEqual({
        code: 0,
        stderr: '',
        stdout:
          'dyn-a is blocked now. What people allowed it has ended, and nobody can allow it more. Access tokens it holds last out their minutes at APIs that do not ask.\n',
      });
      expect(await findGrant()).toBeUndefined();
      expect(await database.stores.clients.find('main', 'dyn-a')).toHaveProperty('blockedAt');
      expect(await json(['clients', 'block', 'dyn-a'])).toEqual({
        id: 'dyn-a',
        blocked: true,
        change: 'unchanged',
      });

      expect((await call(['clients', 'unblock', 'dyn-a'])).stdout).toBe(
        'dyn-a is not blocked any more. What people allowed it before stays ended.\n',
      );
      expect((await call(['clients', 'unblock', 'dyn-a'])).stdout).toBe('dyn-a was not blocked.\n');
      expect(await database.stores.clients.find('main', 'dyn-a')).not.toHaveProperty('blockedAt');
      expect(await findGrant()).toBeUndefined();
      expect((await types()).toSorted()).toEqual(['client.blocked', 'client.unblocked']);
    },
  );
});

describe('delete', () => {
  test(
    cite('deletes after a yes, and ends what people allowed it', 'vestibule:command-line:clients-delete'),
    async () => {
      const { call, database, findGrant, types } = await allowedClient();
      const ended = await call(['clients', 'delete', 'dyn-a'], { columns: 80, input: 'Yes\n' });
      expect(ended).toEqual({
        code: 0,
        stderr: 'Delete “Notes Agent” (dyn-a), and end what people allowed it? [y/N] ',
        stdout:
          'dyn-a is deleted, and what people allowed it has ended. Access tokens it holds last out their minutes at APIs that do not ask.\n',
      });
      expect(await database.stores.clients.find('main', 'dyn-a')).toBeUndefined();
      expect(await findGrant()).toBeUndefined();
      expect(await types()).toEqual(['client.removed']);
    },
  );

  test('asks nothing where the yes was given already', async () => {
    const { call, json, add } = await allowedClient();
    expect(await json(['clients', 'delete', 'dyn-a', '--yes'])).toEqual({ id: 'dyn-a', deleted: true });
    await add({ id: 'dyn-b' });
    expect(await call(['clients', 'delete', 'dyn-b', '--yes'], { columns: 80 })).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  test.each(['\n', 'n\n', 'yesterday\n', ''])('deletes nothing where the answer is %j', async (input) => {
    const { call, database } = await allowedClient();
    expect(await call(['clients', 'delete', 'dyn-a'], { columns: 80, input })).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('Nothing was deleted.\n'),
    });
    expect(await database.stores.clients.find('main', 'dyn-a')).toBeDefined();
  });

  test(cite('deletes nothing where nobody can be asked', 'vestibule:command-line:wrong-call'), async () => {
    const { call, database } = await allowedClient();
    expect(await call(['clients', 'delete', 'dyn-a'], { input: 'y\n' })).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('error: Nobody is there to be asked: --yes says that it is meant.'),
    });
    expect(await database.stores.clients.find('main', 'dyn-a')).toBeDefined();
  });
});

test.each([['show'], ['block'], ['unblock'], ['delete', '--yes']])(
  'a client that there is not: %s',
  async (verb, ...options) => {
    const { call } = await openOffice();
    expect(await call(['clients', verb, 'dyn-\u202Ex', ...options])).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'There is no client “dyn-(U+202E)x” in the realm main. It may have been swept away, or been deleted.\n',
    });
  },
);

describe('a client that expired without ever being used', () => {
  /** One that is kept beside a client that is awake. */
  async function expiredOffice() {
    const office = await openOffice();
    const { clients } = office.database.stores;
    await office.add({ id: 'dyn-a' });
    await office.add({ id: 'dyn-b' });
    const client = await clients.find('main', 'dyn-b');
    if (client === undefined) throw new Error('dyn-b is gone.');
    const { lastUsedAt: _never, ...unused } = client;
    await clients.expire({ ...unused, expiredAt: REGISTERED + 3_600_000 }, 1);
    return { ...office, now: REGISTERED + DAY };
  }

  test(
    cite(
      'is listed only among expired ones, and shown with what becomes of it',
      'vestibule:lifecycle:tombstone',
    ),
    async () => {
      const { call, json, now } = await expiredOffice();
      const ids = async (...args: string[]) =>
        (await json(['clients', 'list', ...args], { now })).map(({ id }: { id: string }) => id);
      expect(await ids()).toEqual(['dyn-a']);
      expect(await ids('--state', 'gone')).toEqual([]);
      expect(await ids('--state', 'expired')).toEqual(['dyn-b']);
      expect((await call(['clients', 'list', '--state', 'expired'], { now })).stdout).toContain(
        '1 client: 1 expired',
      );
      expect(await json(['clients', 'show', 'dyn-b'], { now })).toMatchObject({
        id: 'dyn-b',
        state: 'expired',
        expiredAt: '2026-11-01T13:00:00.000Z',
      });
      const shown = await call(['clients', 'show', 'dyn-b'], { now });
      expect(shown.stdout).toContain(
        'expired since 2026-11-01 13:00Z: nobody ever used it; a person’s consent restores it',
      );
      const later = await call(['clients', 'show', 'dyn-b'], { now: now + 31 * DAY });
      expect(later.stdout).toContain('nothing restores it any more');
    },
  );

  test(cite('is deleted for good', 'vestibule:lifecycle:never-restored'), async () => {
    const { call, database, now } = await expiredOffice();
    expect(await call(['clients', 'delete', 'dyn-b', '--yes'], { now })).toMatchObject({ code: 0 });
    expect(await database.stores.clients.findExpired('main', 'dyn-b')).toBeUndefined();
    expect(await call(['clients', 'delete', 'dyn-b', '--yes'], { now })).toMatchObject({ code: 1 });
  });

  test('cannot be blocked: there is no client, and the message says what to do', async () => {
    const { call, now } = await expiredOffice();
    expect(await call(['clients', 'block', 'dyn-b'], { now })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        'To keep it from coming back, delete it: vestibule clients delete dyn-b',
      ),
    });
  });
});

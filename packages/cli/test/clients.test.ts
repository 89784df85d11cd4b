import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { openCli } from './support/test-cli.ts';
import { realmWith, REGISTERED } from './support/realm.ts';

const DAY = 86_400_000;

/** One client in each state. */
async function fourClients() {
  const cli = await openCli();
  const now = REGISTERED + 100 * DAY;
  await cli.add({ id: 'dyn-a', name: 'Awake', lastUsedAt: now - DAY });
  await cli.add({
    id: 'dyn-b',
    name: 'Asleep',
    redirectUris: ['http://localhost:3/cb', 'http://127.0.0.1:3/cb', 'cursor://anysphere/cb'],
  });
  await cli.add({ id: 'dyn-c', name: 'Blocked', lastUsedAt: now, blockedAt: now });
  await cli.add({ id: 'dyn-d', name: 'Gone', issuedAt: REGISTERED, lastUsedAt: REGISTERED - 500 * DAY });
  return { ...cli, now };
}

describe('clients list', () => {
  test(
    cite(
      'lists clients with their redirect hosts, last use and state',
      'vestibule:command-line:clients-list',
    ),
    async () => {
      const { call, now } = await fourClients();
      expect(await call(['clients', 'list'], { now })).toEqual({
        code: 0,
        stderr: '',
        stdout: `id     name     redirects to            kind     registered         last used          state
dyn-a  Awake    app.example             dynamic  2026-11-01 12:00Z  2027-02-08 12:00Z  awake
dyn-b  Asleep   this computer, cursor:  dynamic  2026-11-01 12:00Z  2026-11-01 12:00Z  asleep
dyn-c  Blocked  app.example             dynamic  2026-11-01 12:00Z  2027-02-09 12:00Z  blocked
dyn-d  Gone     app.example             dynamic  2026-11-01 12:00Z  2025-06-19 12:00Z  gone

4 clients: 1 awake, 1 asleep, 1 blocked, 1 gone
`,
      });
    },
  );

  test('filters clients by state and name, and limits their number', async () => {
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
      stdout: 'No matching clients in the realm main.\n',
    });
  });

  test(
    cite('lists each of more than a thousand clients exactly once', 'vestibule:command-line:clients-list'),
    async () => {
      const { json, add } = await openCli();
      const ids = Array.from({ length: 1_203 }, (_, index) => `dyn-${String(index).padStart(4, '0')}`);
      await Promise.all(ids.map((id) => add({ id })));
      const listed: { id: string }[] = await json(['clients', 'list']);
      expect(listed.map(({ id }) => id)).toEqual(ids);
      expect(await json(['clients', 'list', '--limit', '700'])).toHaveLength(700);
    },
  );

  test('lists only the clients of the chosen realm', async () => {
    const { json, add } = await openCli();
    await add({ id: 'dyn-a' });
    await add({ id: 'dyn-a', realm: 'other' });
    expect(await json(['clients', 'list'])).toHaveLength(1);
  });
});

/** A client with hashes, and with text that could harm a terminal. */
const FULL = {
  id: 'dyn-full',
  name: 'Möwe 🐦',
  translations: { ja: { name: 'かもめ', clientUri: 'https://app.example/ja' } },
  scope: ['notes:read'],
  clientUri: 'https://app.example/about',
  softwareId: 'gull\u200D',
  softwareVersion: '1.2',
  contacts: ['ada@app.example', 'bob@app.example'],
  registration: {
    bounds: {
      redirectHosts: ['app.example'],
      scopes: ['notes:read'],
      resources: ['https://notes.example/mcp'],
    },
    softwareStatement: 'eyJ.eyJ.sig',
    vouchedBy: 'https://vouch.example',
    initialAccessTokenId: 'iat-1',
    accessTokenHash: 'the-hash-of-its-token',
    fingerprint: 'the-fingerprint',
  },
  lastUsedAt: REGISTERED,
};

describe('clients show', () => {
  test(
    cite(
      'prints all details of a client but no hash',
      'vestibule:command-line:clients-show',
      'vestibule:command-line:strangers-text',
    ),
    async () => {
      const { call, json, add } = await openCli();
      await add(FULL);
      const now = REGISTERED + 91 * DAY;
      const { code, stdout } = await call(['clients', 'show', 'dyn-full'], { now });
      expect(code).toBe(0);
      expect(stdout).toBe(`id                    dyn-full
realm                 main
name                  Möwe 🐦
kind                  dynamic
name and pages (ja)   かもめ
                      https://app.example/ja
statement issuer      https://vouch.example (no longer trusted)
state                 asleep (hibernated) since 2027-01-30 12:00Z; a person’s consent reactivates it
registered            2026-11-01 12:00Z
last used             2026-11-01 12:00Z
today’s policy        would accept it
redirect URIs         https://app.example/callback
application type      web
grant types           authorization_code refresh_token
scope                 at most notes:read
home page             https://app.example/about
software id           gull(U+200D)
software version      1.2
contacts              ada@app.example
                      bob@app.example
initial access token  iat-1
limited to hosts      app.example
limited to scopes     notes:read
limited to APIs       https://notes.example/mcp
can manage itself     yes
software statement    eyJ.eyJ.sig
`);
      const { registration, ...known } = FULL;
      const { accessTokenHash, fingerprint, ...registered } = registration;
      const shown = await json(['clients', 'show', 'dyn-full'], { now });
      expect(shown).toEqual({
        ...known,
        ...registered,
        kind: 'dynamic',
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
        expect(told).not.toContain(accessTokenHash);
        expect(told).not.toContain(fingerprint);
      }
    },
  );

  test('says which document verifies a registered client and until when, or why it does not', async () => {
    const { call, json, add, database } = await openCli([
      realmWith({ metadataDocuments: { open: true, verifyRegistrations: true, stale: DAY / 1_000 } }),
    ]);
    const uri = 'https://app.example/client.json';
    await add({ id: 'dyn-a', softwareId: uri });
    const shown = async () => {
      const { stdout } = await call(['clients', 'show', 'dyn-a'], { now: REGISTERED });
      return /^verified +(.*)$/m.exec(stdout)?.[1];
    };
    expect(await shown()).toBe(
      `not by app.example: ${uri} is not known: no person came yet, or it cannot be fetched`,
    );
    const document = { uri, fetchedAt: REGISTERED, expiresAt: REGISTERED + DAY, fingerprint: 'f' };
    const verifier = {
      kind: 'metadata-document',
      realm: 'main',
      id: uri,
      version: 1,
      name: 'Notes Agent',
      redirectUris: ['https://app.example/callback'],
      grantTypes: ['authorization_code'],
      applicationType: 'web',
      issuedAt: REGISTERED,
      document,
    } as const;
    await database.stores.clients.insert(verifier);
    expect(await shown()).toBe(`app.example, until 2026-11-03 12:00Z: ${uri}`);
    expect(await json(['clients', 'show', 'dyn-a'], { now: REGISTERED })).toMatchObject({
      verifiedBy: [
        {
          host: 'app.example',
          verified: true,
          document: uri,
          fetchedAt: '2026-11-01T12:00:00.000Z',
          until: '2026-11-03T12:00:00.000Z',
        },
      ],
    });
    await database.stores.clients.replace({ ...verifier, name: 'Other' }, 1);
    expect(await shown()).toBe(`not by app.example: ${uri} does not have its name`);
    expect(await json(['clients', 'show', 'dyn-a'], { now: REGISTERED })).toMatchObject({
      verifiedBy: [{ host: 'app.example', verified: false, document: uri, reason: 'name' }],
    });
    await database.stores.clients.replace({ ...verifier, name: 'Notes Agent', blockedAt: REGISTERED }, 2);
    expect(await shown()).toContain('is that of a client that an operator blocked or created');
  });

  test.each([
    [{ blockedAt: REGISTERED }, 'blocked since 2026-11-01 12:00Z', { state: 'blocked' }],
    [{ lastUsedAt: REGISTERED - 500 * DAY }, 'gone: hibernated for too long', { goneBecause: 'asleep' }],
    [{ issuedAt: REGISTERED - DAY, lastUsedAt: undefined }, 'gone: never used', { goneBecause: 'unused' }],
    [{}, 'awake', { state: 'awake' }],
  ])('prints the state of a client with %j', async (members, words, document) => {
    const { call, json, database } = await openCli();
    const { lastUsedAt, ...others } = { lastUsedAt: REGISTERED, issuedAt: REGISTERED, ...members };
    await database.stores.clients.insert({
      kind: 'dynamic',
      realm: 'main',
      id: 'dyn-a',
      version: 1,
      name: 'A',
      redirectUris: ['https://app.example/callback'],
      grantTypes: ['authorization_code'],
      applicationType: 'web',
      ...others,
      ...(lastUsedAt !== undefined && { lastUsedAt }),
      registration: {},
    });
    const shown = await call(['clients', 'show', 'dyn-a'], { now: REGISTERED });
    expect(shown.stdout).toMatch(new RegExp(`^state +${words}$`, 'm'));
    expect(await json(['clients', 'show', 'dyn-a'], { now: REGISTERED })).toMatchObject(document);
  });

  test('says why today’s policy would refuse a client', async () => {
    const { call, json, add } = await openCli();
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

test.each([['show'], ['block'], ['unblock'], ['delete', '--yes']])(
  'clients %s reports a client that does not exist',
  async (verb, ...options) => {
    const { call } = await openCli();
    expect(await call(['clients', verb, 'dyn-\u202Ex', ...options])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'The realm main has no client “dyn-(U+202E)x”. It may have expired or been deleted.\n',
    });
  },
);

import { initialAccessTokenHash } from '@vestibule/core/registration';
import { sha256, sourceOf } from '@vestibule/http';
import { cite } from '@vestibule/requirements';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCli } from './support/test-cli.ts';
import { realmWith } from './support/realm.ts';

const NOW = Date.parse('2026-11-23T20:00:00Z');
const TOKEN = /^vit_[A-Za-z0-9_-]{43}$/;

const inTokenRealm = () => openCli([realmWith({ registration: { mode: 'initial-access-token' } })]);

describe('tokens issue', () => {
  test(
    cite(
      'prints only the token to standard output, and its terms to standard error',
      'vestibule:command-line:tokens-issue',
    ),
    async () => {
      const { call, registrar } = await inTokenRealm();
      const now = Date.now();
      const { code, stdout, stderr } = await call(['tokens', 'issue'], { now });
      expect(code).toBe(0);
      expect(stdout.endsWith('\n')).toBe(true);
      expect(stdout.trimEnd()).toMatch(TOKEN);
      expect(stderr).toMatch(
        /^This is the initial access token iat-[\w-]{12}\. It is displayed only once: only its hash is stored\.\nIt is valid for 1 client until 20\d\d-\d\d-\d\d \d\d:\d\dZ\. Clients send it with the registration request: Authorization: Bearer TOKEN\n$/,
      );
      expect(await registrar.admit('main', sourceOf('192.0.2.1'), stdout.trimEnd())).toMatchObject({
        outcome: 'admitted',
        token: { maxUses: 1, expiresAt: now + 7 * 86_400_000 },
      });
    },
  );

  test('issues a token with all options', async () => {
    const { json } = await inTokenRealm();
    const args = ['--uses', '20', '--expires-in', '30d 2h 1m', '--note', ' Acme’s rollout '];
    const hosts = ['--redirect-host', '*.ACME.example', '--redirect-host', 'app.example:8443'];
    const bounds = ['--scope', 'notes:read', '--scope', 'notes:admin', '--api', 'notes', '--api', 'mail'];
    const issued = await json(['tokens', 'issue', ...args, ...hosts, ...bounds], { now: NOW });
    expect(issued).toEqual({
      token: expect.stringMatching(TOKEN),
      id: expect.stringMatching(/^iat-/),
      realm: 'main',
      note: 'Acme’s rollout',
      state: 'usable',
      maxUses: 20,
      uses: 0,
      createdAt: '2026-11-23T20:00:00.000Z',
      expiresAt: '2026-12-23T22:01:00.000Z',
      redirectHosts: ['*.acme.example', 'app.example:8443'],
      scopes: ['notes:read', 'notes:admin'],
      resources: ['https://notes.example/mcp', 'https://mail.example'],
    });
  });

  test.each([
    ['2027-01-31', '2027-01-31T00:00:00.000Z'],
    ['2028-02-29T12:30Z', '2028-02-29T12:30:00.000Z'],
    ['2027-01-31T12:30:15.5+01:00', '2027-01-31T11:30:15.500Z'],
  ])('issues a token that expires at %s', async (moment, expiresAt) => {
    const { json } = await inTokenRealm();
    expect(await json(['tokens', 'issue', '--expires-at', moment], { now: NOW })).toMatchObject({
      expiresAt,
    });
  });

  test('notes closed gates and settings that restrict the token', async () => {
    const { call } = await openCli([realmWith({ registration: { open: false } })]);
    const { stderr } = await call(['tokens', 'issue', '--scope', 'notes:admin', '--api', 'mail']);
    expect(stderr.split('\n').slice(2)).toEqual([
      'Registration in the realm is closed. To open it, run vestibule gates open realm.',
      'The realm ignores initial access tokens, because its mode is anonymous. To change it, run vestibule settings set registration.mode both.',
      'The scope notes:admin is closed. The token does not open it.',
      'The API mail is closed. The token does not open it.',
      '',
    ]);
  });

  test.each([
    [['--scope', 'x'], 'The realm has no scope x. It has: notes:read, notes:admin. No token was issued.\n'],
    [['--api', 'x'], 'The realm has no API x. It has: notes, mail. No token was issued.\n'],
  ])('refuses a scope or API that the realm does not have: %j', async (args, says) => {
    const { call, json } = await inTokenRealm();
    expect(await call(['tokens', 'issue', ...args])).toEqual({ code: 1, stdout: '', stderr: says });
    expect(await json(['tokens', 'list'])).toEqual([]);
  });
});

describe('tokens list', () => {
  test(
    cite('lists tokens with their uses, without the token values', 'vestibule:command-line:tokens-list'),
    async () => {
      const { call, database } = await inTokenRealm();
      const { initialAccessTokens } = database.stores;
      const token = { realm: 'main', createdAt: NOW, expiresAt: NOW + 1, maxUses: 2, uses: 0 };
      await initialAccessTokens.insert({ ...token, id: 'iat-a', hash: 'h-a', note: 'for Ada' });
      await initialAccessTokens.insert({
        ...token,
        id: 'iat-b',
        hash: 'h-b',
        expiresAt: NOW,
        scopes: ['notes:read'],
      });
      await initialAccessTokens.insert({
        ...token,
        id: 'iat-c',
        hash: 'h-c',
        uses: 2,
        redirectHosts: ['*.a.example'],
      });
      const resources = ['https://notes.example/mcp', 'https://gone.example'];
      await initialAccessTokens.insert({ ...token, id: 'iat-d', hash: 'h-d', resources });
      await initialAccessTokens.revoke('main', 'iat-d', NOW);
      expect(await call(['tokens', 'list'], { now: NOW })).toEqual({
        code: 0,
        stderr: '',
        stdout: `id     state    used    expires            note     hosts        scopes      APIs
iat-a  usable   0 of 2  2026-11-23 20:00Z  for Ada
iat-b  expired  0 of 2  2026-11-23 20:00Z                        notes:read
iat-c  spent    2 of 2  2026-11-23 20:00Z           *.a.example
iat-d  revoked  0 of 2  2026-11-23 20:00Z                                    notes, https://gone.example
`,
      });
    },
  );

  test('says so if the realm has no tokens', async () => {
    const { call } = await inTokenRealm();
    expect((await call(['tokens', 'list'])).stdout).toBe('The realm main has no initial access tokens.\n');
  });
});

describe('tokens revoke', () => {
  test(cite('invalidates the token immediately', 'vestibule:command-line:tokens-revoke'), async () => {
    const { call, json, registrar } = await inTokenRealm();
    const { id, token } = await json(['tokens', 'issue']);
    const admit = () => registrar.admit('main', sourceOf('192.0.2.1'), token);
    expect(await admit()).toMatchObject({ outcome: 'admitted' });
    expect(await call(['tokens', 'revoke', id])).toEqual({
      code: 0,
      stderr: '',
      stdout: `${id} is revoked. Clients can no longer register with it. Clients that already did stay registered.\n`,
    });
    expect(await admit()).toEqual({ outcome: 'unauthorized', token: 'invalid' });
    expect(await json(['tokens', 'revoke', id])).toEqual({ id, revoked: true });
  });

  test('refuses an unknown id, and a token in place of an id without repeating it', async () => {
    const { call, json } = await inTokenRealm();
    expect(await call(['tokens', 'revoke', 'iat-x'])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'The realm main has no initial access token iat-x.\n',
    });
    const { token } = await json(['tokens', 'issue']);
    const ended = await call(['tokens', 'revoke', token]);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toBe(
      'This is a token, not the id of a token. Pass its id, which vestibule tokens list prints.\n',
    );
  });
});

test(
  cite(
    'an initial access token is printed once, and is nowhere else in plain text',
    'vestibule:command-line:tokens-issue',
    'vestibule:command-line:tokens-list',
    'vestibule:secrets:initial-access-tokens',
  ),
  async () => {
    const { call, database, url } = await inTokenRealm();
    const { stdout, stderr } = await call(['tokens', 'issue', '--json']);
    const { token, id } = JSON.parse(stdout);
    expect(`${stdout}${stderr}`.split(token)).toHaveLength(2);

    const hash = initialAccessTokenHash(sha256, token);
    const { stores } = database;
    expect(await stores.initialAccessTokens.findByHash('main', hash)).toMatchObject({ id });
    const told = [
      await call(['tokens', 'list']),
      await call(['tokens', 'list', '--json']),
      await call(['tokens', 'list'], { columns: 200 }),
      await call(['tokens', 'revoke', id]),
      await stores.audit.list('main', { limit: 10 }),
    ].map((one) => JSON.stringify(one));
    const folder = dirname(url.slice('sqlite:'.length));
    const files = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1'));
    expect(files.some((file) => file.includes(hash))).toBe(true);
    for (const text of [...told, ...files]) expect(text).not.toContain(token.slice('vit_'.length));
    for (const text of told) expect(text).not.toContain(hash);
  },
);

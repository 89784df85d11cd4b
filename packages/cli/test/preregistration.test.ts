import { type Client, clientSecretHash } from '@vestibule/core';
import { sha256 } from '@vestibule/http';
import { temporaryFolder } from '@vestibule/testing/folder';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCli } from './support/test-cli.ts';
import { REGISTERED } from './support/realm.ts';

const SECRET = /^vcs_[A-Za-z0-9_-]{43}$/;
const NAMED = ['--name', 'Acme Mail', '--redirect-uri', 'https://mail.acme.example/cb'];
const NOTES = ['--api', 'notes=notes:read,notes:admin'];
const ADD = ['clients', 'add', ...NAMED, ...NOTES, '--auth'];
const PUBLIC_KEY = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' };

/** A database with a client that has a secret. */
async function withClient() {
  const cli = await openCli();
  const { id, secret } = await cli.json([...ADD, 'client_secret_basic', '--id', 'acme']);
  const kept = async (): Promise<Client | undefined> => cli.database.stores.clients.find('main', id);
  return { ...cli, secret: String(secret), kept };
}

const hashesOf = (client: Client | undefined): readonly string[] => {
  if (client?.kind !== 'pre-registered') return [];
  const { authentication } = client.terms;
  return 'secretHashes' in authentication ? authentication.secretHashes : [];
};

describe('clients add', () => {
  test('prints the credentials of the client, and says that they are displayed only once', async () => {
    const { call, database } = await openCli();
    const { code, stdout, stderr } = await call([...ADD, 'client_secret_basic'], { now: REGISTERED });
    expect(code).toBe(0);
    const [, id = '', secret = ''] =
      /^client_id {6}(pre-[\w-]{43})\nclient_secret {2}(\S+)\n$/.exec(stdout) ?? [];
    expect(secret).toMatch(SECRET);
    expect(stderr).toBe(
      'The secret is displayed only once: only its hash is stored. To create another, run vestibule clients secret.\n',
    );
    expect(await database.stores.clients.find('main', id)).toMatchObject({
      name: 'Acme Mail',
      redirectUris: ['https://mail.acme.example/cb'],
      issuedAt: REGISTERED,
      kind: 'pre-registered',
      terms: {
        authentication: {
          method: 'client_secret_basic',
          secretHashes: [clientSecretHash(sha256, secret)],
        },
        access: [{ resource: 'https://notes.example/mcp', scopes: ['notes:read', 'notes:admin'] }],
        rememberConsent: false,
      },
    });
  });

  test('prints the client as JSON with --json, without a hash', async () => {
    const { json } = await openCli();
    const api = ['--api', 'https://mail.example=notes:read', '--remember-consent'];
    const made = await json([...ADD, 'client_secret_post', '--id', 'acme', ...api], { now: REGISTERED });
    expect(made).toEqual({
      kind: 'pre-registered',
      id: 'acme',
      realm: 'main',
      version: 1,
      name: 'Acme Mail',
      secret: expect.stringMatching(SECRET),
      redirectUris: ['https://mail.acme.example/cb'],
      grantTypes: ['authorization_code', 'refresh_token'],
      applicationType: 'web',
      state: 'awake',
      managesItself: false,
      issuedAt: '2026-11-01T12:00:00.000Z',
      preregistration: {
        authentication: { method: 'client_secret_post', secrets: 1 },
        access: [
          { resource: 'https://notes.example/mcp', scopes: ['notes:read', 'notes:admin'] },
          { resource: 'https://mail.example', scopes: ['notes:read'] },
        ],
        rememberConsent: true,
      },
    });
  });

  test('accepts keys from a file, from standard input and at a URL', async () => {
    const { json } = await openCli();
    const jwks = { keys: [PUBLIC_KEY] };
    const file = join(temporaryFolder(), 'jwks.json');
    writeFileSync(file, JSON.stringify(jwks));
    const add = async (args: readonly string[], input = '') =>
      (await json([...ADD, 'private_key_jwt', ...args], { input })).preregistration.authentication;
    expect(await add(['--jwks', file])).toEqual({ method: 'private_key_jwt', jwks });
    expect(await add(['--jwks', '-'], JSON.stringify(jwks))).toEqual({ method: 'private_key_jwt', jwks });
    const jwksUri = 'https://acme.example/jwks';
    expect(await add(['--jwks-uri', jwksUri])).toEqual({ method: 'private_key_jwt', jwksUri });
  });

  test.each<[string, readonly string[], number, RegExp]>([
    ['no authentication method', ['clients', 'add', ...NAMED, ...NOTES], 2, /--auth/],
    [
      'an unknown authentication method',
      [...ADD, 'client_secret_jwt'],
      2,
      /Allowed choices are none, client_secret_basic/,
    ],
    ['no keys', [...ADD, 'private_key_jwt'], 2, /needs --jwks or --jwks-uri/],
    [
      'keys for another method',
      [...ADD, 'none', '--jwks-uri', 'https://a.example/j'],
      2,
      /are for --auth private_key_jwt/,
    ],
    [
      'both keys and a URL of keys',
      [...ADD, 'private_key_jwt', '--jwks', 'x', '--jwks-uri', 'y'],
      2,
      /cannot be used with/,
    ],
    [
      'a key file that does not exist',
      [...ADD, 'private_key_jwt', '--jwks', '/nowhere/x'],
      1,
      /cannot be read/,
    ],
    ['no name', ['clients', 'add', ...NAMED.slice(2), ...NOTES, '--auth', 'none'], 1, /name must be 1 to 80/],
    ['no API', ['clients', 'add', ...NAMED, '--auth', 'none'], 1, /names no API/],
    ['an API without scopes', [...ADD, 'none', '--api', 'mail'], 2, /must be an API with scopes/],
    ['an API that does not exist', [...ADD, 'none', '--api', 'x=y'], 1, /no API x\. It has: notes, mail\./],
    [
      'a scope that the API does not have',
      [...ADD, 'none', '--api', 'mail=notes:write'],
      1,
      /'notes:write' is not a scope/,
    ],
    ['http on a public host', [...ADD, 'none', '--redirect-uri', 'http://acme.example'], 1, /is plain http/],
    ['an id reserved for dynamic clients', [...ADD, 'none', '--id', 'dyn-x'], 1, /must not begin with dyn-/],
  ])('adds no client with %s', async (_, args, code, words) => {
    const { call, database } = await openCli();
    expect(await call(args)).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(words) });
    expect((await database.stores.clients.list('main', { limit: 10 })).items).toEqual([]);
  });

  test('refuses a private key', async () => {
    const { call } = await openCli();
    const input = JSON.stringify({ keys: [{ ...PUBLIC_KEY, d: 'd' }] });
    const ended = await call([...ADD, 'private_key_jwt', '--jwks', '-'], { input });
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('public keys alone') });
  });
});

test('clients list and clients show distinguish pre-registered from dynamic clients', async () => {
  const { call, add } = await withClient();
  await add({ id: 'dyn-a', name: 'Acme Mail', issuedAt: Date.now(), lastUsedAt: Date.now() });
  const { stdout: list } = await call(['clients', 'list']);
  expect(list).toMatch(/^acme .+ pre-registered .+ awake$/m);
  expect(list).toMatch(/^dyn-a .+ dynamic .+ awake$/m);
  const { stdout: shown } = await call(['clients', 'show', 'acme']);
  expect(shown).toMatch(/^kind +pre-registered$/m);
  expect(shown).toMatch(/^authentication +client_secret_basic, 1 secret$/m);
  expect(shown).toMatch(/^may request +notes:read notes:admin at https:\/\/notes\.example\/mcp$/m);
  expect(shown).not.toContain('today’s policy');
});

describe('clients secret', () => {
  test('prints only the new secret, and keeps the old one valid until --end-old', async () => {
    const { call, secret, kept } = await withClient();
    const { code, stdout, stderr } = await call(['clients', 'secret', 'acme']);
    expect(code).toBe(0);
    expect(stdout.trimEnd()).toMatch(SECRET);
    expect(stderr).toContain('stays valid until you run');
    const [fresh, old] = [stdout.trimEnd(), secret].map((text) => clientSecretHash(sha256, text));
    expect(hashesOf(await kept())).toEqual([fresh, old]);
    expect((await call(['clients', 'secret', 'acme', '--end-old'])).stdout).toMatch(
      /^Only the newest secret/,
    );
    expect(hashesOf(await kept())).toEqual([fresh]);
    expect((await call(['clients', 'secret', 'acme', '--end-old'])).stdout).toMatch(/has only one secret/);
  });

  test('refuses a client that has no secret', async () => {
    const { call, add } = await openCli();
    await call([...ADD, 'none', '--id', 'cli']);
    await add({ id: 'dyn-a' });
    expect(await call(['clients', 'secret', 'cli'])).toMatchObject({ code: 1, stdout: '' });
    expect(await call(['clients', 'secret', 'dyn-a'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('has no pre-registered client'),
    });
    expect(await call(['clients', 'secret', 'nobody', '--end-old'])).toMatchObject({ code: 1 });
  });
});

describe('clients change', () => {
  test('changes the named properties and keeps the others', async () => {
    const { call, kept } = await withClient();
    const before = await kept();
    if (before?.kind !== 'pre-registered') throw new Error('The client is not pre-registered.');
    const args = ['--name', 'Acme Post', '--api', 'mail=notes:read', '--remember-consent'];
    expect(await call(['clients', 'change', 'acme', ...args])).toMatchObject({ code: 0 });
    expect(await kept()).toEqual({
      ...before,
      version: 2,
      name: 'Acme Post',
      terms: {
        ...before.terms,
        access: [{ resource: 'https://mail.example', scopes: ['notes:read'] }],
        rememberConsent: true,
      },
    });
    await call(['clients', 'change', 'acme', '--no-remember-consent']);
    expect(await kept()).toMatchObject({ name: 'Acme Post', terms: { rememberConsent: false } });
  });

  test('refuses a dynamic client', async () => {
    const { call, add } = await openCli();
    await add({ id: 'dyn-a' });
    expect(await call(['clients', 'change', 'dyn-a', '--remember-consent'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('can be changed only by itself'),
    });
  });
});

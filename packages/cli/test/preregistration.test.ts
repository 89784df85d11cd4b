import { clientSecretHash, type StoredClient } from '@vestibule/core';
import { sha256 } from '@vestibule/http';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openOffice } from './support/office.ts';
import { REGISTERED } from './support/realm.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const SECRET = /^vcs_[A-Za-z0-9_-]{43}$/;
const NAMED = ['--name', 'Acme Mail', '--redirect-uri', 'https://mail.acme.example/cb'];
const NOTES = ['--api', 'notes=notes:read,notes:admin'];
const ADD = ['clients', 'add', ...NAMED, ...NOTES, '--auth'];
const PUBLIC_KEY = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' };

/** An office with a client that has a secret. */
async function withClient() {
  const office = await openOffice();
  const { id, secret } = await office.json([...ADD, 'client_secret_basic', '--id', 'acme']);
  const kept = async (): Promise<StoredClient | undefined> => office.database.stores.clients.find('main', id);
  return { ...office, secret: String(secret), kept };
}

const hashesOf = (client: StoredClient | undefined): readonly string[] => {
  const authentication = client?.preregistration?.authentication;
  return authentication !== undefined && 'secretHashes' in authentication ? authentication.secretHashes : [];
};

describe('add', () => {
  test('shows what the client is to be configured with, and says that it is this once', async () => {
    const { call, database } = await openOffice();
    const { code, stdout, stderr } = await call([...ADD, 'client_secret_basic'], { now: REGISTERED });
    expect(code).toBe(0);
    const [, id = '', secret = ''] =
      /^client_id {6}(pre-[\w-]{43})\nclient_secret {2}(\S+)\n$/.exec(stdout) ?? [];
    expect(secret).toMatch(SECRET);
    expect(stderr).toBe('The secret is shown this once, and kept nowhere. clients secret makes another.\n');
    expect(await database.stores.clients.find('main', id)).toMatchObject({
      name: 'Acme Mail',
      redirectUris: ['https://mail.acme.example/cb'],
      issuedAt: REGISTERED,
      preregistration: {
        authentication: {
          method: 'client_secret_basic',
          secretHashes: [await clientSecretHash(sha256, secret)],
        },
        access: [{ resource: 'https://notes.example/mcp', scopes: ['notes:read', 'notes:admin'] }],
        rememberConsent: false,
      },
    });
  });

  test('prints JSON for programs, without a hash', async () => {
    const { json } = await openOffice();
    const api = ['--api', 'https://mail.example=notes:read', '--remember-consent'];
    const made = await json([...ADD, 'client_secret_post', '--id', 'acme', ...api], { now: REGISTERED });
    expect(made).toEqual({
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

  test('takes keys from a file, from standard input and from a URL', async () => {
    const { json } = await openOffice();
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
    ['no way to authenticate', ['clients', 'add', ...NAMED, ...NOTES], 2, /--auth/],
    [
      'one that there is not',
      [...ADD, 'client_secret_jwt'],
      2,
      /Allowed choices are none, client_secret_basic/,
    ],
    ['no keys', [...ADD, 'private_key_jwt'], 2, /needs --jwks or --jwks-uri/],
    [
      'keys of no use',
      [...ADD, 'none', '--jwks-uri', 'https://a.example/j'],
      2,
      /are for --auth private_key_jwt/,
    ],
    [
      'keys and where they are',
      [...ADD, 'private_key_jwt', '--jwks', 'x', '--jwks-uri', 'y'],
      2,
      /cannot be used with/,
    ],
    ['a file that there is not', [...ADD, 'private_key_jwt', '--jwks', '/nowhere/x'], 1, /cannot be read/],
    ['no name', ['clients', 'add', ...NAMED.slice(2), ...NOTES, '--auth', 'none'], 1, /name must be 1 to 80/],
    ['no API', ['clients', 'add', ...NAMED, '--auth', 'none'], 1, /names no API/],
    ['an API without scopes', [...ADD, 'none', '--api', 'mail'], 2, /must be an API with scopes/],
    ['an API that there is not', [...ADD, 'none', '--api', 'x=y'], 1, /no API x\. There is notes, mail\./],
    [
      'a scope that it has not',
      [...ADD, 'none', '--api', 'mail=notes:write'],
      1,
      /'notes:write' is not a scope/,
    ],
    ['http on a public host', [...ADD, 'none', '--redirect-uri', 'http://acme.example'], 1, /is plain http/],
    ['an id of others', [...ADD, 'none', '--id', 'dyn-x'], 1, /must not begin with dyn-/],
  ])('makes none with %s', async (_, args, code, words) => {
    const { call, database } = await openOffice();
    expect(await call(args)).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(words) });
    expect((await database.stores.clients.list('main', { limit: 10 })).items).toEqual([]);
  });

  test('no private key is taken for a public one', async () => {
    const { call } = await openOffice();
    const input = JSON.stringify({ keys: [{ ...PUBLIC_KEY, d: 'd' }] });
    const ended = await call([...ADD, 'private_key_jwt', '--jwks', '-'], { input });
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('public keys alone') });
  });
});

test('such a client is told from those that introduced themselves', async () => {
  const { call, add } = await withClient();
  await add({ id: 'dyn-a', name: 'Acme Mail', issuedAt: Date.now(), lastUsedAt: Date.now() });
  const { stdout: list } = await call(['clients', 'list']);
  expect(list).toMatch(/^acme .+ an operator .+ awake$/m);
  expect(list).toMatch(/^dyn-a .+ itself .+ awake$/m);
  const { stdout: shown } = await call(['clients', 'show', 'acme']);
  expect(shown).toMatch(/^made by +an operator$/m);
  expect(shown).toMatch(/^authenticates +with client_secret_basic, by one of 1 secret$/m);
  expect(shown).toMatch(/^may have +notes:read notes:admin at https:\/\/notes\.example\/mcp$/m);
  expect(shown).not.toContain('today’s policy');
});

describe('secret', () => {
  test('gives another and shows it alone; the old one is good until it is ended', async () => {
    const { call, secret, kept } = await withClient();
    const { code, stdout, stderr } = await call(['clients', 'secret', 'acme']);
    expect(code).toBe(0);
    expect(stdout.trimEnd()).toMatch(SECRET);
    expect(stderr).toContain('good until it is ended');
    const [fresh, old] = await Promise.all(
      [stdout.trimEnd(), secret].map((text) => clientSecretHash(sha256, text)),
    );
    expect(hashesOf(await kept())).toEqual([fresh, old]);
    expect((await call(['clients', 'secret', 'acme', '--end-old'])).stdout).toMatch(/alone is good now/);
    expect(hashesOf(await kept())).toEqual([fresh]);
    expect((await call(['clients', 'secret', 'acme', '--end-old'])).stdout).toMatch(/had one secret/);
  });

  test('is for no client that has none', async () => {
    const { call, add } = await openOffice();
    await call([...ADD, 'none', '--id', 'cli']);
    await add({ id: 'dyn-a' });
    expect(await call(['clients', 'secret', 'cli'])).toMatchObject({ code: 1, stdout: '' });
    expect(await call(['clients', 'secret', 'dyn-a'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('that an operator made'),
    });
    expect(await call(['clients', 'secret', 'nobody', '--end-old'])).toMatchObject({ code: 1 });
  });
});

describe('change', () => {
  test('changes what is named and leaves the rest', async () => {
    const { call, kept } = await withClient();
    const before = await kept();
    const args = ['--name', 'Acme Post', '--api', 'mail=notes:read', '--remember-consent'];
    expect(await call(['clients', 'change', 'acme', ...args])).toMatchObject({ code: 0 });
    expect(await kept()).toEqual({
      ...before,
      version: 2,
      name: 'Acme Post',
      preregistration: {
        ...before?.preregistration,
        access: [{ resource: 'https://mail.example', scopes: ['notes:read'] }],
        rememberConsent: true,
      },
    });
    await call(['clients', 'change', 'acme', '--no-remember-consent']);
    expect(await kept()).toMatchObject({ name: 'Acme Post', preregistration: { rememberConsent: false } });
  });

  test('is for no client that introduced itself', async () => {
    const { call, add } = await openOffice();
    await add({ id: 'dyn-a' });
    expect(await call(['clients', 'change', 'dyn-a', '--remember-consent'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('their own to change'),
    });
  });
});

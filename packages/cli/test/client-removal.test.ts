import type { Realm } from '@vestibule/core/realm';
import { createRegistrar } from '@vestibule/core/registration';
import { randomToken, sha256, sourceOf } from '@vestibule/http';
import { cite } from '@vestibule/requirements';
import { createClientSealer, createKeyCipher, plainKeys } from '@vestibule/server';
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openCli } from './support/test-cli.ts';
import { realmWith, REGISTERED } from './support/realm.ts';

const DAY = 86_400_000;

/** A client with a grant and a refresh token. */
async function clientWithGrant() {
  const cli = await openCli();
  const { grants } = cli.database.stores;
  await cli.add({ id: 'dyn-a' });
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
    (await cli.database.stores.audit.list('main', { limit: 10 })).items.map(({ type }) => type);
  return { ...cli, findGrant: () => grants.findByRefreshToken('main', 'refresh'), types };
}

async function openCliOf(realm: Realm) {
  const cli = await openCli([realm]);
  const types = async () =>
    (await cli.database.stores.audit.list('main', { limit: 10 })).items.map(({ type }) => type);
  return { ...cli, types };
}

describe('clients block and clients unblock', () => {
  test(cite('revoke the grants of a client and say so', 'vestibule:command-line:clients-block'), async () => {
    const { call, json, database, findGrant, types } = await clientWithGrant();
    expect(await findGrant()).toBeDefined();
    expect(await call(['clients', 'block', 'dyn-a'])).toEqual({
      code: 0,
      stderr: '',
      stdout:
        'dyn-a is blocked. Its grants are revoked, and people cannot approve it. Its access tokens stay valid until they expire at APIs that do not check for revocation.\n',
    });
    expect(await findGrant()).toBeUndefined();
    expect(await database.stores.clients.find('main', 'dyn-a')).toHaveProperty('blockedAt');
    expect(await json(['clients', 'block', 'dyn-a'])).toEqual({
      id: 'dyn-a',
      blocked: true,
      change: 'unchanged',
    });

    expect((await call(['clients', 'unblock', 'dyn-a'])).stdout).toBe(
      'dyn-a is no longer blocked. Grants that were revoked stay revoked.\n',
    );
    expect((await call(['clients', 'unblock', 'dyn-a'])).stdout).toBe('dyn-a was not blocked.\n');
    expect(await database.stores.clients.find('main', 'dyn-a')).not.toHaveProperty('blockedAt');
    expect(await findGrant()).toBeUndefined();
    expect((await types()).toSorted()).toEqual(['client.blocked', 'client.unblocked']);
  });

  test.each([
    ['keys that are stored without encryption', undefined],
    ['the secret of the server', randomBytes(32).toString('base64url')],
  ])(
    cite('blocks a client that is not stored yet, with %s', 'vestibule:persistence:blocked'),
    async (_, secret) => {
      const realm = realmWith({ registration: { persistence: 'deferred' } });
      const { call, database, types } = await openCliOf(realm);
      const { stores } = database;
      const cipher = secret === undefined ? plainKeys : await createKeyCipher([secret]);
      const { realms, clients, commit, audit, keys } = stores;
      const clock = Date.now;
      const sealer = createClientSealer({ keys, commit, cipher, audit, clock });
      const shared = { realms, clients, commit, audit, clock, generateToken: randomToken, hash: sha256 };
      const registrar = createRegistrar({ ...shared, sealer });
      const admission = await registrar.admit('main', sourceOf('192.0.2.1'));
      if (admission.outcome !== 'admitted') throw new Error(admission.outcome);
      const body = { client_name: 'Ferns', redirect_uris: ['https://app.example/cb'] };
      const outcome = await registrar.register(admission, body);
      const id = outcome.outcome === 'registered' ? outcome.response.client_id : '';
      expect(await stores.clients.find('main', id)).toBeUndefined();
      const env = secret === undefined ? {} : { KEY_ENCRYPTION_KEY: secret };
      expect((await call(['clients', 'block', id], { env })).code).toBe(0);
      expect(await stores.clients.find('main', id)).toMatchObject({
        id,
        name: 'Ferns',
        blockedAt: expect.any(Number),
      });
      expect(await types()).toContain('client.blocked');
      const cut = await call(['clients', 'block', id.slice(0, -1)], { env });
      expect(cut).toMatchObject({ code: 1, stderr: expect.stringContaining('client') });
    },
  );
});

describe('clients delete', () => {
  test(
    cite(
      'deletes a client after confirmation and revokes its grants',
      'vestibule:command-line:clients-delete',
    ),
    async () => {
      const { call, database, findGrant, types } = await clientWithGrant();
      const ended = await call(['clients', 'delete', 'dyn-a'], { columns: 80, input: 'Yes\n' });
      expect(ended).toEqual({
        code: 0,
        stderr: 'Delete “Notes Agent” (dyn-a) and revoke its grants? [y/N] ',
        stdout:
          'dyn-a is deleted and its grants are revoked. Its access tokens stay valid until they expire at APIs that do not check for revocation.\n',
      });
      expect(await database.stores.clients.find('main', 'dyn-a')).toBeUndefined();
      expect(await findGrant()).toBeUndefined();
      expect(await types()).toEqual(['client.removed']);
    },
  );

  test('deletes a client without confirmation if --yes is passed', async () => {
    const { call, json, add } = await clientWithGrant();
    expect(await json(['clients', 'delete', 'dyn-a', '--yes'])).toEqual({ id: 'dyn-a', deleted: true });
    await add({ id: 'dyn-b' });
    expect(await call(['clients', 'delete', 'dyn-b', '--yes'], { columns: 80 })).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  test.each(['\n', 'n\n', 'yesterday\n', ''])(
    'deletes no client if the confirmation is answered with %j',
    async (input) => {
      const { call, database } = await clientWithGrant();
      expect(await call(['clients', 'delete', 'dyn-a'], { columns: 80, input })).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining('Not confirmed. Nothing was deleted.\n'),
      });
      expect(await database.stores.clients.find('main', 'dyn-a')).toBeDefined();
    },
  );

  test(
    cite(
      'deletes no client without --yes if standard input is not a terminal',
      'vestibule:command-line:wrong-call',
    ),
    async () => {
      const { call, database } = await clientWithGrant();
      expect(await call(['clients', 'delete', 'dyn-a'], { input: 'y\n' })).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining('error: Not a terminal. Pass --yes to confirm the deletion.'),
      });
      expect(await database.stores.clients.find('main', 'dyn-a')).toBeDefined();
    },
  );
});

import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { ADA, NOW, realmWith } from '../../../test/support/realm.ts';
import { BODY, setUp } from '../../../test/support/set-up.ts';
import type { PreregisteredClient } from '../../client/client.ts';
import type { AuthenticationTerms, Amendment, PreregistrationTerms } from './terms.ts';

const NOTES = 'https://notes.example/mcp';
const PUBLIC_KEY = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' };

const TERMS: PreregistrationTerms = {
  name: 'Acme Mail',
  redirectUris: ['https://mail.acme.example/cb'],
  authentication: { method: 'client_secret_basic' },
  access: [{ resource: NOTES, scopes: ['notes:read', 'notes:admin'] }],
};

/** A pre-registered client with its dependencies. */
async function made(terms: Partial<PreregistrationTerms> = {}) {
  const all = setUp();
  const outcome = await all.operator.clients.add(ADA, 'main', { ...TERMS, ...terms });
  if (outcome.outcome !== 'preregistered') throw new Error(JSON.stringify(outcome));
  /** The client as it is stored. */
  const stored = async (id: string): Promise<PreregisteredClient> => {
    const client = await all.stored(id);
    if (client.kind !== 'pre-registered') throw new Error(`${id} is not pre-registered.`);
    return client;
  };
  return { ...all, ...outcome, stored, id: outcome.client.id };
}

describe('making a client', () => {
  test(
    cite('stores what the operator decided, returns its secret once, and records it', 'rfc6749:2.3.1:hashed'),
    async () => {
      const { client, secret, stored, audit } = await made();
      expect(secret).toBe('vcs_random-1');
      expect(await stored(client.id)).toEqual({
        kind: 'pre-registered',
        realm: 'main',
        id: 'pre-random-2',
        version: 1,
        name: 'Acme Mail',
        redirectUris: TERMS.redirectUris,
        grantTypes: ['authorization_code', 'refresh_token'],
        applicationType: 'web',
        issuedAt: NOW,
        terms: {
          authentication: {
            method: 'client_secret_basic',
            secretHashes: ['hash of client-secret:vcs_random-1'],
          },
          access: TERMS.access,
          rememberConsent: false,
        },
      });
      expect(audit.events).toEqual([
        {
          type: 'client.preregistered',
          realm: 'main',
          at: NOW,
          actor: ADA,
          clientId: client.id,
          clientName: 'Acme Mail',
          redirectUris: TERMS.redirectUris,
          access: TERMS.access,
          after: {
            name: 'Acme Mail',
            redirectUris: TERMS.redirectUris,
            blocked: false,
            authentication: 'client_secret_basic',
            secrets: 1,
            access: ['https://notes.example/mcp notes:read notes:admin'],
            rememberConsent: false,
          },
        },
      ]);
      expect(JSON.stringify(audit.events)).not.toContain('vcs_');
    },
  );

  test.each<[string, AuthenticationTerms, object]>([
    ['no secret to a public client', { method: 'none' }, { method: 'none' }],
    [
      'none to one that has keys',
      { method: 'private_key_jwt', jwks: { keys: [PUBLIC_KEY] } },
      { method: 'private_key_jwt', jwks: { keys: [PUBLIC_KEY] } },
    ],
    [
      'none to one that brings its own',
      { method: 'client_secret_post', secret: 'x'.repeat(32) },
      { method: 'client_secret_post', secretHashes: [`hash of client-secret:${'x'.repeat(32)}`] },
    ],
  ])('tells %s', async (_, authentication, kept) => {
    const { client, secret } = await made({ authentication });
    expect(secret).toBeUndefined();
    expect(client.terms.authentication).toEqual(kept);
  });

  test('uses an id of the operator’s choice, which is then in use', async () => {
    const { operator, stored } = await made({ id: 'acme-mail' });
    expect(await stored('acme-mail')).toMatchObject({ name: 'Acme Mail' });
    expect(await operator.clients.add(ADA, 'main', { ...TERMS, id: 'acme-mail' })).toMatchObject({
      outcome: 'refused',
      member: 'id',
    });
  });

  test.each<[string, Partial<PreregistrationTerms>, string]>([
    ['an id with the prefix of dynamic clients', { id: 'dyn-x' }, 'id'],
    ['an id that is a URL without a path', { id: 'https://acme.example' }, 'id'],
    ['an id that is a URL in another form', { id: 'https://acme.example/a/../b' }, 'id'],
    ['an id that is a URL with a fragment', { id: 'https://acme.example/a#b' }, 'id'],
    ['an id that is a URL with a user name', { id: 'https://a@acme.example/a' }, 'id'],
    ['an id that is a URL without TLS', { id: 'http://acme.example/a' }, 'id'],
    ['an id with a space', { id: 'acme mail' }, 'id'],
    ['no name', { name: '' }, 'name'],
    ['a name with a mark of our pages', { name: 'Acme [verified]' }, 'name'],
    ['a name that turns other text about', { name: 'Acme\u202E' }, 'name'],
    ['a name on two lines', { name: 'Acme\nMail' }, 'name'],
    ['no redirect URI', { redirectUris: [] }, 'redirectUris'],
    ['a redirect URI twice', { redirectUris: ['http://localhost/a', 'http://localhost/a'] }, 'redirectUris'],
    ['http on a public host', { redirectUris: ['http://acme.example/cb'] }, 'redirectUris'],
    ['a script', { redirectUris: ['javascript:alert(1)'] }, 'redirectUris'],
    ['a redirect URI with a fragment', { redirectUris: ['https://acme.example/cb#x'] }, 'redirectUris'],
    ['no API', { access: [] }, 'access'],
    ['an unknown API', { access: [{ resource: 'https://other.example', scopes: ['x'] }] }, 'access'],
    ['an API without a scope', { access: [{ resource: NOTES, scopes: [] }] }, 'access'],
    ['a scope that the API has not', { access: [{ resource: NOTES, scopes: ['mail:read'] }] }, 'access'],
    ['an API twice', { access: [1, 2].map(() => ({ resource: NOTES, scopes: ['notes:read'] })) }, 'access'],
    [
      'a secret that can be guessed',
      { authentication: { method: 'client_secret_post', secret: 'hunter2' } },
      'authentication',
    ],
    ['no keys', { authentication: { method: 'private_key_jwt' } }, 'authentication'],
    [
      'an empty key set',
      { authentication: { method: 'private_key_jwt', jwks: { keys: [] } } },
      'authentication',
    ],
    [
      'a private key',
      { authentication: { method: 'private_key_jwt', jwks: { keys: [{ ...PUBLIC_KEY, d: 'd' }] } } },
      'authentication',
    ],
    [
      'a symmetric key',
      { authentication: { method: 'private_key_jwt', jwks: { keys: [{ kty: 'oct', k: 'k' }] } } },
      'authentication',
    ],
    [
      'keys over plain http, which could be changed in transit',
      { authentication: { method: 'private_key_jwt', jwksUri: 'http://acme.example/jwks' } },
      'authentication',
    ],
    [
      'keys at a URL with a user name, which cannot be fetched',
      { authentication: { method: 'private_key_jwt', jwksUri: 'https://me@acme.example/jwks' } },
      'authentication',
    ],
    [
      'keys and where they are',
      {
        authentication: {
          method: 'private_key_jwt',
          jwks: { keys: [PUBLIC_KEY] },
          jwksUri: 'https://acme.example/jwks',
        },
      },
      'authentication',
    ],
  ])('refuses %s', async (_, terms, member) => {
    const { operator, everyClient, audit } = setUp();
    const outcome = await operator.clients.add(ADA, 'main', { ...TERMS, ...terms });
    expect(outcome).toEqual({ outcome: 'refused', member, problem: expect.any(String) });
    expect(await everyClient()).toEqual([]);
    expect(audit.events).toEqual([]);
  });

  test('in no realm is missing', async () => {
    const { operator } = setUp();
    expect(await operator.clients.add(ADA, 'nowhere', TERMS)).toEqual({ outcome: 'missing' });
  });

  test('is not subject to the limits and gates of dynamic clients', async () => {
    const { operator } = setUp(realmWith({ open: false, limits: { awakeClients: 0, perRealmPerDay: 0 } }));
    expect(await operator.clients.add(ADA, 'main', TERMS)).toMatchObject({ outcome: 'preregistered' });
  });
});

describe('amending a client', () => {
  test('changes what is named, and leaves the rest as it is', async () => {
    const { operator, id, stored, audit } = await made();
    const before = await stored(id);
    const access = [{ resource: NOTES, scopes: ['notes:read'] }];
    expect(await operator.clients.change(ADA, 'main', id, { access, rememberConsent: true })).toMatchObject({
      outcome: 'changed',
    });
    expect(await stored(id)).toEqual({
      ...before,
      version: 2,
      terms: { ...before.terms, access, rememberConsent: true },
    });
    expect(
      await operator.clients.change(ADA, 'main', id, { redirectUris: ['acme://mail/cb'] }),
    ).toMatchObject({
      client: { applicationType: 'native', redirectUris: ['acme://mail/cb'] },
    });
    expect(audit.events.slice(1)).toMatchObject([
      { type: 'client.amended', clientId: id, access },
      { type: 'client.amended', clientId: id, redirectUris: ['acme://mail/cb'] },
    ]);
  });

  test('gives it other keys, where it has keys', async () => {
    const jwks = { keys: [{ ...PUBLIC_KEY, x: 'z' }] };
    const one = await made({
      authentication: { method: 'private_key_jwt', jwksUri: 'https://a.example/jwks' },
    });
    await one.operator.clients.change(ADA, 'main', one.id, { keys: { jwks } });
    expect((await one.stored(one.id)).terms.authentication).toEqual({
      method: 'private_key_jwt',
      jwks,
    });
    const other = await made();
    expect(await other.operator.clients.change(ADA, 'main', other.id, { keys: { jwks } })).toMatchObject({
      outcome: 'refused',
      member: 'keys',
    });
  });

  test.each<[string, Amendment, string]>([
    ['name', { name: '' }, 'name'],
    ['redirect URIs', { redirectUris: [] }, 'redirectUris'],
    ['APIs', { access: [] }, 'access'],
  ])('refuses %s that it could not be made with', async (_, amendment, member) => {
    const { operator, id, stored } = await made();
    const before = await stored(id);
    expect(await operator.clients.change(ADA, 'main', id, amendment)).toMatchObject({
      outcome: 'refused',
      member,
    });
    expect(await stored(id)).toEqual(before);
  });

  test('concurrently loses no change', async () => {
    const { operator, id, stored } = await made();
    await Promise.all([
      operator.clients.change(ADA, 'main', id, { name: 'Acme Post' }),
      operator.clients.change(ADA, 'main', id, { rememberConsent: true }),
      operator.clients.rotateSecret(ADA, 'main', id),
      operator.clients.block(ADA, 'main', id),
    ]);
    expect(await stored(id)).toMatchObject({
      name: 'Acme Post',
      blockedAt: NOW,
      terms: { rememberConsent: true, authentication: { secretHashes: { length: 2 } } },
    });
  });
});

describe('a secret', () => {
  test(
    cite('is followed by another beside it, until the old one is ended', 'rfc6749:2.3.1:hashed'),
    async () => {
      const { operator, id, stored, secret, audit } = await made();
      const hashes = async () => {
        const { authentication } = (await stored(id)).terms;
        return 'secretHashes' in authentication ? authentication.secretHashes : [];
      };
      const second = await operator.clients.rotateSecret(ADA, 'main', id);
      expect(second).toMatchObject({ outcome: 'rotated', secret: expect.stringMatching(/^vcs_/) });
      expect(await hashes()).toHaveLength(2);
      const third = await operator.clients.rotateSecret(ADA, 'main', id);
      const told = [third, second].map((one) => ('secret' in one ? one.secret : ''));
      expect(await hashes()).toEqual(told.map((one) => `hash of client-secret:${one}`));
      expect(await hashes()).not.toContain(`hash of client-secret:${secret}`);

      expect(await operator.clients.endOldSecrets(ADA, 'main', id)).toMatchObject({ outcome: 'changed' });
      expect(await hashes()).toEqual([`hash of client-secret:${told[0]}`]);
      expect(await operator.clients.endOldSecrets(ADA, 'main', id)).toEqual({ outcome: 'unchanged' });
      expect(audit.events.map(({ type }) => type)).toEqual([
        'client.preregistered',
        'client.secret-rotated',
        'client.secret-rotated',
        'client.old-secrets-ended',
      ]);
      expect(JSON.stringify(audit.events)).not.toContain('vcs_');
    },
  );

  test('is not for clients that authenticate otherwise', async () => {
    const { operator, id } = await made({ authentication: { method: 'none' } });
    expect(await operator.clients.rotateSecret(ADA, 'main', id)).toEqual({ outcome: 'no-secret' });
    expect(await operator.clients.endOldSecrets(ADA, 'main', id)).toEqual({ outcome: 'no-secret' });
  });
});

test('does not apply to a dynamic client', async () => {
  const { operator, registered, stored } = setUp();
  const { client_id: id } = await registered(BODY);
  const before = await stored(id);
  expect(await operator.clients.change(ADA, 'main', id, { rememberConsent: true })).toEqual({
    outcome: 'missing',
  });
  expect(await operator.clients.rotateSecret(ADA, 'main', id)).toEqual({ outcome: 'missing' });
  expect(await operator.clients.endOldSecrets(ADA, 'main', id)).toEqual({ outcome: 'missing' });
  expect(await stored(id)).toEqual(before);
});

import { randomBytes } from 'node:crypto';
import { type KeySettings, realmSettings } from '@vestibule/core/realm';
import { createMemoryAuditLog } from '@vestibule/core/memory';
import { createLocalJWKSet, decodeProtectedHeader, type JWK, jwtVerify } from 'jose';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { createKeyCipher, plainKeys } from '../src/key/key-cipher.ts';
import { createKeyring } from '../src/key/keyring.ts';
import { createMemoryStores } from '../src/memory/index.ts';
import type { CommitChanges } from '../src/index.ts';
import { ISSUER, NOW, realmWith, setUp } from './set-up.ts';

const DAY = 86_400;

const withKeys = (keys: Partial<KeySettings>) => realmWith({}, { keys });

async function jwksOf({ server }: ReturnType<typeof setUp>): Promise<{ keys: JWK[] }> {
  return (await server.jwks(new Request(`${ISSUER}/connect/jwks`), { ip: '' })).json();
}

test('many requests that find no key at once make one between them', async () => {
  const stores = createMemoryStores();
  let made = 0;
  const commit: CommitChanges = async (changes) => {
    made += 1;
    return stores.commit(changes);
  };
  const keyring = createKeyring({
    store: stores.keys,
    commit,
    cipher: plainKeys,
    audit: createMemoryAuditLog(),
    clock: () => NOW,
  });
  const signers = await Promise.all(Array.from({ length: 20 }, () => keyring.signer(realmWith())));
  expect([new Set(signers.map(({ kid }) => kid)).size, made]).toEqual([1, 1]);
});

describe('a key is rotated by schedule', () => {
  test(cite('no token becomes invalid', 'oidc-core:10.1.1:overlap'), async () => {
    const world = setUp(withKeys({ rotateAfter: DAY, publishBefore: 3_600 }));
    const clientId = await world.register();
    let { body } = await world.exchange(clientId, await world.obtainCode(clientId));
    const signers = new Set<string | undefined>();
    for (let quarter = 0; quarter < 4 * 24 * 3; quarter += 1) {
      const before: string = body.access_token;
      world.pass(899);
      // A client that fetched the keys at any time of a token's life can verify it.
      await jwtVerify(before, createLocalJWKSet(await jwksOf(world)), {
        currentDate: new Date(NOW + (quarter + 1) * 899_000),
      });
      signers.add(decodeProtectedHeader(before).kid);
      ({ body } = await world.refresh(clientId, body.refresh_token));
    }
    expect(signers.size).toBe(3);
    expect((await jwksOf(world)).keys.length).toBeLessThanOrEqual(2);
  });

  test(cite('the new key is in the key set before it signs', 'oidc-core:10.1.1:ahead'), async () => {
    const world = setUp(withKeys({ rotateAfter: DAY, publishBefore: 3_600 }));
    const [first] = (await jwksOf(world)).keys;
    world.pass(DAY - 3_600);
    const published = (await jwksOf(world)).keys;
    expect(published).toHaveLength(2);
    const clientId = await world.register();
    const signerNow = async () => {
      const { body } = await world.exchange(clientId, await world.obtainCode(clientId));
      return decodeProtectedHeader(body.access_token).kid;
    };
    expect(await signerNow()).toBe(first?.kid);
    world.pass(3_599);
    expect(await signerNow()).toBe(first?.kid);
    world.pass(1);
    expect(await signerNow()).toBe(published[0]?.kid);
    expect(world.audit.events.filter(({ type }) => type.startsWith('key.'))).toMatchObject([
      { type: 'key.made', kid: first?.kid },
      { type: 'key.made', kid: published[0]?.kid, signsFrom: NOW + DAY * 1_000 },
    ]);
  });
});

test.each(['ES256', 'EdDSA', 'RS256'] as const)('%s signs if the realm says so', async (algorithm) => {
  const world = setUp(withKeys({ algorithm }));
  const clientId = await world.register();
  const { body } = await world.exchange(clientId, await world.obtainCode(clientId));
  const jwks = await jwksOf(world);
  const { protectedHeader } = await jwtVerify(body.access_token, createLocalJWKSet(jwks), {
    currentDate: new Date(NOW),
  });
  expect(protectedHeader.alg).toBe(algorithm);
  expect(jwks.keys).toEqual([expect.objectContaining({ alg: algorithm, use: 'sig' })]);
  for (const hidden of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) {
    expect(jwks.keys[0]).not.toHaveProperty(hidden);
  }
});

describe('a compromised key', () => {
  test('signs no more from the next token on, and is believed no more', async () => {
    const world = setUp();
    const clientId = await world.register();
    const { body } = await world.exchange(clientId, await world.obtainCode(clientId));
    const realm = await world.realms.find('main');
    if (realm === undefined) throw new Error('no realm');
    world.pass(1);
    const keys = { replaceMadeBefore: NOW + 1_000, compromised: true };
    await world.change({ ...realm, settings: realmSettings({ ...realm.settings, keys }) });
    const jwks = await jwksOf(world);
    expect(jwks.keys).toHaveLength(1);
    expect(jwks.keys[0]?.kid).not.toBe(decodeProtectedHeader(body.access_token).kid);
    const refreshed = await world.refresh(clientId, body.refresh_token);
    expect(decodeProtectedHeader(refreshed.body.access_token).kid).toBe(jwks.keys[0]?.kid);
  });

  test('is replaced once, also by a node whose clock is behind', async () => {
    const { keys: store, commit, audit } = createMemoryStores();
    const keyring = createKeyring({ store, commit, cipher: plainKeys, audit, clock: () => NOW });
    const realm = withKeys({ replaceMadeBefore: NOW + 60_000, compromised: true });
    await keyring.signer(realm);
    await keyring.signer(realm);
    expect(await store.list('main')).toHaveLength(1);
  });
});

test('many processes at once agree on one key', async () => {
  const { keys: store, commit, audit } = createMemoryStores();
  const keyrings = Array.from({ length: 10 }, () =>
    createKeyring({ store, commit, cipher: plainKeys, audit, clock: () => NOW }),
  );
  const signers = await Promise.all(keyrings.map((keyring) => keyring.signer(realmWith())));
  expect(new Set(signers.map(({ kid }) => kid)).size).toBe(1);
  expect(await store.list('main')).toHaveLength(1);
});

test('a private half that was kept plain, or under an older secret, is encrypted anew at its next use', async () => {
  const [older, newer] = [randomBytes(32), randomBytes(32)].map((bytes) => bytes.toString('base64url'));
  const { keys: store, commit, audit } = createMemoryStores();
  const sign = async (secrets: readonly (string | undefined)[]) => {
    const known = secrets.filter((secret) => secret !== undefined);
    const cipher = known.length === 0 ? plainKeys : await createKeyCipher(known);
    const { kid } = await createKeyring({ store, commit, cipher, audit, clock: () => NOW }).signer(
      realmWith(),
    );
    const [kept] = await store.list('main');
    return { kid, kept: kept?.privateKey };
  };
  const plain = await sign([]);
  const encrypted = await sign([older]);
  const anew = await sign([newer, older]);
  const alone = await sign([newer]);
  expect(plain.kept).toMatchObject({ kind: 'plain' });
  expect(encrypted.kept).toMatchObject({ kind: 'encrypted' });
  expect(anew.kept).not.toEqual(encrypted.kept);
  expect(new Set([plain, encrypted, anew, alone].map(({ kid }) => kid)).size).toBe(1);
  await expect(sign([older])).rejects.toThrow('a secret that is not here');
});

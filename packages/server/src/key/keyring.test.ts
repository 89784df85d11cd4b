import { createMemoryAuditLog } from '@vestibule/core/memory';
import { realmSettings } from '@vestibule/core/realm';
import { NOW } from '@vestibule/testing/now';
import { describe, expect, test } from 'vitest';
import { createMemoryStores } from '../memory/index.ts';
import type { CommitChanges } from '../ports/commit.ts';
import type { SigningKey } from '../records/signing-key.ts';
import { plainKeys } from './key-cipher.ts';
import { createKeyring } from './keyring.ts';

const DAY = 86_400_000;

const realm = {
  id: 'main',
  name: 'Main',
  issuer: 'https://as.example',
  settings: realmSettings(),
  apis: [],
  scopes: [],
};

function setUp() {
  const { keys: store, commit: commitChanges } = createMemoryStores();
  let failure: Error | undefined;
  const commit: CommitChanges = async (changes) => {
    if (failure !== undefined) throw failure;
    return commitChanges(changes);
  };
  let now = NOW;
  let decrypted = 0;
  const cipher = {
    ...plainKeys,
    decrypt: async (...parameters: Parameters<typeof plainKeys.decrypt>) => {
      decrypted += 1;
      return plainKeys.decrypt(...parameters);
    },
  };
  const audit = createMemoryAuditLog();
  const nodeOn = () => createKeyring({ store, commit, cipher, audit, clock: () => now });
  return {
    store,
    nodeOn,
    keyring: nodeOn(),
    decrypted: () => decrypted,
    audit,
    failWith: (error: Error | undefined) => void (failure = error),
    pass: (time: number) => void (now += time),
  };
}

describe('a keyring whose keys do not change', () => {
  test('returns the same signer and the same public keys, and decrypts a key once', async () => {
    const { keyring, pass, decrypted } = setUp();
    await keyring.signer(realm);
    const [signer, keys] = [await keyring.signer(realm), await keyring.publicKeys(realm)];
    pass(DAY);
    expect(await keyring.signer(realm)).toBe(signer);
    expect(await keyring.publicKeys(realm)).toBe(keys);
    await keyring.secret(realm);
    expect(decrypted()).toBe(1);
  });
});

describe('a keyring, at its next call', () => {
  test('publishes the successor that another process generated', async () => {
    const { keyring, nodeOn, pass } = setUp();
    const before = await keyring.publicKeys(realm);
    pass(90 * DAY - 3_600_000);
    const elsewhere = await nodeOn().publicKeys(realm);
    expect(elsewhere).toHaveLength(2);
    expect(await keyring.publicKeys(realm)).toEqual(elsewhere);
    expect(await keyring.publicKeys(realm)).not.toBe(before);
  });

  test('drops a key that another process removed, with its private half', async () => {
    const { keyring, store, decrypted } = setUp();
    const { kid: older } = await keyring.signer(realm);
    const [first] = await store.list('main');
    const other = { ...(await otherKey()), createdAt: NOW, signsFrom: NOW };
    await store.insert(other, older);
    expect((await keyring.signer(realm)).kid).toBe(other.kid);
    await store.remove('main', older);
    expect((await keyring.publicKeys(realm)).map(({ kid }) => kid)).toEqual([other.kid]);
    const read = decrypted();
    if (first === undefined) throw new Error('no key');
    await store.insert({ ...first, signsFrom: NOW }, other.kid);
    expect((await keyring.signer(realm)).kid).toBe(older);
    expect(decrypted()).toBe(read + 1);
  });

  test('signs with the next key once its time has come', async () => {
    const { keyring, pass } = setUp();
    const { kid } = await keyring.signer(realm);
    pass(90 * DAY - 3_600_000);
    expect((await keyring.signer(realm)).kid).toBe(kid);
    pass(3_599_999);
    expect((await keyring.signer(realm)).kid).toBe(kid);
    pass(1);
    expect((await keyring.signer(realm)).kid).not.toBe(kid);
  });

  test('publishes the next key for the whole time before it signs, although the store failed before', async () => {
    const { keyring, store, pass, failWith } = setUp();
    await keyring.signer(realm);
    pass(90 * DAY - 3_600_000);
    failWith(new Error('disk full'));
    await expect(keyring.signer(realm)).rejects.toThrow('disk full');
    pass(3_600_000);
    failWith(undefined);
    await keyring.signer(realm);
    expect((await store.list('main'))[0]?.signsFrom).toBe(NOW + 90 * DAY + 3_600_000);
  });

  test('follows changed settings of the realm', async () => {
    const { keyring, pass } = setUp();
    const { kid } = await keyring.signer(realm);
    pass(1);
    const keys = { replaceMadeBefore: NOW + 1, compromised: true };
    const replaced = { ...realm, settings: realmSettings({ keys }) };
    expect((await keyring.signer(replaced)).kid).not.toBe(kid);
    expect(await keyring.publicKeys(replaced)).toHaveLength(1);
  });
});

async function otherKey(): Promise<SigningKey> {
  const { keys: store, commit, audit } = createMemoryStores();
  await createKeyring({ store, commit, cipher: plainKeys, audit, clock: () => NOW }).signer(realm);
  const [key] = await store.list('main');
  if (key === undefined) throw new Error('no key');
  return key;
}

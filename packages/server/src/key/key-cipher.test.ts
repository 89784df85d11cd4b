import { generateKeyPair, exportJWK, type JWK } from 'jose';
import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { createKeyCipher, plainKeys } from './key-cipher.ts';
import type { PrivateKey } from '../records/signing-key.ts';

const secret = (): string => randomBytes(32).toString('base64url');

let jwk: JWK;
beforeAll(async () => {
  jwk = await exportJWK((await generateKeyPair('ES256', { extractable: true })).privateKey);
});

describe('a private half', () => {
  test('cannot be read from what is kept, and comes back unchanged', async () => {
    const cipher = await createKeyCipher([secret()]);
    const kept = await cipher.encrypt(jwk, 'k');
    expect(kept.kind).toBe('encrypted');
    expect(JSON.stringify(kept)).not.toContain(jwk.d);
    expect(await cipher.decrypt(kept, 'k')).toEqual(jwk);
  });

  test('is never encrypted twice alike', async () => {
    const cipher = await createKeyCipher([secret()]);
    expect(await cipher.encrypt(jwk, 'k')).not.toEqual(await cipher.encrypt(jwk, 'k'));
  });

  test('is read if it was stored in plain text, and is reported as outdated', async () => {
    const cipher = await createKeyCipher([secret()]);
    const plain = await plainKeys.encrypt(jwk, 'k');
    expect(await cipher.decrypt(plain, 'k')).toEqual(jwk);
    expect(cipher.isOutdated(plain)).toBe(true);
    expect(cipher.isOutdated(await cipher.encrypt(jwk, 'k'))).toBe(false);
  });

  test('under an older secret is read, and outdated', async () => {
    const [older, newer] = [secret(), secret()];
    const kept = await (await createKeyCipher([older])).encrypt(jwk, 'k');
    const cipher = await createKeyCipher([newer, older]);
    expect(await cipher.decrypt(kept, 'k')).toEqual(jwk);
    expect(cipher.isOutdated(kept)).toBe(true);
  });
});

describe('is refused', () => {
  const keptUnder = async (one: string, kid = 'k'): Promise<PrivateKey & { kind: 'encrypted' }> => {
    const kept = await (await createKeyCipher([one])).encrypt(jwk, kid);
    if (kept.kind !== 'encrypted') throw new Error(kept.kind);
    return kept;
  };

  test('a private key under an unknown secret', async () => {
    const cipher = await createKeyCipher([secret()]);
    await expect(cipher.decrypt(await keptUnder(secret()), 'k')).rejects.toThrow('a secret that is not here');
  });

  test('a changed private key', async () => {
    const one = secret();
    const { kind, jwe } = await keptUnder(one);
    const changed = jwe.replace(/.(?=.{4}$)/, (letter) => (letter === 'A' ? 'B' : 'A'));
    const cipher = await createKeyCipher([one]);
    await expect(cipher.decrypt({ kind, jwe: changed }, 'k')).rejects.toThrow('it was changed');
  });

  test('the private key of another key pair', async () => {
    const one = secret();
    const cipher = await createKeyCipher([one]);
    await expect(cipher.decrypt(await keptUnder(one, 'other'), 'k')).rejects.toThrow('is another one');
  });

  test('an encrypted private key, if no secret is configured', async () => {
    await expect(plainKeys.decrypt(await keptUnder(secret()), 'k')).rejects.toThrow('there is no secret');
  });

  test.each([
    ['no secret', []],
    ['a short one', ['c2hvcnQ']],
  ])('a cipher with %s', async (_, secrets) => {
    await expect(createKeyCipher(secrets)).rejects.toThrow('A');
  });
});

import type { Clock } from '@vestibule/core';
import {
  calculateJwkThumbprint,
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose';
import type { KeyStore, SigningAlgorithm, SigningKey } from './signing-key.ts';

/** What a token is signed with. */
export interface Signer {
  readonly kid: string;
  readonly algorithm: SigningAlgorithm;
  readonly key: CryptoKey;
}

/** A realm's keys: made at the first use, shared by every process on the same store. */
export interface Keyring {
  signer(): Promise<Signer>;
  /** The public halves, for the JWKS. */
  publicKeys(): Promise<readonly JWK[]>;
}

export interface KeyringOptions {
  readonly realm: string;
  readonly store: KeyStore;
  readonly clock: Clock;
  readonly algorithm: SigningAlgorithm;
}

export function createKeyring({ realm, store, clock, algorithm }: KeyringOptions): Keyring {
  const imported = new Map<string, CryptoKey>();

  async function keys(): Promise<readonly [SigningKey, ...SigningKey[]]> {
    const [newest, ...older] = await store.list(realm);
    if (newest !== undefined) return [newest, ...older];
    await store.insert(await generateSigningKey(realm, algorithm, clock()), undefined);
    const [made, ...others] = await store.list(realm);
    if (made === undefined) throw new Error(`The key store keeps no key for the realm ${realm}.`);
    return [made, ...others];
  }

  async function privateKey(key: SigningKey): Promise<CryptoKey> {
    const known = imported.get(key.kid);
    if (known !== undefined) return known;
    const fresh = await importJWK(key.privateJwk, key.algorithm);
    if (fresh instanceof Uint8Array) throw new Error(`Signing key ${key.kid} is not a key pair.`);
    imported.set(key.kid, fresh);
    return fresh;
  }

  return {
    async signer() {
      const [newest] = await keys();
      return { kid: newest.kid, algorithm: newest.algorithm, key: await privateKey(newest) };
    },
    async publicKeys() {
      return (await keys()).map(toPublicJwk);
    },
  };
}

async function generateSigningKey(
  realm: string,
  algorithm: SigningAlgorithm,
  createdAt: number,
): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const privateJwk = await exportJWK(privateKey);
  return { realm, kid: await calculateJwkThumbprint(privateJwk), algorithm, privateJwk, createdAt };
}

/** Names what is public rather than removing what is private, so that nothing private can be forgotten. */
function toPublicJwk({ kid, algorithm, privateJwk }: SigningKey): JWK {
  const { kty, crv, x, y } = privateJwk;
  return {
    kid,
    alg: algorithm,
    use: 'sig',
    ...(kty && { kty }),
    ...(crv && { crv }),
    ...(x && { x }),
    ...(y && { y }),
  };
}

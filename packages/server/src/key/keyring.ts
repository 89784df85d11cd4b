import type { Clock, SigningAlgorithm } from '@vestibule/core';
import {
  calculateJwkThumbprint,
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose';
import type { KeyStore, SigningKey } from './signing-key.ts';

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
    if (key.privateKey.kind !== 'plain') throw new Error(`Signing key ${key.kid} is encrypted.`);
    const fresh = await importJWK(key.privateKey.jwk, key.algorithm);
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
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const publicJwk = await exportJWK(publicKey);
  return {
    realm,
    kid: await calculateJwkThumbprint(publicJwk),
    algorithm,
    publicJwk,
    privateKey: { kind: 'plain', jwk: await exportJWK(privateKey) },
    createdAt,
    signsFrom: createdAt,
  };
}

/** As the JWKS has it. */
const toPublicJwk = ({ kid, algorithm, publicJwk }: SigningKey): JWK => ({
  ...publicJwk,
  kid,
  alg: algorithm,
  use: 'sig',
});

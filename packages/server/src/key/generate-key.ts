import type { Instant } from '@vestibule/core';
import type { SigningAlgorithm } from '@vestibule/core/realm';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import type { KeyCipher } from './key-cipher.ts';
import type { SigningKey } from '../records/signing-key.ts';

export interface KeyWanted {
  readonly realm: string;
  readonly algorithm: SigningAlgorithm;
  readonly createdAt: Instant;
  readonly signsFrom: Instant;
}

/** Generates a key pair. Its id is the thumbprint of the public key (RFC 7638), so ids are unique. */
export async function generateSigningKey(wanted: KeyWanted, cipher: KeyCipher): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(wanted.algorithm, { extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  return { ...wanted, kid, publicJwk, privateKey: await cipher.encrypt(await exportJWK(privateKey), kid) };
}

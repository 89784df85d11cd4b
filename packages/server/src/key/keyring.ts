import type { AuditLog, Clock, Instant } from '@vestibule/core';
import type { Realm, SigningAlgorithm } from '@vestibule/core/realm';
import { type CryptoKey, importJWK, type JWK } from 'jose';
import { hmac } from '../web/digest.ts';
import type { KeyCipher } from './key-cipher.ts';
import { generateSigningKey } from './generate-key.ts';
import { type KeyPlan, planKeys } from './plan-keys.ts';
import type { SigningKey } from '../records/signing-key.ts';
import type { KeyStore } from '../ports/key-store.ts';

/** A key that tokens are signed with. */
export interface Signer {
  readonly kid: string;
  readonly algorithm: SigningAlgorithm;
  readonly key: CryptoKey;
}

/** The private key in the memory of this process. */
interface PrivateHalf {
  readonly key: CryptoKey;
  readonly secret: string;
}

/**
 * The keys of a realm: generated at the first use, rotated by the time, and shared by all processes on the same store. Which
 * one signs depends only on the store and the time, so all processes agree.
 */
export interface Keyring {
  signer(realm: Realm): Promise<Signer>;
  /** The public keys for the JWKS: those that sign, signed recently, or will sign soon. */
  publicKeys(realm: Realm): Promise<readonly JWK[]>;
  /**
   * A secret that all processes of the realm share, for values that are verified but not stored. It is derived from the
   * private key that currently signs, reveals nothing about it, and changes with it.
   */
  secret(realm: Realm): Promise<string>;
}

export interface KeyringOptions {
  readonly store: KeyStore;
  readonly cipher: KeyCipher;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

export function createKeyring({ store, cipher, audit, clock }: KeyringOptions): Keyring {
  const imported = new Map<string, PrivateHalf>();
  const underWay = new Map<string, Promise<KeyPlan>>();

  /** The current plan, after its actions have been done: once for all concurrent requests. */
  async function currentPlan(realm: Realm): Promise<KeyPlan> {
    const now = clock();
    const known = await store.list(realm.id);
    const plan = planKeys(known, realm.settings, now);
    if (plan.next === undefined && plan.retired.length === 0) return plan;
    // Changes by an operator meanwhile are a separate task.
    const matter = JSON.stringify([realm.id, realm.settings.keys]);
    const carried =
      underWay.get(matter) ?? carryOut(realm, plan, known, now).finally(() => underWay.delete(matter));
    underWay.set(matter, carried);
    return carried;
  }

  async function carryOut(
    realm: Realm,
    plan: KeyPlan,
    known: readonly SigningKey[],
    now: Instant,
  ): Promise<KeyPlan> {
    if (plan.next !== undefined) {
      const { algorithm, replaceMadeBefore = now } = realm.settings.keys;
      // If the clock of this process is behind the operator's, its new key would otherwise be too old at once.
      const createdAt = Math.max(now, replaceMadeBefore);
      const wanted = { realm: realm.id, algorithm, createdAt, signsFrom: plan.next };
      const key = await generateSigningKey(wanted, cipher);
      if ((await store.insert(key, known[0]?.kid)) === 'inserted') {
        const { kid, signsFrom } = key;
        await audit.record({ type: 'key.made', realm: realm.id, at: now, kid, algorithm, signsFrom });
      }
    }
    for (const { kid } of plan.retired) await retire(realm, kid);
    return planKeys(await store.list(realm.id), realm.settings, now);
  }

  async function retire({ id: realm }: Realm, kid: string): Promise<void> {
    imported.delete(kid);
    if ((await store.remove(realm, kid)) === 'removed') {
      await audit.record({ type: 'key.retired', realm, at: clock(), kid });
    }
  }

  async function privateHalf({ realm, kid, algorithm, privateKey }: SigningKey): Promise<PrivateHalf> {
    const known = imported.get(kid);
    if (known !== undefined) return known;
    const jwk = await cipher.decrypt(privateKey, kid);
    if (cipher.isOutdated(privateKey)) {
      await store.replacePrivateKey(realm, kid, await cipher.encrypt(jwk, kid));
    }
    const fresh = await importJWK(jwk, algorithm);
    if (fresh instanceof Uint8Array || jwk.d === undefined) {
      throw new Error(`Signing key ${kid} is not a key pair.`);
    }
    const half = { key: fresh, secret: hmac(jwk.d, `secret:${realm}`) };
    imported.set(kid, half);
    return half;
  }

  async function signingKey(realm: Realm): Promise<SigningKey> {
    const { signing } = await currentPlan(realm);
    if (signing === undefined) throw new Error(`The key store keeps no key for the realm ${realm.id}.`);
    return signing;
  }

  return {
    async signer(realm) {
      const signing = await signingKey(realm);
      const { key } = await privateHalf(signing);
      return { kid: signing.kid, algorithm: signing.algorithm, key };
    },
    async publicKeys(realm) {
      return (await currentPlan(realm)).published.map(toPublicJwk);
    },
    async secret(realm) {
      return (await privateHalf(await signingKey(realm))).secret;
    },
  };
}

/** In the format of the JWKS. */
const toPublicJwk = ({ kid, algorithm, publicJwk }: SigningKey): JWK => ({
  ...publicJwk,
  kid,
  alg: algorithm,
  use: 'sig',
});

import type { AuditLog, Clock, Instant, Realm, SigningAlgorithm } from '@vestibule/core';
import { type CryptoKey, importJWK, type JWK } from 'jose';
import { hmac } from '../web/digest.ts';
import type { KeyCipher } from './key-cipher.ts';
import { generateSigningKey } from './generate-key.ts';
import { type KeyPlan, planKeys } from './plan-keys.ts';
import type { SigningKey } from '../records/signing-key.ts';
import type { KeyStore } from '../ports/key-store.ts';

/** What a token is signed with. */
export interface Signer {
  readonly kid: string;
  readonly algorithm: SigningAlgorithm;
  readonly key: CryptoKey;
}

/** The private half of a signing key, as this process uses it. */
interface PrivateHalf {
  readonly key: CryptoKey;
  readonly secret: string;
}

/**
 * A realm's keys: made at the first use, replaced when their time comes, shared by every process on the same store. Which
 * of them signs follows from the store and the time, so that all processes agree.
 */
export interface Keyring {
  signer(realm: Realm): Promise<Signer>;
  /** The public halves, for the JWKS: those that sign, did until a while ago, or soon will. */
  publicKeys(realm: Realm): Promise<readonly JWK[]>;
  /**
   * A text that all processes of the realm know and nobody else, for what has to be recognised and is not worth keeping. It
   * follows from the private half of the key that signs now, says nothing about it, and goes with it.
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

  /** The plan for this moment, with everything done that it asks for: once, however many requests need it at a time. */
  async function currentPlan(realm: Realm): Promise<KeyPlan> {
    const now = clock();
    const known = await store.list(realm.id);
    const plan = planKeys(known, realm.settings, now);
    if (plan.next === undefined && plan.retired.length === 0) return plan;
    // What an operator has changed since is another matter.
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
      // Whose clock is behind the operator's would find its own key too old at once.
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
    const half = { key: fresh, secret: await hmac(jwk.d, `secret:${realm}`) };
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

/** As the JWKS has it. */
const toPublicJwk = ({ kid, algorithm, publicJwk }: SigningKey): JWK => ({
  ...publicJwk,
  kid,
  alg: algorithm,
  use: 'sig',
});

import type { AuditLog, Clock, Instant } from '@vestibule/core';
import type { Realm, RealmSettings } from '@vestibule/core/realm';
import type { JWK } from 'jose';
import { begun } from '../web/begun.ts';
import { hmac } from '../web/digest.ts';
import type { KeyCipher } from './key-cipher.ts';
import { generateSigningKey } from './generate-key.ts';
import { type KeyPlan, planKeys } from './plan-keys.ts';
import { createSigner, type Signer } from './signer.ts';
import type { SigningKey } from '../records/signing-key.ts';
import { commitRecorded } from '../context/commit-recorded.ts';
import type { CommitChanges } from '../ports/commit.ts';
import type { KeyStore } from '../ports/key-store.ts';

/** The private key in the memory of this process. */
interface PrivateHalf {
  readonly signer: Signer;
  readonly secret: string;
}

/** A plan, with everything that it was made from. */
interface CurrentPlan {
  readonly keys: readonly SigningKey[];
  readonly settings: RealmSettings;
  readonly madeAt: Instant;
  readonly plan: KeyPlan;
  readonly publicKeys: readonly JWK[];
}

/**
 * The keys of a realm: generated at the first use, rotated by the time, and shared by all processes on the same store. Which
 * one signs depends only on the store and the time, so all processes agree. The store is asked each time; what it returns is
 * parsed and planned again only if the keys, the settings or the time change the plan.
 */
export interface Keyring {
  /** The same object as long as the same key signs. */
  signer(realm: Realm): Promise<Signer>;
  /**
   * The public keys for the JWKS: those that sign, signed recently, or will sign soon. The same array as long as nothing
   * changes.
   */
  publicKeys(realm: Realm): Promise<readonly JWK[]>;
  /**
   * A secret that all processes of the realm share, for values that are verified but not stored. It is derived from the
   * private key that currently signs, reveals nothing about it, and changes with it.
   */
  secret(realm: Realm): Promise<string>;
  /** Begins to read the keys of a realm, for a request that will sign once. They are as of this call. */
  readAhead(realm: string): Pick<Keyring, 'signer'>;
}

export interface KeyringOptions {
  readonly store: KeyStore;
  /** Makes the changes of the store. */
  readonly commit: CommitChanges;
  readonly cipher: KeyCipher;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

export function createKeyring({ store, commit, cipher, audit, clock }: KeyringOptions): Keyring {
  const imported = new Map<string, PrivateHalf>();
  const underWay = new Map<string, Promise<CurrentPlan>>();
  /** By the id of the realm. */
  const current = new Map<string, CurrentPlan>();

  /** The current plan, after its actions have been done: once for all concurrent requests. */
  async function currentPlan(realm: Realm, reading = store.list(realm.id)): Promise<CurrentPlan> {
    const now = clock();
    const keys = await reading;
    const made = planOf(realm, keys, now);
    if (made.plan.next === undefined && made.plan.retired.length === 0) return made;
    // Changes by an operator meanwhile are a separate task.
    const matter = JSON.stringify([realm.id, realm.settings.keys]);
    const carried =
      underWay.get(matter) ?? carryOut(realm, made.plan, keys, now).finally(() => underWay.delete(matter));
    underWay.set(matter, carried);
    return carried;
  }

  function planOf(realm: Realm, keys: readonly SigningKey[], now: Instant): CurrentPlan {
    const known = current.get(realm.id);
    if (known !== undefined && isCurrent(known, realm, keys, now)) return known;
    const plan = planKeys(keys, realm.settings, now);
    const publicKeys = plan.published.map(toPublicJwk);
    const made = { keys, settings: realm.settings, madeAt: now, plan, publicKeys };
    current.set(realm.id, made);
    // Another process may have removed a key.
    for (const { kid } of known?.keys ?? []) {
      if (!keys.some((key) => key.kid === kid)) imported.delete(kid);
    }
    return made;
  }

  async function carryOut(
    realm: Realm,
    plan: KeyPlan,
    known: readonly SigningKey[],
    now: Instant,
  ): Promise<CurrentPlan> {
    if (plan.next !== undefined) {
      const { algorithm, replaceMadeBefore = now } = realm.settings.keys;
      // If the clock of this process is behind the operator's, its new key would otherwise be too old at once.
      const createdAt = Math.max(now, replaceMadeBefore);
      const wanted = { realm: realm.id, algorithm, createdAt, signsFrom: plan.next };
      const key = await generateSigningKey(wanted, cipher);
      const { kid, signsFrom } = key;
      const event = { type: 'key.made', realm: realm.id, at: now, kid, algorithm, signsFrom } as const;
      // If another process was faster, its key is the next one.
      await commitRecorded({ commit, audit }, [{ kind: 'key.insert', key, after: known[0]?.kid }], [event]);
    }
    for (const { kid } of plan.retired) await retire(realm, kid);
    return planOf(realm, await store.list(realm.id), now);
  }

  async function retire({ id: realm }: Realm, kid: string): Promise<void> {
    imported.delete(kid);
    const event = { type: 'key.retired', realm, at: clock(), kid } as const;
    await commitRecorded({ commit, audit }, [{ kind: 'key.remove', realm, kid }], [event]);
  }

  async function privateHalf({ realm, kid, algorithm, privateKey }: SigningKey): Promise<PrivateHalf> {
    const known = imported.get(kid);
    if (known !== undefined) return known;
    const jwk = await cipher.decrypt(privateKey, kid);
    if (cipher.isOutdated(privateKey)) {
      await store.replacePrivateKey(realm, kid, await cipher.encrypt(jwk, kid));
    }
    const signer = await createSigner(kid, algorithm, jwk);
    if (jwk.d === undefined) throw new Error(`Signing key ${kid} is not a private key.`);
    const half = { signer, secret: hmac(jwk.d, `secret:${realm}`) };
    imported.set(kid, half);
    return half;
  }

  async function signingHalf(realm: Realm, reading?: Promise<readonly SigningKey[]>): Promise<PrivateHalf> {
    const { signing } = (await currentPlan(realm, reading)).plan;
    if (signing === undefined) throw new Error(`The key store keeps no key for the realm ${realm.id}.`);
    return privateHalf(signing);
  }

  return {
    signer: async (realm) => (await signingHalf(realm)).signer,
    publicKeys: async (realm) => (await currentPlan(realm)).publicKeys,
    secret: async (realm) => (await signingHalf(realm)).secret,
    readAhead(realmId) {
      const reading = begun(store.list(realmId));
      return { signer: async (realm) => (await signingHalf(realm, reading)).signer };
    },
  };
}

/** Whether planning these keys now would result in the same plan. */
const isCurrent = (
  { keys: known, settings, madeAt, plan }: CurrentPlan,
  realm: Realm,
  keys: readonly SigningKey[],
  now: Instant,
): boolean =>
  settings === realm.settings &&
  madeAt <= now &&
  now < plan.until &&
  plan.next === undefined &&
  (known === keys || (known.length === keys.length && known.every((key, i) => isSame(key, keys[i]))));

/** Everything of a key that a plan depends on. The id names the key pair. */
const isSame = (one: SigningKey, other: SigningKey | undefined): boolean =>
  one === other ||
  (one.kid === other?.kid &&
    one.algorithm === other.algorithm &&
    one.createdAt === other.createdAt &&
    one.signsFrom === other.signsFrom);

/** In the format of the JWKS. */
const toPublicJwk = ({ kid, algorithm, publicJwk }: SigningKey): JWK => ({
  ...publicJwk,
  kid,
  alg: algorithm,
  use: 'sig',
});

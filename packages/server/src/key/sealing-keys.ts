import { after, type AuditLog, type Clock, type Instant } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { commitRecorded } from '../context/commit-recorded.ts';
import type { CommitChanges } from '../ports/commit.ts';
import type { KeyStore } from '../ports/key-store.ts';
import type { SigningKey } from '../records/signing-key.ts';
import { generateSigningKey } from './generate-key.ts';
import type { KeyCipher } from './key-cipher.ts';

/** A key that clients are sealed with, in the memory of this process. */
export interface SealingKey {
  /** The first characters of the id of its key pair. */
  readonly id: string;
  readonly createdAt: Instant;
  /** 256 bits, for AES-256-GCM. */
  readonly secret: KeyObject;
}

/** The keys that the clients of a realm are sealed with: generated at the first use, rotated by the time, shared by all processes. */
export interface SealingKeys {
  /** The key to seal with. */
  current(realm: Realm): Promise<SealingKey>;
  /** The key with this id, if it may still open clients. */
  find(realm: Realm, id: string): Promise<SealingKey | undefined>;
}

/** What the keys that seal client ids are made and found with. */
export interface SealingKeyOptions {
  /** The store of the signing keys. */
  readonly keys: KeyStore;
  /** Makes the changes of the store. */
  readonly commit: CommitChanges;
  readonly cipher: KeyCipher;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

/** How far the clocks of two processes may differ, in seconds. */
const MARGIN = 300;

/** The length of the id of a key in a `client_id`. A realm has a few keys. */
export const KEY_ID_LENGTH = 8;

/**
 * Sealing keys are derived from key pairs that sign nothing. They are stored beside the signing keys, encrypted like them,
 * under a name that no realm can have. `keys.rotateAfter` and the replacement of keys by an operator count for them too; a
 * replaced key opens clients until the last one that it sealed has expired, unless it is compromised.
 */
export function createSealingKeys({
  keys: store,
  commit,
  cipher,
  audit,
  clock,
}: SealingKeyOptions): SealingKeys {
  /** By the id of the realm, newest first. */
  const known = new Map<string, readonly SealingKey[]>();
  const underWay = new Map<string, Promise<SealingKey>>();

  /** Reads the keys of a realm, and encrypts those again that are encrypted under an older secret. */
  async function load(of: Realm): Promise<readonly SigningKey[]> {
    const realm = of.id;
    const place = placeOf(realm);
    const stored = await store.list(place);
    const before = known.get(realm) ?? [];
    const loaded: SealingKey[] = [];
    for (const { kid, privateKey, createdAt } of stored) {
      // Perhaps it cannot be decrypted any more, which is why an operator replaced it.
      if (isDisowned(of, { createdAt })) continue;
      const id = idOf(kid);
      const same = before.find((key) => key.id === id);
      if (same !== undefined) {
        loaded.push(same);
        continue;
      }
      const jwk = await cipher.decrypt(privateKey, kid);
      if (cipher.isOutdated(privateKey)) {
        await store.replacePrivateKey(place, kid, await cipher.encrypt(jwk, kid));
      }
      if (jwk.d === undefined) throw new Error(`Sealing key ${kid} is not a private key.`);
      const secret = hkdfSync('sha256', jwk.d, '', `vestibule:sealed-client:${realm}`, 32);
      loaded.push({ id, createdAt, secret: createSecretKey(new Uint8Array(secret)) });
    }
    known.set(realm, loaded);
    return stored;
  }

  /** The newest key, if it need not be replaced yet. */
  function currentOf({ id, settings }: Realm): SealingKey | undefined {
    const newest = known.get(id)?.[0];
    const { rotateAfter, replaceMadeBefore = -Infinity } = settings.keys;
    const isDue =
      newest === undefined ||
      newest.createdAt < replaceMadeBefore ||
      after(newest.createdAt, rotateAfter) <= clock();
    return isDue ? undefined : newest;
  }

  /** Replaces the newest key if no other process has. */
  async function renew(realm: Realm): Promise<SealingKey> {
    const stored = await load(realm);
    const other = currentOf(realm);
    if (other !== undefined) return other;
    const place = placeOf(realm.id);
    const now = clock();
    const { replaceMadeBefore = now } = realm.settings.keys;
    // If the clock of this process is behind the operator's, its new key would otherwise be too old at once.
    const createdAt = Math.max(now, replaceMadeBefore);
    const wanted = { realm: place, algorithm: 'ES256', createdAt, signsFrom: createdAt } as const;
    const key = await generateSigningKey(wanted, cipher);
    const made = { type: 'sealing-key.made', realm: realm.id, at: now, kid: key.kid } as const;
    // If another process was faster, its key is the next one.
    await commitRecorded({ commit, audit }, [{ kind: 'key.insert', key, after: stored[0]?.kid }], [made]);
    for (const { kid } of overOf(realm, stored, now)) {
      const retired = { type: 'sealing-key.retired', realm: realm.id, at: now, kid } as const;
      await commitRecorded({ commit, audit }, [{ kind: 'key.remove', realm: place, kid }], [retired]);
    }
    await load(realm);
    const current = currentOf(realm);
    if (current === undefined) {
      throw new Error(`The key store keeps no sealing key for the realm ${realm.id}.`);
    }
    return current;
  }

  return {
    async current(realm) {
      const key = currentOf(realm);
      if (key !== undefined) return key;
      const renewed = underWay.get(realm.id) ?? renew(realm).finally(() => underWay.delete(realm.id));
      underWay.set(realm.id, renewed);
      return renewed;
    },
    async find(realm, id) {
      const found = (): SealingKey | undefined => known.get(realm.id)?.find((key) => key.id === id);
      // Another process may have generated it.
      if (found() === undefined) await load(realm);
      const key = found();
      return key === undefined || isDisowned(realm, key) ? undefined : key;
    },
  };
}

/** A realm cannot have this id, because it has a colon. */
const placeOf = (realm: string): string => `${realm}:sealing`;

const idOf = (kid: string): string => kid.slice(0, KEY_ID_LENGTH);

const isDisowned = ({ settings: { keys } }: Realm, { createdAt }: Pick<SigningKey, 'createdAt'>): boolean =>
  keys.compromised === true && createdAt < (keys.replaceMadeBefore ?? -Infinity);

/** The keys that no client is sealed with any more. The newest stored one has been replaced at this moment. */
function overOf(realm: Realm, stored: readonly SigningKey[], now: Instant): readonly SigningKey[] {
  const { lifecycle, lifetimes } = realm.settings;
  const kept = lifecycle.deferred + lifetimes.transaction + lifetimes.code + MARGIN;
  return stored.filter((key, index) => {
    const successor = stored[index - 1];
    const isExpired = successor !== undefined && after(successor.createdAt, kept) <= now;
    return isExpired || isDisowned(realm, key);
  });
}

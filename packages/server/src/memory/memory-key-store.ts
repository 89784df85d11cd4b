import { createJournal, type Journal, promised, type Synchronous } from '@vestibule/core/memory';
import type { SigningKey } from '../records/signing-key.ts';
import type { KeyStore } from '../ports/key-store.ts';

/** Stores signing keys in memory. For tests and examples. */
export const createMemoryKeyStore = (): KeyStore => promised(createKeyTable(createJournal()));

/** Signing keys in memory. */
export function createKeyTable(journal: Journal): Synchronous<KeyStore> {
  const keys = journal.map<readonly SigningKey[]>();
  const ofRealm = (realm: string): readonly SigningKey[] => keys.get(realm) ?? [];
  return {
    list: (realm) => structuredClone(ofRealm(realm)),
    insert: (key, after) => {
      const known = ofRealm(key.realm);
      if (known[0]?.kid !== after) return 'stale';
      keys.set(key.realm, [structuredClone(key), ...known]);
      return 'inserted';
    },
    replacePrivateKey: (realm, kid, privateKey) => {
      const known = ofRealm(realm);
      if (!known.some((key) => key.kid === kid)) return 'missing';
      const kept = structuredClone(privateKey);
      const replaced = (key: SigningKey): SigningKey =>
        key.kid === kid ? { ...key, privateKey: kept } : key;
      keys.set(realm, known.map(replaced));
      return 'replaced';
    },
    remove: (realm, kid) => {
      const known = ofRealm(realm);
      if (!known.some((key) => key.kid === kid)) return 'missing';
      if (known[0]?.kid === kid) return 'newest';
      keys.set(
        realm,
        known.filter((key) => key.kid !== kid),
      );
      return 'removed';
    },
  };
}

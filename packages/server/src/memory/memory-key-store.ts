import type { SigningKey } from '../records/signing-key.ts';
import type { KeyStore } from '../ports/key-store.ts';

/** Stores signing keys in memory. For tests and examples. */
export function createMemoryKeyStore(): KeyStore {
  const keys = new Map<string, readonly SigningKey[]>();
  const ofRealm = (realm: string): readonly SigningKey[] => keys.get(realm) ?? [];
  return {
    list: async (realm) => structuredClone(ofRealm(realm)),
    insert: async (key, after) => {
      const known = ofRealm(key.realm);
      if (known[0]?.kid !== after) return 'stale';
      keys.set(key.realm, [structuredClone(key), ...known]);
      return 'inserted';
    },
    replacePrivateKey: async (realm, kid, privateKey) => {
      const known = ofRealm(realm);
      if (!known.some((key) => key.kid === kid)) return 'missing';
      const kept = structuredClone(privateKey);
      const replaced = (key: SigningKey): SigningKey =>
        key.kid === kid ? { ...key, privateKey: kept } : key;
      keys.set(realm, known.map(replaced));
      return 'replaced';
    },
    remove: async (realm, kid) => {
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

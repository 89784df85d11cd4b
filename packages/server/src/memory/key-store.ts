import type { KeyStore, SigningKey } from '../key/signing-key.ts';

/** Keeps signing keys while the process lives. For tests and first steps. */
export function createMemoryKeyStore(): KeyStore {
  const keys = new Map<string, readonly SigningKey[]>();
  return {
    list: async (realm) => structuredClone(keys.get(realm) ?? []),
    insertFirst: async (key) => {
      if (keys.has(key.realm)) return 'exists';
      keys.set(key.realm, [structuredClone(key)]);
      return 'inserted';
    },
  };
}

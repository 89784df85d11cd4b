import type { KeyStore, SigningKey } from '../key/signing-key.ts';

/** Keeps signing keys while the process lives. For tests and first steps. */
export function createMemoryKeyStore(): KeyStore {
  const keys = new Map<string, readonly SigningKey[]>();
  return {
    list: async (realm) => structuredClone(keys.get(realm) ?? []),
    insert: async (key, after) => {
      const known = keys.get(key.realm) ?? [];
      if (known[0]?.kid !== after) return 'stale';
      keys.set(key.realm, [structuredClone(key), ...known]);
      return 'inserted';
    },
  };
}

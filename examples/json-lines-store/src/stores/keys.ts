import type { Synchronous } from '@vestibule/core/memory';
import type { KeyStore, SigningKey } from '@vestibule/server';
import type { Ledger } from './ledger.ts';
import { createTable } from './table.ts';

interface KeyRing {
  readonly realm: string;
  readonly keys: readonly SigningKey[];
}

/** Signing keys: a row for each realm, newest key first. */
export function createKeys(ledger: Ledger): Synchronous<KeyStore> {
  const rings = createTable<KeyRing>(ledger, 'keys', ({ realm }) => [realm]);
  const list = (realm: string): readonly SigningKey[] => rings.find(realm)?.keys ?? [];
  return {
    list,
    insert: (key, after) => {
      const { realm } = key;
      if (list(realm)[0]?.kid !== after) return 'stale';
      rings.set({ realm, keys: [key, ...list(realm)] });
      return 'inserted';
    },
    replacePrivateKey: (realm, kid, privateKey) => {
      if (list(realm).every((key) => key.kid !== kid)) return 'missing';
      const replaced = (key: SigningKey): SigningKey => (key.kid === kid ? { ...key, privateKey } : key);
      rings.set({ realm, keys: list(realm).map(replaced) });
      return 'replaced';
    },
    remove: (realm, kid) => {
      const keys = list(realm);
      if (keys[0]?.kid === kid) return 'newest';
      if (keys.every((key) => key.kid !== kid)) return 'missing';
      rings.set({ realm, keys: keys.filter((key) => key.kid !== kid) });
      return 'removed';
    },
  };
}

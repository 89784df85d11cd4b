import type { KeyStore, SigningKey } from '@vestibule/server';
import type { Ledger } from './ledger.ts';

/** Signing keys: a row for each realm, newest key first. */
export function createKeys({ table, operate }: Ledger): KeyStore {
  const keys = table<readonly SigningKey[]>('keys');
  const ofRealm = (realm: string): readonly SigningKey[] => keys.get(realm) ?? [];
  return {
    list: (realm) => operate(() => ofRealm(realm)),
    insert: (key, after) =>
      operate(() => {
        const known = ofRealm(key.realm);
        if (known[0]?.kid !== after) return 'stale';
        keys.set([key, ...known], key.realm);
        return 'inserted';
      }),
    replacePrivateKey: (realm, kid, privateKey) =>
      operate(() => {
        const known = ofRealm(realm);
        const place = known.findIndex((key) => key.kid === kid);
        const key = known[place];
        if (key === undefined) return 'missing';
        keys.set(known.with(place, { ...key, privateKey }), realm);
        return 'replaced';
      }),
    remove: (realm, kid) =>
      operate(() => {
        const [newest, ...older] = ofRealm(realm);
        if (newest?.kid === kid) return 'newest';
        const others = older.filter((key) => key.kid !== kid);
        if (newest === undefined || others.length === older.length) return 'missing';
        keys.set([newest, ...others], realm);
        return 'removed';
      }),
  };
}

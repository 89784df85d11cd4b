import type { Realm } from '@vestibule/core/realm';
import type { PreparedDocument } from '@vestibule/http';
import type { JWK } from 'jose';

type Prepare = (realm: Realm, keys: readonly JWK[]) => PreparedDocument;

/**
 * Prepares a document once for each pair of a realm and a list of its keys: both are the same objects while the stored versions
 * are the same. What was prepared for an older version is forgotten with it.
 */
export function preparedOnce(prepare: Prepare): Prepare {
  const byRealm = new WeakMap<Realm, WeakMap<readonly JWK[], PreparedDocument>>();
  return (realm, keys) => {
    const byKeys = byRealm.get(realm) ?? new WeakMap<readonly JWK[], PreparedDocument>();
    byRealm.set(realm, byKeys);
    const known = byKeys.get(keys);
    if (known !== undefined) return known;
    const made = prepare(realm, keys);
    byKeys.set(keys, made);
    return made;
  };
}

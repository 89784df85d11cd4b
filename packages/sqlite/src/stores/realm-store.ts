import type { RealmStore, StoredRealm } from '@vestibule/core';
import type { SqliteDatabase } from '../database/database.ts';
import type { RealmRow } from './realm-writes.ts';

/** Realms on SQLite: one row each, with settings, APIs and scopes as JSON. */
export function createSqliteRealmStore({ prepare, write }: SqliteDatabase): RealmStore {
  const select = prepare<[string], RealmRow>('SELECT * FROM realms WHERE id = ?');
  const selectAll = prepare<[], RealmRow>('SELECT * FROM realms ORDER BY id');
  return {
    find: async (id) => {
      const row = select.get(id);
      return row && toRealm(row);
    },
    list: async () => selectAll.all().map(toRealm),
    insert: (realm) => write('insertRealm', realm),
    replace: (next, expectedVersion) => write('replaceRealm', next, expectedVersion),
  };
}

function toRealm({ id, version, name, issuer, settings, apis, scopes }: RealmRow): StoredRealm {
  const json = { settings: JSON.parse(settings), apis: JSON.parse(apis), scopes: JSON.parse(scopes) };
  return { id, version, name, issuer, ...json };
}

import type { RealmStore, StoredRealm } from '@vestibule/core';
import type { SqliteDatabase } from '../database/database.ts';
import type { RealmRow } from './realm-writes.ts';
import { frozenJson } from './json.ts';

/**
 * Realms on SQLite: one row each, with settings, APIs and scopes as JSON. A row is parsed once for each version, so `find`
 * only reads the version and returns the same frozen object until another one is stored, whichever process stores it.
 */
export function createSqliteRealmStore({ prepare, write }: SqliteDatabase): RealmStore {
  const select = prepare<[string], RealmRow>('SELECT * FROM realms WHERE id = ?');
  const selectVersion = prepare<[string], Pick<RealmRow, 'version'>>(
    'SELECT version FROM realms WHERE id = ?',
  );
  const selectAll = prepare<[], RealmRow>('SELECT * FROM realms ORDER BY id');
  /** The realms of this database. */
  const parsed = new Map<string, StoredRealm>();

  function parsedOnce(row: RealmRow): StoredRealm {
    const known = parsed.get(row.id);
    if (known?.version === row.version) return known;
    const realm = toRealm(row);
    parsed.set(row.id, realm);
    return realm;
  }

  function read(id: string): StoredRealm | undefined {
    const known = parsed.get(id);
    if (known !== undefined && selectVersion.get(id)?.version === known.version) return known;
    const row = select.get(id);
    if (row === undefined) parsed.delete(id);
    return row && parsedOnce(row);
  }

  /** The realm that was found last, until what runs now has run: requests that go on together read it once. */
  let found: { readonly id: string; readonly realm: StoredRealm | undefined } | undefined;

  function readTogether(id: string): StoredRealm | undefined {
    if (found?.id === id) return found.realm;
    if (found === undefined) queueMicrotask(() => (found = undefined));
    found = { id, realm: read(id) };
    return found.realm;
  }

  return {
    find: async (id) => readTogether(id),
    list: async () => selectAll.all().map(parsedOnce),
    insert: (realm) => write('insertRealm', realm),
    replace: (next, expectedVersion) => write('replaceRealm', next, expectedVersion),
  };
}

function toRealm({ id, version, name, issuer, settings, apis, scopes }: RealmRow): StoredRealm {
  const json = { settings: frozenJson(settings), apis: frozenJson(apis), scopes: frozenJson(scopes) };
  return Object.freeze({ id, version, name, issuer, ...json });
}

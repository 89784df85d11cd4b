import type { Realm, RealmStore, StoredRealm } from '@vestibule/core';
import type { Database } from 'better-sqlite3';

interface RealmRow {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly issuer: string;
  readonly settings: string;
  readonly apis: string;
  readonly scopes: string;
}

/** Realms on SQLite: a row each, with settings, APIs and scopes as JSON. */
export function createSqliteRealmStore(database: Database): RealmStore {
  const insert = database.prepare<[Omit<RealmRow, 'version'>]>(`
    INSERT INTO realms (id, version, name, issuer, settings, apis, scopes)
    VALUES (@id, 1, @name, @issuer, @settings, @apis, @scopes) ON CONFLICT DO NOTHING`);
  const update = database.prepare<[Omit<RealmRow, 'issuer'>]>(`
    UPDATE realms SET version = version + 1, name = @name, settings = @settings, apis = @apis, scopes = @scopes
    WHERE id = @id AND version = @version`);
  const select = database.prepare<[string], RealmRow>('SELECT * FROM realms WHERE id = ?');
  const selectAll = database.prepare<[], RealmRow>('SELECT * FROM realms ORDER BY id');

  return {
    find: async (id) => {
      const row = select.get(id);
      return row && toRealm(row);
    },
    list: async () => selectAll.all().map(toRealm),
    insert: async (realm) => (insert.run(toRow(realm)).changes === 1 ? 'inserted' : 'exists'),
    replace: async (next, version) => {
      if (update.run({ ...toRow(next), version }).changes === 1) return 'replaced';
      return select.get(next.id) === undefined ? 'missing' : 'stale';
    },
  };
}

function toRow({ id, name, issuer, settings, apis, scopes }: Realm): Omit<RealmRow, 'version'> {
  const json = {
    settings: JSON.stringify(settings),
    apis: JSON.stringify(apis),
    scopes: JSON.stringify(scopes),
  };
  return { id, name, issuer, ...json };
}

function toRealm({ id, version, name, issuer, settings, apis, scopes }: RealmRow): StoredRealm {
  const json = { settings: JSON.parse(settings), apis: JSON.parse(apis), scopes: JSON.parse(scopes) };
  return { id, version, name, issuer, ...json };
}

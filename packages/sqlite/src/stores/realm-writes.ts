import type { RealmRecord } from '@vestibule/core/realm';
import type { Database } from 'better-sqlite3';

export interface RealmRow {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly issuer: string;
  readonly settings: string;
  readonly apis: string;
  readonly scopes: string;
}

export interface RealmWrites {
  readonly insertRealm: (realm: RealmRecord) => 'inserted' | 'exists';
  readonly replaceRealm: (next: RealmRecord, expectedVersion: number) => 'replaced' | 'stale' | 'missing';
}

export function realmWrites(database: Database): RealmWrites {
  const insert = database.prepare<[Omit<RealmRow, 'version'>]>(`
    INSERT INTO realms (id, version, name, issuer, settings, apis, scopes)
    VALUES (@id, 1, @name, @issuer, @settings, @apis, @scopes) ON CONFLICT DO NOTHING`);
  const update = database.prepare<[Omit<RealmRow, 'issuer'>]>(`
    UPDATE realms SET version = version + 1, name = @name, settings = @settings, apis = @apis, scopes = @scopes
    WHERE id = @id AND version = @version`);
  const exists = database.prepare<[string]>('SELECT 1 FROM realms WHERE id = ?');
  return {
    insertRealm: (realm) => (insert.run(toRow(realm)).changes === 1 ? 'inserted' : 'exists'),
    replaceRealm: (next, version) => {
      if (update.run({ ...toRow(next), version }).changes === 1) return 'replaced';
      return exists.get(next.id) === undefined ? 'missing' : 'stale';
    },
  };
}

function toRow({ id, name, issuer, settings, apis, scopes }: RealmRecord): Omit<RealmRow, 'version'> {
  const json = {
    settings: JSON.stringify(settings),
    apis: JSON.stringify(apis),
    scopes: JSON.stringify(scopes),
  };
  return { id, name, issuer, ...json };
}

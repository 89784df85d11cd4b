import type { Api, Realm, RealmStore, Scope } from '@vestibule/core';
import type { Database } from 'better-sqlite3';

interface RealmRow {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly settings: string;
}

interface ApiRow {
  readonly realm: string;
  readonly id: string;
  readonly position: number;
  readonly name: string;
  readonly resource: string;
  readonly scopes: string;
  readonly open_to_dynamic_clients: number;
}

interface ScopeRow {
  readonly realm: string;
  readonly name: string;
  readonly position: number;
  readonly description: string;
  readonly open_to_dynamic_clients: number;
}

/** Realms with their settings, APIs and scopes, on SQLite. */
export function createSqliteRealmStore(database: Database): RealmStore {
  const insertRealm = database.prepare<[RealmRow]>(
    'INSERT INTO realms (id, name, issuer, settings) VALUES (@id, @name, @issuer, @settings) ON CONFLICT (id) DO NOTHING',
  );
  const updateRealm = database.prepare<[RealmRow]>(
    'UPDATE realms SET name = @name, issuer = @issuer, settings = @settings WHERE id = @id',
  );
  const insertApi = database.prepare<[ApiRow]>(`
    INSERT INTO apis (realm, id, position, name, resource, scopes, open_to_dynamic_clients)
    VALUES (@realm, @id, @position, @name, @resource, @scopes, @open_to_dynamic_clients)`);
  const insertScope = database.prepare<[ScopeRow]>(`
    INSERT INTO scopes (realm, name, position, description, open_to_dynamic_clients)
    VALUES (@realm, @name, @position, @description, @open_to_dynamic_clients)`);
  const deleteApis = database.prepare<[string]>('DELETE FROM apis WHERE realm = ?');
  const deleteScopes = database.prepare<[string]>('DELETE FROM scopes WHERE realm = ?');
  const selectRealm = database.prepare<[string], RealmRow>('SELECT * FROM realms WHERE id = ?');
  const selectIds = database.prepare<[], { readonly id: string }>('SELECT id FROM realms ORDER BY id');
  const selectApis = database.prepare<[string], ApiRow>(
    'SELECT * FROM apis WHERE realm = ? ORDER BY position',
  );
  const selectScopes = database.prepare<[string], ScopeRow>(
    'SELECT * FROM scopes WHERE realm = ? ORDER BY position',
  );

  const toRow = ({ id, name, issuer, settings }: Realm): RealmRow => ({
    id,
    name,
    issuer,
    settings: JSON.stringify(settings),
  });

  function insertParts({ id: realm, apis, scopes }: Realm): void {
    for (const [position, api] of apis.entries()) insertApi.run(toApiRow(realm, position, api));
    for (const [position, scope] of scopes.entries()) insertScope.run(toScopeRow(realm, position, scope));
  }

  const insert = database.transaction((realm: Realm): 'inserted' | 'exists' => {
    if (insertRealm.run(toRow(realm)).changes === 0) return 'exists';
    insertParts(realm);
    return 'inserted';
  });

  const replace = database.transaction((realm: Realm): 'replaced' | 'missing' => {
    if (updateRealm.run(toRow(realm)).changes === 0) return 'missing';
    deleteApis.run(realm.id);
    deleteScopes.run(realm.id);
    insertParts(realm);
    return 'replaced';
  });

  const find = database.transaction((id: string): Realm | undefined => {
    const row = selectRealm.get(id);
    if (row === undefined) return undefined;
    const { name, issuer, settings } = row;
    const apis = selectApis.all(id).map(toApi);
    const scopes = selectScopes.all(id).map(toScope);
    return { id, name, issuer, settings: JSON.parse(settings), apis, scopes };
  });

  const list = database.transaction((): readonly Realm[] =>
    selectIds.all().flatMap(({ id }) => find(id) ?? []),
  );

  return {
    find: async (id) => find(id),
    list: async () => list(),
    insert: async (realm) => insert.immediate(realm),
    replace: async (realm) => replace.immediate(realm),
  };
}

function toApiRow(realm: string, position: number, api: Api): ApiRow {
  const { id, name, resource, scopes, openToDynamicClients } = api;
  const open = Number(openToDynamicClients);
  return {
    realm,
    id,
    position,
    name,
    resource,
    scopes: JSON.stringify(scopes),
    open_to_dynamic_clients: open,
  };
}

function toApi({ id, name, resource, scopes, open_to_dynamic_clients: open }: ApiRow): Api {
  return { id, name, resource, scopes: JSON.parse(scopes), openToDynamicClients: open === 1 };
}

function toScopeRow(
  realm: string,
  position: number,
  { name, description, openToDynamicClients }: Scope,
): ScopeRow {
  return { realm, name, position, description, open_to_dynamic_clients: Number(openToDynamicClients) };
}

function toScope({ name, description, open_to_dynamic_clients: open }: ScopeRow): Scope {
  return { name, description, openToDynamicClients: open === 1 };
}

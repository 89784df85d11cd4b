import type { RealmStore, StoredRealm } from '@vestibule/core';
import type { RealmRecord } from '@vestibule/core/realm';
import type { Queryable } from '../database/statement.ts';

interface RealmRow {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly issuer: string;
  readonly settings: string;
  readonly apis: string;
  readonly scopes: string;
}

const COLUMNS = 'id, version, name, issuer, settings, apis, scopes';

const INSERT = `
  INSERT INTO realms (${COLUMNS}) VALUES ($1, 1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`;

const SELECT = `SELECT ${COLUMNS} FROM realms WHERE id = $1`;

const SELECT_ALL = `SELECT ${COLUMNS} FROM realms`;

/**
 * Realms are never deleted, so one that was not replaced either exists as of the beginning of the statement or not at all.
 */
const REPLACE = `
  WITH replaced AS (
    UPDATE realms SET version = version + 1, name = $3, settings = $4, apis = $5, scopes = $6
    WHERE id = $1 AND version = $2 RETURNING id
  )
  SELECT EXISTS (SELECT 1 FROM replaced) AS replaced, EXISTS (SELECT 1 FROM realms WHERE id = $1) AS known`;

/** Realms on PostgreSQL: one row each, with settings, APIs and scopes as JSON. */
export function createPostgresRealmStore(database: Queryable): RealmStore {
  return {
    find: async (id) => {
      const { rows } = await database.query<RealmRow>({
        name: 'realms.find',
        text: SELECT,
        values: [id],
        reads: true,
      });
      return rows[0] && toRealm(rows[0]);
    },
    list: async () => {
      const { rows } = await database.query<RealmRow>({ name: 'realms.list', text: SELECT_ALL, reads: true });
      // Sorted here, because the collation of a database depends on its system.
      return rows.map(toRealm).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    },
    insert: async (realm) => {
      const values = [realm.id, realm.name, realm.issuer, ...toJson(realm)];
      const { rowCount } = await database.query({ name: 'realms.insert', text: INSERT, values });
      return rowCount === 1 ? 'inserted' : 'exists';
    },
    replace: async (next, version) => {
      const { rows } = await database.query<{ readonly replaced: boolean; readonly known: boolean }>({
        name: 'realms.replace',
        text: REPLACE,
        values: [next.id, version, next.name, ...toJson(next)],
      });
      if (rows[0]?.replaced) return 'replaced';
      return rows[0]?.known ? 'stale' : 'missing';
    },
  };
}

const toJson = ({ settings, apis, scopes }: RealmRecord): readonly string[] =>
  [settings, apis, scopes].map((value) => JSON.stringify(value));

function toRealm({ id, version, name, issuer, settings, apis, scopes }: RealmRow): StoredRealm {
  const json = { settings: JSON.parse(settings), apis: JSON.parse(apis), scopes: JSON.parse(scopes) };
  return { id, version, name, issuer, ...json };
}

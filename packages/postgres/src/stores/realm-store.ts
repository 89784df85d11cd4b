import type { RealmStore, StoredRealm } from '@vestibule/core';
import type { RealmRecord } from '@vestibule/core/realm';
import type { Queryable } from '../database/statement.ts';
import { frozenJson } from './json.ts';

interface RealmRow {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly issuer: string;
  readonly settings: string;
  readonly apis: string;
  readonly scopes: string;
}

/** Columns are null if the mark is the known one. */
type FoundRow = { readonly mark: string } & (RealmRow | { readonly id: null });

const COLUMNS = 'id, version, name, issuer, settings, apis, scopes';

const INSERT = `
  INSERT INTO realms (${COLUMNS}) VALUES ($1, 1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`;

/**
 * The content of a row as a short text. The version alone is not enough: after a failover that lost a change, another one
 * gets the same version.
 */
const MARK = `version || '.' || hashtextextended(concat_ws(chr(1), name, settings, apis, scopes), 0)`;

/** The mark of a realm, and its row if it has another mark than `$2`. */
const SELECT = `
  SELECT current.mark, realms.* FROM (SELECT id, ${MARK} AS mark FROM realms WHERE id = $1) AS current
  LEFT JOIN realms ON realms.id = current.id AND current.mark IS DISTINCT FROM $2`;

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

/** A realm as it was parsed from a row. */
interface Parsed {
  readonly mark: string;
  readonly realm: StoredRealm;
}

/**
 * Realms on PostgreSQL: one row each, with settings, APIs and scopes as JSON. A row is parsed once for each change: `find`
 * only reads its mark and returns the same frozen object until another one is stored, whichever process stores it.
 */
export function createPostgresRealmStore(database: Queryable): RealmStore {
  /** The realms of this database. */
  const parsed = new Map<string, Parsed>();

  async function find(id: string): Promise<StoredRealm | undefined> {
    const known = parsed.get(id);
    const { rows } = await database.query<FoundRow>({
      name: 'realms.find',
      text: SELECT,
      values: [id, known?.mark ?? null],
      reads: true,
    });
    const [row] = rows;
    if (row === undefined) {
      parsed.delete(id);
      return undefined;
    }
    if (row.id === null) return known?.realm;
    const newest = parsed.get(id);
    if (newest?.mark === row.mark) return newest.realm;
    const realm = toRealm(row);
    parsed.set(id, { mark: row.mark, realm });
    return realm;
  }

  return {
    find,
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

/** A realm as its row. */
export function toRealmRow({ id, name, issuer, ...realm }: RealmRecord, version: number): RealmRow {
  return {
    id,
    version,
    name,
    issuer,
    settings: JSON.stringify(realm.settings),
    apis: JSON.stringify(realm.apis),
    scopes: JSON.stringify(realm.scopes),
  };
}

const toJson = ({ settings, apis, scopes }: RealmRecord): readonly string[] =>
  [settings, apis, scopes].map((value) => JSON.stringify(value));

function toRealm({ id, version, name, issuer, settings, apis, scopes }: RealmRow): StoredRealm {
  const json = { settings: frozenJson(settings), apis: frozenJson(apis), scopes: frozenJson(scopes) };
  return Object.freeze({ id, version, name, issuer, ...json });
}

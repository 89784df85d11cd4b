import type { GrantStore } from '@vestibule/server';
import type { SqliteDatabase } from '../../database/database.ts';
import { toPage } from '../page.ts';
import {
  COLUMNS,
  type GrantRow,
  type ListedGrantRow,
  type TokenRow,
  toGrant,
  toListed,
} from './grant-row.ts';
import {
  LIST_ENDED,
  LIST_OF,
  LIST_OF_ANY_PERSON,
  LIST_OF_CLIENT,
  SELECT_LIVING,
  SELECT_OF_FAMILY,
  SELECT_TOKEN,
} from './grant-statements.ts';

/** Grants and their refresh token families on SQLite. */
export function createSqliteGrantStore({ prepare, write }: SqliteDatabase): GrantStore {
  const select = prepare<[string, string], GrantRow>(
    `SELECT ${COLUMNS} FROM grants WHERE realm = ? AND id = ? AND opened_at IS NOT NULL AND ended_at IS NULL`,
  );
  const selectUnopened = prepare<[string, string], GrantRow>(
    `SELECT ${COLUMNS} FROM grants WHERE realm = ? AND id = ? AND opened_at IS NULL AND ended_at IS NULL`,
  );
  const selectToken = prepare<[string, string], Pick<TokenRow, 'grant_id'>>(SELECT_TOKEN);
  const selectOfFamily = prepare<[string, string], GrantRow>(SELECT_OF_FAMILY);
  const selectLiving = prepare<[string, string], GrantRow>(SELECT_LIVING);
  const selectOf = prepare<[string, string, number], ListedGrantRow>(LIST_OF);
  const selectOfClient = prepare<[string, string, string, number], ListedGrantRow>(LIST_OF_CLIENT);
  const selectOfAnyPerson = prepare<[string, string, number, string, number], ListedGrantRow>(
    LIST_OF_ANY_PERSON,
  );
  const selectEnded = prepare<[string, number, number], { readonly id: string }>(LIST_ENDED);

  /** The grant of a token without a family secret. */
  function ofToken(realm: string, hash: string): GrantRow | undefined {
    const token = selectToken.get(realm, hash);
    return token && selectLiving.get(realm, token.grant_id);
  }

  return {
    insert: (grant) => write('insertGrant', grant),
    open: (opening) => write('openGrant', opening),
    find: async (realm, id) => {
      const row = select.get(realm, id);
      return row && toGrant(row);
    },
    findUnopened: async (realm, id) => {
      const row = selectUnopened.get(realm, id);
      return row && toGrant(row);
    },
    listOf: async (realm, subject, now, clientId) => {
      const rows =
        clientId === undefined
          ? selectOf.all(realm, subject, now)
          : selectOfClient.all(realm, clientId, subject, now);
      return rows.toSorted(byAge).map(toListed);
    },
    listOfClient: async (realm, clientId, now, { after = '', limit }) =>
      toPage(
        selectOfAnyPerson.all(realm, clientId, now, after, limit + 1).map(toListed),
        limit,
        ({ id }) => id,
      ),
    listEnded: async (realm, since, limit = -1) => selectEnded.all(realm, since, limit).map(({ id }) => id),
    findByRefreshToken: async (realm, hash, family) => {
      const ofFamily = family === undefined ? undefined : selectOfFamily.get(realm, family);
      const row = ofFamily ?? ofToken(realm, hash);
      return row && toGrant(row);
    },
    rotate: (rotation) => write('rotateToken', rotation),
    end: (realm, id, at) => write('endGrant', realm, id, at),
    endOf: (realm, subject, clientId, at) => write('endGrantsOfPerson', realm, subject, clientId, at),
    endAll: (realm, clientId, at) => write('endGrantsOf', realm, clientId, at),
  };
}

/** The oldest first; grants of the same time in the order of their ids. */
const byAge = (one: GrantRow, other: GrantRow): number =>
  one.created_at - other.created_at || (one.id < other.id ? -1 : 1);

import type { GrantStore } from '@vestibule/server';
import type { SqliteDatabase } from '../../database/database.ts';
import { toPage } from '../page.ts';
import { type GrantRow, type ListedGrantRow, toGrant, toListed } from './grant-row.ts';
import { LIST_ENDED, LIST_OF, LIST_OF_ANY_PERSON, LIST_OF_CLIENT } from './grant-statements.ts';

/** Grants and their refresh token families on SQLite. */
export function createSqliteGrantStore({ prepare, write }: SqliteDatabase): GrantStore {
  const select = prepare<[string, string], GrantRow>(
    'SELECT * FROM grants WHERE realm = ? AND id = ? AND opened_at IS NOT NULL AND ended_at IS NULL',
  );
  const selectUnopened = prepare<[string, string], GrantRow>(
    'SELECT * FROM grants WHERE realm = ? AND id = ? AND opened_at IS NULL AND ended_at IS NULL',
  );
  const selectByToken = prepare<[string, string], GrantRow>(`
    SELECT grants.* FROM refresh_tokens JOIN grants ON grants.realm = refresh_tokens.realm AND grants.id = grant_id
    WHERE refresh_tokens.realm = ? AND hash = ? AND ended_at IS NULL`);
  const selectByFamily = prepare<[string, string], GrantRow>(`
    SELECT grants.* FROM refresh_tokens JOIN grants ON grants.realm = refresh_tokens.realm AND grants.id = grant_id
    WHERE refresh_tokens.realm = ? AND family_hash = ? AND ended_at IS NULL LIMIT 1`);
  const selectOf = prepare<[string, string, number], ListedGrantRow>(LIST_OF);
  const selectOfClient = prepare<[string, string, number, string], ListedGrantRow>(LIST_OF_CLIENT);
  const selectOfAnyPerson = prepare<[string, string, number, string, number], ListedGrantRow>(
    LIST_OF_ANY_PERSON,
  );
  const selectEnded = prepare<[string, number, number], { readonly id: string }>(LIST_ENDED);
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
          : selectOfClient.all(realm, subject, now, clientId);
      return rows.map(toListed);
    },
    listOfClient: async (realm, clientId, now, { after = '', limit }) =>
      toPage(
        selectOfAnyPerson.all(realm, clientId, now, after, limit + 1).map(toListed),
        limit,
        ({ id }) => id,
      ),
    listEnded: async (realm, since, limit = -1) => selectEnded.all(realm, since, limit).map(({ id }) => id),
    findByRefreshToken: async (realm, hash, family) => {
      const row =
        selectByToken.get(realm, hash) ??
        (family === undefined ? undefined : selectByFamily.get(realm, family));
      return row && toGrant(row);
    },
    rotate: (rotation) => write('rotateToken', rotation),
    end: (realm, id, at) => write('endGrant', realm, id, at),
    endOf: (realm, subject, clientId, at) => write('endGrantsOfPerson', realm, subject, clientId, at),
    endAll: (realm, clientId, at) => write('endGrantsOf', realm, clientId, at),
  };
}

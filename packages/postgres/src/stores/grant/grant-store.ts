import type { CommitChanges, GrantStore } from '@vestibule/server';
import type { Queryable } from '../../database/statement.ts';
import { toPage } from '../page.ts';
import {
  bindingColumn,
  type GrantRow,
  type ListedGrantRow,
  toGrant,
  toListed,
  toValues,
} from './grant-row.ts';
import {
  END,
  END_ALL,
  END_OF,
  INSERT,
  LIST_ENDED,
  LIST_OF,
  LIST_OF_ANY_PERSON,
  LIST_OF_CLIENT,
  OPEN,
  SELECT,
  SELECT_OF_FAMILY,
  SELECT_OF_TOKEN,
  SELECT_UNOPENED,
} from './grant-statements.ts';
import { rotateToken } from './rotate-token.ts';

/** Grants and their refresh token families on PostgreSQL. */
export function createPostgresGrantStore(database: Queryable, commit: CommitChanges): GrantStore {
  return {
    insert: async (grant) => {
      const { rowCount } = await database.query({
        name: 'grants.insert',
        text: INSERT,
        values: toValues(grant),
      });
      return rowCount === 1 ? 'inserted' : 'exists';
    },
    open: async ({ realm, id, at, expiresAt, token, ...binding }) => {
      const firstToken = [token?.family ?? null, token?.hash ?? null, token?.expiresAt ?? null];
      const { rows } = await database.query<Record<'opened' | 'known', boolean>>({
        name: 'grants.open',
        text: OPEN,
        values: [realm, id, at, expiresAt, bindingColumn(binding), ...firstToken],
      });
      if (rows[0]?.opened) return 'opened';
      return rows[0]?.known ? 'already-open' : 'missing';
    },
    find: async (realm, id) => {
      const statement = { name: 'grants.find', text: SELECT, values: [realm, id], reads: true };
      const { rows } = await database.query<GrantRow>(statement);
      return rows[0] && toGrant(rows[0]);
    },
    findUnopened: async (realm, id) => {
      const values = [realm, id];
      const statement = { name: 'grants.find-unopened', text: SELECT_UNOPENED, values, reads: true };
      const { rows } = await database.query<GrantRow>(statement);
      return rows[0] && toGrant(rows[0]);
    },
    listOf: async (realm, subject, now, clientId) => {
      const values = [realm, subject, now];
      const statement =
        clientId === undefined
          ? { name: 'grants.list-of', text: LIST_OF, values }
          : { name: 'grants.list-of-one-client', text: LIST_OF_CLIENT, values: [...values, clientId] };
      const { rows } = await database.query<ListedGrantRow>({ ...statement, reads: true });
      return rows.toSorted(byAge).map(toListed);
    },
    listOfClient: async (realm, clientId, now, { after = '', limit }) => {
      const { rows } = await database.query<ListedGrantRow>({
        name: 'grants.list-of-client',
        text: LIST_OF_ANY_PERSON,
        values: [realm, clientId, now, after, limit + 1],
        reads: true,
      });
      return toPage(rows.map(toListed), limit, ({ id }) => id);
    },
    listEnded: async (realm, since, limit) => {
      const values = [realm, since, limit ?? null];
      const statement = { name: 'grants.list-ended', text: LIST_ENDED, values, reads: true };
      const { rows } = await database.query<{ readonly id: string }>(statement);
      return rows.map(({ id }) => id);
    },
    findByRefreshToken: async (realm, hash, family) => {
      const statement =
        family === undefined
          ? { name: 'grants.find-by-token-without-family', text: SELECT_OF_TOKEN, values: [realm, hash] }
          : { name: 'grants.find-by-refresh-token', text: SELECT_OF_FAMILY, values: [realm, family] };
      const { rows } = await database.query<GrantRow>({ ...statement, reads: true });
      return rows[0] && toGrant(rows[0]);
    },
    rotate: (rotation) => rotateToken(database, commit, rotation),
    end: async (realm, id, at) => {
      const statement = { name: 'grants.end', text: END, values: [realm, id, at] };
      const { rows } = await database.query<GrantRow>(statement);
      return rows[0] && toGrant(rows[0]);
    },
    endOf: async (realm, subject, clientId, at) => {
      const statement = { name: 'grants.end-of', text: END_OF, values: [realm, subject, clientId, at] };
      const { rows } = await database.query<{ readonly id: string }>(statement);
      return rows.map(({ id }) => id);
    },
    endAll: async (realm, clientId, at) => {
      const statement = { name: 'grants.end-all', text: END_ALL, values: [realm, clientId, at] };
      return (await database.query(statement)).rowCount;
    },
  };
}

const byAge = (one: ListedGrantRow, other: ListedGrantRow): number =>
  one.created_at - other.created_at || (one.id < other.id ? -1 : 1);

import type { PersonStore, StoredPerson } from '@vestibule/server';
import type { SqliteDatabase } from '../database/database.ts';
import { toPage } from './page.ts';
import type { PersonRow } from './person-writes.ts';

/** People on SQLite. */
export function createSqlitePersonStore({ prepare, write }: SqliteDatabase): PersonStore {
  const selectBy = (column: 'username' | 'subject') =>
    prepare<[string, string], PersonRow>(`SELECT * FROM people WHERE realm = ? AND ${column} = ?`);
  const byUsername = selectBy('username');
  const bySubject = selectBy('subject');
  const selectPage = prepare<[string, string, number], PersonRow>(
    'SELECT * FROM people WHERE realm = ? AND username > ? ORDER BY username LIMIT ?',
  );
  const selectFirst = prepare<[string, number], PersonRow>(
    'SELECT * FROM people WHERE realm = ? ORDER BY username LIMIT ?',
  );
  return {
    list: async (realm, { after, limit }) => {
      const rows =
        after === undefined ? selectFirst.all(realm, limit + 1) : selectPage.all(realm, after, limit + 1);
      return toPage(rows.map(toPerson), limit, ({ username }) => username);
    },
    replace: (next, replaced) => write('replacePerson', next, replaced),
    remove: (realm, subject) => write('removePerson', realm, subject),
    insert: (person) => write('insertPerson', person),
    replacePasswordHash: (replacement) => write('replacePasswordHash', replacement),
    findByUsername: async (realm, username) => {
      const row = byUsername.get(realm, username);
      return row && toPerson(row);
    },
    findBySubject: async (realm, subject) => {
      const row = bySubject.get(realm, subject);
      return row && toPerson(row);
    },
  };
}

function toPerson({
  password_hash,
  email,
  email_verified,
  groups,
  reported_groups,
  ...person
}: PersonRow): StoredPerson {
  return {
    ...person,
    ...(password_hash !== null && { passwordHash: password_hash }),
    ...(email !== null && { email }),
    ...(email_verified !== null && { emailVerified: email_verified === 1 }),
    ...(groups !== null && { groups: JSON.parse(groups) }),
    ...(reported_groups !== null && { reportedGroups: JSON.parse(reported_groups) }),
  };
}

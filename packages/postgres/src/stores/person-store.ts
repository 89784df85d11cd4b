import type { PersonStore, StoredPerson } from '@vestibule/server';
import type { Queryable } from '../database/statement.ts';

interface PersonRow {
  readonly realm: string;
  readonly subject: string;
  readonly username: string;
  readonly name: string;
  readonly password_hash: string;
}

const COLUMNS = 'realm, subject, username, name, password_hash';

const INSERT = `INSERT INTO people (${COLUMNS}) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`;

const SELECT = `SELECT ${COLUMNS} FROM people WHERE realm = $1 AND username = $2`;

/** People who sign in with a password, on PostgreSQL. */
export function createPostgresPersonStore(database: Queryable): PersonStore {
  return {
    insert: async ({ realm, subject, username, name, passwordHash }) => {
      const values = [realm, subject, username, name, passwordHash];
      const { rowCount } = await database.query({ name: 'people.insert', text: INSERT, values });
      return rowCount === 1 ? 'inserted' : 'exists';
    },
    findByUsername: async (realm, username): Promise<StoredPerson | undefined> => {
      const { rows } = await database.query<PersonRow>({
        name: 'people.find-by-username',
        text: SELECT,
        values: [realm, username],
        reads: true,
      });
      if (rows[0] === undefined) return undefined;
      const { password_hash: passwordHash, ...person } = rows[0];
      return { ...person, passwordHash };
    },
  };
}

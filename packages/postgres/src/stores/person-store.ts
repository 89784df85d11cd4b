import type { PersonStore, StoredPerson } from '@vestibule/server';
import type { Queryable, Value } from '../database/statement.ts';

interface PersonRow {
  readonly realm: string;
  readonly subject: string;
  readonly username: string;
  readonly name: string;
  readonly password_hash: string;
  readonly email: string | null;
  readonly email_verified: number | null;
}

const COLUMNS = 'realm, subject, username, name, password_hash, email, email_verified';

const INSERT = `
  INSERT INTO people (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`;

const SELECT = `SELECT ${COLUMNS} FROM people WHERE realm = $1 AND username = $2`;

const SELECT_BY_SUBJECT = `SELECT ${COLUMNS} FROM people WHERE realm = $1 AND subject = $2`;

const REPLACE_PASSWORD_HASH = `
  UPDATE people SET password_hash = $4 WHERE realm = $1 AND subject = $2 AND password_hash = $3`;

/** People with a password on PostgreSQL. */
export function createPostgresPersonStore(database: Queryable): PersonStore {
  return {
    insert: async (person) => {
      const statement = { name: 'people.insert', text: INSERT, values: toValues(person) };
      return (await database.query(statement)).rowCount === 1 ? 'inserted' : 'exists';
    },
    replacePasswordHash: async ({ realm, subject, replaced, passwordHash }) => {
      const { rowCount } = await database.query({
        name: 'people.replace-password-hash',
        text: REPLACE_PASSWORD_HASH,
        values: [realm, subject, replaced, passwordHash],
      });
      return rowCount === 1 ? 'replaced' : 'stale';
    },
    findByUsername: async (realm, username) => {
      const { rows } = await database.query<PersonRow>({
        name: 'people.find-by-username',
        text: SELECT,
        values: [realm, username],
        reads: true,
      });
      return rows[0] && toPerson(rows[0]);
    },
    findBySubject: async (realm, subject) => {
      const { rows } = await database.query<PersonRow>({
        name: 'people.find-by-subject',
        text: SELECT_BY_SUBJECT,
        values: [realm, subject],
        reads: true,
      });
      return rows[0] && toPerson(rows[0]);
    },
  };
}

/** In the order of {@link COLUMNS}. */
const toValues = (person: StoredPerson): readonly Value[] => [
  person.realm,
  person.subject,
  person.username,
  person.name,
  person.passwordHash,
  person.email ?? null,
  person.emailVerified === undefined ? null : Number(person.emailVerified),
];

const toPerson = ({ password_hash, email, email_verified, ...person }: PersonRow): StoredPerson => ({
  ...person,
  passwordHash: password_hash,
  ...(email !== null && { email }),
  ...(email_verified !== null && { emailVerified: email_verified === 1 }),
});

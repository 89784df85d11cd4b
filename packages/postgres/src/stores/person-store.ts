import type { PersonStore, StoredPerson } from '@vestibule/server';
import { jsonOrNull } from './json.ts';
import { toPage } from './page.ts';
import type { Queryable, Value } from '../database/statement.ts';

interface PersonRow {
  readonly realm: string;
  readonly subject: string;
  readonly username: string;
  readonly name: string;
  readonly password_hash: string | null;
  readonly email: string | null;
  readonly email_verified: number | null;
  /** JSON, as `reported_groups` is. */
  readonly groups: string | null;
  readonly reported_groups: string | null;
}

const COLUMNS =
  'realm, subject, username, name, password_hash, email, email_verified, groups, reported_groups';

const INSERT = `
  INSERT INTO people (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`;

const SELECT = `SELECT ${COLUMNS} FROM people WHERE realm = $1 AND username = $2`;

const SELECT_BY_SUBJECT = `SELECT ${COLUMNS} FROM people WHERE realm = $1 AND subject = $2`;

/** Without a cursor from the beginning: no text comes before all others in every collation. */
const SELECT_PAGE = `
  SELECT ${COLUMNS} FROM people WHERE realm = $1 AND ($2::text IS NULL OR username > $2)
  ORDER BY username LIMIT $3`;

const REPLACE = `
  UPDATE people
  SET name = $3, password_hash = $4, email = $5, email_verified = $6, groups = $7, reported_groups = $8
  WHERE realm = $1 AND subject = $2 AND name = $9 AND password_hash IS NOT DISTINCT FROM $10
    AND email IS NOT DISTINCT FROM $11 AND email_verified IS NOT DISTINCT FROM $12
    AND groups IS NOT DISTINCT FROM $13 AND reported_groups IS NOT DISTINCT FROM $14`;

const REMOVE = 'DELETE FROM people WHERE realm = $1 AND subject = $2';

const REPLACE_PASSWORD_HASH = `
  UPDATE people SET password_hash = $4 WHERE realm = $1 AND subject = $2 AND password_hash = $3`;

/** People on PostgreSQL. */
export function createPostgresPersonStore(database: Queryable): PersonStore {
  return {
    insert: async (person) => {
      const statement = {
        name: 'people.insert',
        text: INSERT,
        values: Object.values<Value>({ ...toPersonRow(person) }),
      };
      return (await database.query(statement)).rowCount === 1 ? 'inserted' : 'exists';
    },
    list: async (realm, { after, limit }) => {
      const { rows } = await database.query<PersonRow>({
        name: 'people.list',
        text: SELECT_PAGE,
        values: [realm, after ?? null, limit + 1],
        reads: true,
      });
      return toPage(rows.map(toPerson), limit, ({ username }) => username);
    },
    replace: async (next, replaced) => {
      const { rowCount } = await database.query({
        name: 'people.replace',
        text: REPLACE,
        values: [next.realm, next.subject, ...changeableValues(next), ...changeableValues(replaced)],
      });
      return rowCount === 1 ? 'replaced' : 'stale';
    },
    remove: async (realm, subject) => {
      const { rowCount } = await database.query({
        name: 'people.remove',
        text: REMOVE,
        values: [realm, subject],
      });
      return rowCount === 1 ? 'removed' : 'missing';
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

/** A person as their row, in the order of {@link COLUMNS}. */
export const toPersonRow = ({ realm, subject, username, ...person }: StoredPerson): PersonRow => ({
  realm,
  subject,
  username,
  name: person.name,
  password_hash: person.passwordHash ?? null,
  email: person.email ?? null,
  email_verified: person.emailVerified === undefined ? null : Number(person.emailVerified),
  groups: jsonOrNull(person.groups),
  reported_groups: jsonOrNull(person.reportedGroups),
});

const changeableValues = ({
  name,
  passwordHash,
  email,
  emailVerified,
  groups,
  reportedGroups,
}: StoredPerson): readonly Value[] => [
  name,
  passwordHash ?? null,
  email ?? null,
  emailVerified === undefined ? null : Number(emailVerified),
  jsonOrNull(groups),
  jsonOrNull(reportedGroups),
];

const toPerson = ({
  password_hash,
  email,
  email_verified,
  groups,
  reported_groups,
  ...person
}: PersonRow): StoredPerson => ({
  ...person,
  ...(password_hash !== null && { passwordHash: password_hash }),
  ...(email !== null && { email }),
  ...(email_verified !== null && { emailVerified: email_verified === 1 }),
  ...(groups !== null && { groups: JSON.parse(groups) }),
  ...(reported_groups !== null && { reportedGroups: JSON.parse(reported_groups) }),
});

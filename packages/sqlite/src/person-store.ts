import type { PersonStore, StoredPerson } from '@vestibule/server';
import type { Database } from 'better-sqlite3';
import type { SqliteDatabase } from './database.ts';

interface PersonRow {
  readonly realm: string;
  readonly subject: string;
  readonly username: string;
  readonly name: string;
  readonly password_hash: string;
}

export interface PersonWrites {
  readonly insertPerson: (person: StoredPerson) => 'inserted' | 'exists';
}

export function personWrites(database: Database): PersonWrites {
  const insert = database.prepare<[PersonRow]>(`
    INSERT INTO people (realm, subject, username, name, password_hash)
    VALUES (@realm, @subject, @username, @name, @password_hash) ON CONFLICT DO NOTHING`);
  return {
    insertPerson: ({ passwordHash, ...person }) =>
      insert.run({ ...person, password_hash: passwordHash }).changes === 1 ? 'inserted' : 'exists',
  };
}

/** People who sign in with a password, on SQLite. */
export function createSqlitePersonStore({ prepare, write }: SqliteDatabase): PersonStore {
  const select = prepare<[string, string], PersonRow>(
    'SELECT * FROM people WHERE realm = ? AND username = ?',
  );
  return {
    insert: (person) => write('insertPerson', person),
    findByUsername: async (realm, username): Promise<StoredPerson | undefined> => {
      const row = select.get(realm, username);
      if (row === undefined) return undefined;
      const { password_hash: passwordHash, ...person } = row;
      return { ...person, passwordHash };
    },
  };
}

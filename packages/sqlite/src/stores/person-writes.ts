import type { PasswordHashReplacement, StoredPerson } from '@vestibule/server';
import type { Database } from 'better-sqlite3';

export interface PersonRow {
  readonly realm: string;
  readonly subject: string;
  readonly username: string;
  readonly name: string;
  readonly password_hash: string;
  readonly email: string | null;
  readonly email_verified: number | null;
}

export interface PersonWrites {
  readonly insertPerson: (person: StoredPerson) => 'inserted' | 'exists';
  readonly replacePasswordHash: (replacement: PasswordHashReplacement) => 'replaced' | 'stale';
}

export function personWrites(database: Database): PersonWrites {
  const insert = database.prepare<[PersonRow]>(`
    INSERT INTO people (realm, subject, username, name, password_hash, email, email_verified)
    VALUES (@realm, @subject, @username, @name, @password_hash, @email, @email_verified) ON CONFLICT DO NOTHING`);
  const replaceHash = database.prepare<[PasswordHashReplacement]>(`
    UPDATE people SET password_hash = @passwordHash
    WHERE realm = @realm AND subject = @subject AND password_hash = @replaced`);
  return {
    replacePasswordHash: (replacement) => (replaceHash.run(replacement).changes === 1 ? 'replaced' : 'stale'),
    insertPerson: (person) => (insert.run(toRow(person)).changes === 1 ? 'inserted' : 'exists'),
  };
}

function toRow({ passwordHash, email, emailVerified, ...person }: StoredPerson): PersonRow {
  return {
    ...person,
    password_hash: passwordHash,
    email: email ?? null,
    email_verified: emailVerified === undefined ? null : Number(emailVerified),
  };
}

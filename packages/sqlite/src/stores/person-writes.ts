import type { PasswordHashReplacement, StoredPerson } from '@vestibule/server';
import type { Database } from 'better-sqlite3';
import { jsonOrNull } from './json.ts';

export interface PersonRow {
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

/** A person as it shall be, and what the row must still have. */
interface ReplacedPerson extends PersonRow {
  readonly oldName: PersonRow['name'];
  readonly oldHash: PersonRow['password_hash'];
  readonly oldEmail: PersonRow['email'];
  readonly oldVerified: PersonRow['email_verified'];
  readonly oldGroups: PersonRow['groups'];
  readonly oldReported: PersonRow['reported_groups'];
}

export interface PersonWrites {
  readonly insertPerson: (person: StoredPerson) => 'inserted' | 'exists';
  readonly replacePerson: (next: StoredPerson, replaced: StoredPerson) => 'replaced' | 'stale';
  readonly removePerson: (realm: string, subject: string) => 'removed' | 'missing';
  readonly replacePasswordHash: (replacement: PasswordHashReplacement) => 'replaced' | 'stale';
}

export function personWrites(database: Database): PersonWrites {
  const insert = database.prepare<[PersonRow]>(`
    INSERT INTO people
      (realm, subject, username, name, password_hash, email, email_verified, groups, reported_groups)
    VALUES
      (@realm, @subject, @username, @name, @password_hash, @email, @email_verified, @groups, @reported_groups)
    ON CONFLICT DO NOTHING`);
  const replaceHash = database.prepare<[PasswordHashReplacement]>(`
    UPDATE people SET password_hash = @passwordHash
    WHERE realm = @realm AND subject = @subject AND password_hash = @replaced`);
  const replace = database.prepare<[ReplacedPerson]>(`
    UPDATE people SET name = @name, password_hash = @password_hash, email = @email, email_verified = @email_verified,
      groups = @groups, reported_groups = @reported_groups
    WHERE realm = @realm AND subject = @subject AND name = @oldName AND password_hash IS @oldHash
      AND email IS @oldEmail AND email_verified IS @oldVerified AND groups IS @oldGroups
      AND reported_groups IS @oldReported`);
  const remove = database.prepare<[string, string]>('DELETE FROM people WHERE realm = ? AND subject = ?');
  return {
    replacePerson: (next, replaced) => {
      const { name, password_hash, email, email_verified, groups, reported_groups } = toRow(replaced);
      const old = {
        oldName: name,
        oldHash: password_hash,
        oldEmail: email,
        oldVerified: email_verified,
        oldGroups: groups,
        oldReported: reported_groups,
      };
      return replace.run({ ...toRow(next), ...old }).changes === 1 ? 'replaced' : 'stale';
    },
    removePerson: (realm, subject) => (remove.run(realm, subject).changes === 1 ? 'removed' : 'missing'),
    replacePasswordHash: (replacement) => (replaceHash.run(replacement).changes === 1 ? 'replaced' : 'stale'),
    insertPerson: (person) => (insert.run(toRow(person)).changes === 1 ? 'inserted' : 'exists'),
  };
}

function toRow({
  passwordHash,
  email,
  emailVerified,
  groups,
  reportedGroups,
  ...person
}: StoredPerson): PersonRow {
  return {
    ...person,
    password_hash: passwordHash ?? null,
    email: email ?? null,
    email_verified: emailVerified === undefined ? null : Number(emailVerified),
    groups: jsonOrNull(groups),
    reported_groups: jsonOrNull(reportedGroups),
  };
}

/** A person may have no password, and may sign in at a page elsewhere, which hands over the result. */
export const SIGN_IN = `
  CREATE TABLE people_013 (
    realm TEXT NOT NULL,
    subject TEXT NOT NULL,
    username TEXT NOT NULL,
    name TEXT NOT NULL,
    password_hash TEXT,
    email TEXT,
    email_verified INTEGER,
    PRIMARY KEY (realm, subject),
    UNIQUE (realm, username)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO people_013 (realm, subject, username, name, password_hash, email, email_verified)
    SELECT realm, subject, username, name, password_hash, email, email_verified FROM people;
  DROP TABLE people;
  ALTER TABLE people_013 RENAME TO people;

  CREATE TABLE finished_sign_ins (
    realm TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    taken_at INTEGER,
    PRIMARY KEY (realm, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX finished_sign_ins_by_expiry ON finished_sign_ins (expires_at);
`;

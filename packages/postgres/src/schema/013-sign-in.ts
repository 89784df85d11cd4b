/** A person may have no password, and may sign in at a page elsewhere, which hands over the result. */
export const SIGN_IN = `
  ALTER TABLE people ALTER COLUMN password_hash DROP NOT NULL;

  CREATE TABLE finished_sign_ins (
    realm text NOT NULL,
    key text NOT NULL,
    value text NOT NULL,
    expires_at bigint NOT NULL,
    taken_at bigint,
    PRIMARY KEY (realm, key)
  );
  CREATE INDEX finished_sign_ins_by_expiry ON finished_sign_ins (expires_at);
`;

import { existsSync } from 'node:fs';

/** The default path of the file with the secret that encrypts the signing keys of a SQLite database. */
export const keyFileOf = (databasePath: string): string => `${databasePath}.key`;

/** A note on the signing keys in a copy of a database; empty if the database has no key file beside it. */
export const keyFileNote = (databasePath: string): string =>
  existsSync(keyFileOf(databasePath))
    ? `\nIts signing keys stay encrypted with the secret in ${keyFileOf(databasePath)}. Keep a copy of that file in another place, and start with\nKEY_ENCRYPTION_KEY_FILE=${keyFileOf(databasePath)}`
    : '';

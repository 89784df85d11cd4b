import { existsSync } from 'node:fs';

/** Where the secret is that the signing keys of a SQLite database are encrypted with, unless it was named. */
export const keyFileOf = (databasePath: string): string => `${databasePath}.key`;

/** What is to be said about the keys in a copy of a database: nothing, where they have no file beside it. */
export const aboutKeys = (databasePath: string): string =>
  existsSync(keyFileOf(databasePath))
    ? `\nSigning keys in it stay encrypted under ${keyFileOf(databasePath)}: keep a copy of that elsewhere, and start with\nKEY_ENCRYPTION_KEY_FILE=${keyFileOf(databasePath)}`
    : '';

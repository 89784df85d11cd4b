import { keyFileOf } from '@vestibule/database';
import { existsSync } from 'node:fs';

/** A note on the signing keys in a copy of a database; empty if the database has no key file beside it. */
export const keyFileNote = (databasePath: string): string =>
  existsSync(keyFileOf(databasePath))
    ? `\nIts signing keys stay encrypted with the secret in ${keyFileOf(databasePath)}. Keep a copy of that file in another place, and start with\nKEY_ENCRYPTION_KEY_FILE=${keyFileOf(databasePath)}`
    : '';

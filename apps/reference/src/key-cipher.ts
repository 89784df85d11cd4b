import { type DatabaseLocation, keyFileOf, reasonOf, Refused } from '@vestibule/cli';
import { type Realm, realmSettings } from '@vestibule/core';
import { createKeyCipher, type KeyCipher, type KeyStore, planKeys } from '@vestibule/server';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { type Config, secretsIn } from './config.ts';

/**
 * What signing keys are encrypted with at rest: the secrets of the environment, those of the file that it names, or those of
 * a file beside the SQLite database. `undefined` where there are none: for PostgreSQL, a database in memory, and a SQLite
 * database whose file {@link makeKeyFile} has yet to make.
 *
 * @throws Refused that says what is wrong, and never what the secret is
 */
export async function findKeyCipher({
  keyEncryption,
  database,
}: Pick<Config, 'keyEncryption' | 'database'>): Promise<KeyCipher | undefined> {
  switch (keyEncryption.from) {
    case 'environment':
      return cipherOf(keyEncryption.secrets, 'KEY_ENCRYPTION_KEY');
    case 'file':
      return cipherOf(await secretsOf(keyEncryption.path), `KEY_ENCRYPTION_KEY_FILE=${keyEncryption.path}`);
    case 'default': {
      const path = keyFileBeside(database);
      return path !== undefined && existsSync(path) ? cipherOf(await secretsOf(path), path) : undefined;
    }
  }
}

/**
 * Makes the file beside a SQLite database, where {@link findKeyCipher} found none. Last before the app serves, so that a start
 * that fails leaves none behind.
 *
 * @returns `undefined` where no file belongs beside the database
 */
export async function makeKeyFile({ database }: Pick<Config, 'database'>): Promise<KeyCipher | undefined> {
  const path = keyFileBeside(database);
  if (path === undefined) return undefined;
  try {
    // Another process may be faster; then its file is the one.
    await writeFile(path, `${randomBytes(32).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!isTaken(error)) throw new Refused(`${path} cannot be written: ${reasonOf(error)}`);
  }
  return cipherOf(await secretsOf(path), path);
}

/**
 * Looks whether the keys that realms sign with can be read, before anybody is served.
 *
 * @throws Refused that says what to do where they cannot
 */
export async function checkKeys(keys: KeyStore, realms: readonly Realm[], cipher: KeyCipher): Promise<void> {
  for (const { id, settings } of realms) {
    const { signing } = planKeys(await keys.list(id), realmSettings(settings), Date.now());
    if (signing === undefined) continue;
    try {
      await cipher.decrypt(signing.privateKey, signing.kid);
    } catch (error) {
      throw new Refused(
        `The keys that the realm ${id} signs with cannot be read: ${reasonOf(error)}\n` +
          'Name their secret with KEY_ENCRYPTION_KEY or KEY_ENCRYPTION_KEY_FILE: that of the database which this one is a copy\n' +
          'of is in the file called like it that ends in .key. If it is lost, vestibule keys replace\n' +
          '--compromised has new ones made: access tokens that are out are void then, and nothing else is.',
      );
    }
  }
}

/** A database in memory ends with the process, and so do its keys. */
const keyFileBeside = (database: DatabaseLocation): string | undefined =>
  database.kind === 'sqlite' && database.path !== ':memory:' ? keyFileOf(database.path) : undefined;

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST';

async function secretsOf(path: string): Promise<readonly string[]> {
  try {
    return secretsIn(await readFile(path, 'utf8'));
  } catch (error) {
    throw new Refused(`${path} cannot be read: ${reasonOf(error)}`);
  }
}

async function cipherOf(secrets: readonly string[], namedBy: string): Promise<KeyCipher> {
  try {
    return await createKeyCipher(secrets);
  } catch {
    throw new Refused(
      `${namedBy} must be 32 random bytes in base64url, or several parted by commas. ` +
        `node -p 'crypto.randomBytes(32).toString("base64url")' makes one.`,
    );
  }
}

import { type Realm, realmSettings } from '@vestibule/core';
import { type DatabaseLocation, keyFileOf, reasonOf, Refused } from '@vestibule/database';
import { createKeyCipher, type KeyCipher, type KeyStore, planKeys } from '@vestibule/server';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { type Config, secretsIn } from './config.ts';

/**
 * The cipher for signing keys at rest, with the secrets of `KEY_ENCRYPTION_KEY`, of the file in `KEY_ENCRYPTION_KEY_FILE`, or of
 * the file beside the SQLite database. `undefined` if none is configured: for PostgreSQL, for a database in memory, and for
 * a SQLite database whose key file {@link makeKeyFile} has not created yet.
 *
 * @throws Refused with what is wrong, but never with the secret
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
 * Creates the key file beside a SQLite database if {@link findKeyCipher} found none. This is the last step before the app
 * serves, so that a failed start leaves no file behind.
 *
 * @returns `undefined` if the database has no key file beside it
 */
export async function makeKeyFile({ database }: Pick<Config, 'database'>): Promise<KeyCipher | undefined> {
  const path = keyFileBeside(database);
  if (path === undefined) return undefined;
  try {
    // If another process has created the file in the meantime, that one is used.
    await writeFile(path, `${randomBytes(32).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!fileExists(error)) throw new Refused(`${path} cannot be written: ${reasonOf(error)}`);
  }
  return cipherOf(await secretsOf(path), path);
}

/**
 * Checks before the app serves that the signing keys of all realms can be decrypted.
 *
 * @throws Refused with what to do if they cannot
 */
export async function checkKeys(keys: KeyStore, realms: readonly Realm[], cipher: KeyCipher): Promise<void> {
  for (const { id, settings } of realms) {
    const { signing } = planKeys(await keys.list(id), realmSettings(settings), Date.now());
    if (signing === undefined) continue;
    try {
      await cipher.decrypt(signing.privateKey, signing.kid);
    } catch (error) {
      throw new Refused(
        `The signing keys of the realm ${id} cannot be decrypted: ${reasonOf(error)}\n` +
          'Set KEY_ENCRYPTION_KEY or KEY_ENCRYPTION_KEY_FILE to the secret that encrypted them. If this database is a copy of a\n' +
          'SQLite database, the secret is in the file beside the original with the suffix .key. If the secret is lost, run\n' +
          'vestibule keys replace --compromised to generate new keys: only access tokens that are in use become invalid.',
      );
    }
  }
}

/** A database in memory ends with the process, and so do its keys. */
const keyFileBeside = (database: DatabaseLocation): string | undefined =>
  database.kind === 'sqlite' && database.path !== ':memory:' ? keyFileOf(database.path) : undefined;

const fileExists = (error: unknown): boolean =>
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
      `${namedBy} must be 32 random bytes in base64url, or several of these, comma-separated. ` +
        `Generate one with node -p 'crypto.randomBytes(32).toString("base64url")'.`,
    );
  }
}

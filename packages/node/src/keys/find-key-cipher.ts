import type { Realm } from '@vestibule/core/realm';
import { type DatabaseLocation, keyFileOf, reasonOf, Refused } from '@vestibule/database';
import { createKeyCipher, type KeyCipher, type KeyStore, planKeys } from '@vestibule/server';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { OPTION_NAMES, type SettingNames } from '../setting-names.ts';
import { type KeyEncryption, secretsIn } from './key-encryption.ts';

/** The database, and where the secret that encrypts its signing keys is. */
export interface KeyCipherOptions {
  readonly keyEncryption: KeyEncryption;
  readonly database?: DatabaseLocation | undefined;
  /** What messages call the settings. @default the names of the options */
  readonly names?: SettingNames;
}

/**
 * The cipher for signing keys at rest, with the configured secrets, those of the configured file, or those of the file beside the
 * SQLite database. `undefined` if none is configured: for PostgreSQL, for a database in memory, and for a SQLite database
 * whose key file {@link makeKeyFile} has not created yet.
 *
 * @throws Refused with what is wrong, but never with the secret
 */
export async function findKeyCipher({
  keyEncryption,
  database,
  names = OPTION_NAMES,
}: KeyCipherOptions): Promise<KeyCipher | undefined> {
  switch (keyEncryption.from) {
    case 'secrets':
      return cipherOf(keyEncryption.secrets, names.keySecrets);
    case 'file':
      return cipherOf(
        await secretsOf(keyEncryption.path),
        `${names.keyFile}${names.assign}${keyEncryption.path}`,
      );
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
export async function makeKeyFile({
  database,
}: Pick<KeyCipherOptions, 'database'>): Promise<KeyCipher | undefined> {
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
export async function checkKeys(
  keys: KeyStore,
  realms: readonly Realm[],
  cipher: KeyCipher,
  { keySecrets, keyFile }: SettingNames = OPTION_NAMES,
): Promise<void> {
  for (const { id, settings } of realms) {
    const { signing } = planKeys(await keys.list(id), settings, Date.now());
    if (signing === undefined) continue;
    try {
      await cipher.decrypt(signing.privateKey, signing.kid);
    } catch (error) {
      throw new Refused(
        `The signing keys of the realm ${id} cannot be decrypted: ${reasonOf(error)}\n` +
          `Set ${keySecrets} or ${keyFile} to the secret that encrypted them. If this database is a copy of a\n` +
          'SQLite database, the secret is in the file beside the original with the suffix .key. If the secret is lost, run\n' +
          'vestibule keys replace --compromised to generate new keys: only access tokens that are in use become invalid.',
      );
    }
  }
}

/** A database in memory ends with the process, and so do its keys. */
const keyFileBeside = (database: DatabaseLocation | undefined): string | undefined =>
  database?.kind === 'sqlite' && database.path !== ':memory:' ? keyFileOf(database.path) : undefined;

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

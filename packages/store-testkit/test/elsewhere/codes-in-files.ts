import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuthorizationCode, OneTimeStore } from '@vestibule/server';
import { createMemoryStores } from '@vestibule/server/memory';
import type { OpenStores } from '../../src/index.ts';

interface Argument {
  readonly folder: string;
  /** Whether only this connection knows what was consumed. */
  readonly forgetful: boolean;
}

/** Codes in files that other processes can open as well; everything else is in memory. */
export const openStores: OpenStores = async (argument) => ({
  stores: { ...createMemoryStores(), codes: createCodesInFiles(checked(argument)) },
  close: async () => {},
});

function createCodesInFiles({ folder, forgetful }: Argument): OneTimeStore<AuthorizationCode> {
  const taken = new Set<string>();
  const pathOf = (realm: string, key: string): string =>
    join(
      folder,
      createHash('sha256')
        .update(JSON.stringify([realm, key]))
        .digest('hex'),
    );
  const isFirstToTake = (path: string): Promise<boolean> | boolean => {
    if (!forgetful) return create(`${path}.taken`, '');
    const first = !taken.has(path);
    taken.add(path);
    return first;
  };

  return {
    put: async (realm, key, value, expiresAt) =>
      (await create(pathOf(realm, key), JSON.stringify({ value, expiresAt }))) ? 'stored' : 'exists',
    find: async (realm, key, now) => {
      const path = pathOf(realm, key);
      const isTaken =
        taken.has(path) || (await readFile(`${path}.taken`).catch(() => undefined)) !== undefined;
      const text = await readFile(path, 'utf8').catch(() => undefined);
      if (text === undefined || isTaken) return undefined;
      const { value, expiresAt } = JSON.parse(text);
      return expiresAt > now ? value : undefined;
    },
    take: async (realm, key, now) => {
      const text = await readFile(pathOf(realm, key), 'utf8').catch(() => undefined);
      if (text === undefined) return undefined;
      const { value, expiresAt } = JSON.parse(text);
      return expiresAt > now && (await isFirstToTake(pathOf(realm, key))) ? value : undefined;
    },
  };
}

/** Creates a file, and returns whether it did not exist before. */
const create = (path: string, text: string): Promise<boolean> =>
  writeFile(path, text, { flag: 'wx' }).then(
    () => true,
    () => false,
  );

function checked(argument: unknown): Argument {
  if (typeof argument === 'object' && argument !== null && 'folder' in argument && 'forgetful' in argument) {
    return { folder: String(argument.folder), forgetful: argument.forgetful === true };
  }
  throw new Error('The argument has to be { folder, forgetful }.');
}

import { openDatabase } from '@vestibule/postgres';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Something that was stored or sent, by its place. */
export interface Kept {
  readonly where: string;
  readonly text: string;
}

/** Which of these secrets are in clear somewhere, and where. */
export const found = (secrets: readonly string[], kept: readonly Kept[]): readonly string[] =>
  kept.flatMap(({ where, text }) =>
    secrets.filter((secret) => text.includes(secret)).map((secret) => `${where}: ${secret}`),
  );

/** Every byte of every file in a folder, including the write-ahead log of a database. */
export async function bytesOf(folder: string): Promise<readonly Kept[]> {
  const files = await readdir(folder);
  return Promise.all(
    files.map(async (file) => ({
      where: file,
      text: (await readFile(join(folder, file))).toString('latin1'),
    })),
  );
}

/** Every row of every table. */
export async function rowsOf(url: string): Promise<readonly Kept[]> {
  const database = await openDatabase({ url });
  try {
    const tables = await database.query<{ readonly name: string }>({
      text: `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema()`,
    });
    const kept: Kept[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await database.query<{ readonly text: string }>({
        text: `SELECT row::text AS text FROM "${name}" AS row`,
      });
      kept.push(...rows.map(({ text }) => ({ where: name, text })));
    }
    return kept;
  } finally {
    await database.close();
  }
}

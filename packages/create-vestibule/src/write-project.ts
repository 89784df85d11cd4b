import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ProjectFiles } from './project-files.ts';

/**
 * Writes the files of a project into a folder that is new or empty. `.env` has a secret: only the owner can read it.
 *
 * @returns the problem if the folder cannot be used; then nothing was written
 */
export function writeProject(folder: string, files: ProjectFiles): string | undefined {
  try {
    mkdirSync(folder, { recursive: true });
    const present = readdirSync(folder).filter((name) => name !== '.git');
    if (present.length > 0) return `${folder} is not empty. Name a new folder; nothing was written.`;
    for (const [path, content] of files) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content, { flag: 'wx', mode: path === '.env' ? 0o600 : 0o644 });
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? `The project was not written: ${error.message}` : String(error);
  }
}

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Results, resultsSchema } from '../run/results.ts';
import { UsageError } from './options.ts';

const FOLDER = fileURLToPath(new URL('../../results/', import.meta.url));

/** A file to which a run writes what it has measured so far. */
export interface ResultsFile {
  readonly path: string;
  readonly save: (results: Results) => void;
}

/** The file at a path, or one in `results` that is named by the time. */
export function storeResults(path: string | undefined): ResultsFile {
  const time = new Date().toISOString().slice(0, 16).replaceAll(':', '-');
  const file = path === undefined ? resolve(FOLDER, `${time}.json`) : resolve(path);
  return {
    path: file,
    save(results) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, format(results));
    },
  };
}

/** Reads stored results. Throws an error that names the file and what is wrong. */
export function readResults(path: string): Results {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = resultsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(
    `${path}: is not a stored run. ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
  );
}

/** One line for each slice: small, and changes are readable. */
function format(results: Results): string {
  const members = Object.entries(results).map(([name, value]) => {
    if (!Array.isArray(value)) return `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`;
    const lines = value.map((one) => `    ${JSON.stringify(one)}`).join(',\n');
    return `  ${JSON.stringify(name)}: [${lines === '' ? '' : `\n${lines}\n  `}]`;
  });
  return `{\n${members.join(',\n')}\n}\n`;
}

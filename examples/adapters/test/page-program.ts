import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const PAGE = join(import.meta.dirname, '../../../apps/docs/adapters.md');
/** In a folder that has the packages of this example. */
const FOLDER = join(import.meta.dirname, '../node_modules/.page-programs');
/** From there. */
const ROUTES = '../../test/page-routes.ts';

/** The first program of a section of the page about adapters. */
function programOf(section: string): string {
  const [, text = ''] = readFileSync(PAGE, 'utf8').split(`\n## ${section}\n`);
  const code = /```ts\n(.*?)```/s.exec(text)?.[1];
  if (code === undefined) throw new Error(`The page has no program for ${section}.`);
  return `import { routes } from ${JSON.stringify(ROUTES)};\n${code}`;
}

const fileName = (section: string): string => section.replaceAll(/\W+/g, '-');

/**
 * Compiles the first programs of sections strictly.
 *
 * @throws Error with the messages of the compiler
 */
export async function compilePrograms(sections: readonly string[]): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const files = sections.map((section) => `${fileName(section)}.ts`);
  for (const section of sections) writeFileSync(join(FOLDER, `${fileName(section)}.ts`), programOf(section));
  const config = join(FOLDER, 'tsconfig.json');
  writeFileSync(config, JSON.stringify({ extends: '../../tsconfig.json', files, include: [] }));
  await promisify(execFile)(join(import.meta.dirname, '../../../node_modules/.bin/tsc'), ['-p', config]);
}

/**
 * Writes the first program of a section of the page about adapters to a file, with routes of this test.
 *
 * @param port the port to listen on, instead of the one that the page names
 * @returns the path of the module
 */
export async function pageProgram(section: string, port = 0): Promise<string> {
  mkdirSync(FOLDER, { recursive: true });
  const outfile = join(FOLDER, `${fileName(section)}-${port}.mjs`);
  await build({
    stdin: { contents: programOf(section).replace('4000', String(port)), resolveDir: FOLDER, loader: 'ts' },
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    target: 'es2024',
    logLevel: 'error',
  });
  return outfile;
}

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PAGES_OF_PARTS } from '../../../scripts/installs/pages-of-parts.ts';
import { programsIn } from '../../../scripts/installs/readme-programs.ts';
import { ROOT, trackedPages } from '../src/pages/read-sources.ts';

/** Where the programs of pages are, so that they find the packages that this one depends on. */
const FOLDER = join(import.meta.dirname, '../.site/snippets');

/** The programs of the pages in this folder. Those of packages' READMEs are run by `check:installs`, installed. */
const programs = trackedPages()
  .filter(
    (file) => file.startsWith('apps/docs/') && !PAGES_OF_PARTS.some((part) => file === `apps/docs/${part}`),
  )
  .flatMap((file) =>
    programsIn(readFileSync(join(ROOT, file), 'utf8')).map(({ index, code, prints }) => ({
      name: `${file.slice('apps/docs/'.length)}, program ${index + 1}`,
      file: `${file.slice('apps/docs/'.length).replaceAll(/\W/g, '-')}-${index}.mts`,
      code,
      prints,
    })),
  );

beforeAll(() => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const { file, code } of programs) writeFileSync(join(FOLDER, file), code);
  const config = {
    extends: '../../../../tsconfig.base.json',
    compilerOptions: { lib: ['ES2024', 'DOM', 'DOM.Iterable'], types: ['node'], noUnusedLocals: false },
    include: ['*.mts'],
  };
  writeFileSync(join(FOLDER, 'tsconfig.json'), JSON.stringify(config));
});
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

test('every TypeScript program in the pages compiles', () => {
  const compiler = join(ROOT, 'node_modules/.bin/tsc');
  const { stdout } = spawnSync(compiler, ['--project', FOLDER], { encoding: 'utf8' });
  expect(stdout).toBe('');
});

/** Programs of the start page need the servers that other programs there start: `start.test.ts` runs them. */
const alone = programs.filter(({ name, prints }) => prints.length > 0 && !name.startsWith('start.md'));

test.each(alone)('$name prints what the page says', ({ file, prints }) => {
  const printed = execFileSync(process.execPath, [join(FOLDER, file)], { encoding: 'utf8' });
  expect(printed.trimEnd().split('\n')).toEqual(prints);
});

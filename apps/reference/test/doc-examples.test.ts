import { execFile } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const COMPILER = join(root, 'node_modules/.bin/tsc');
const EXAMPLE = /\* @example\n\s+\* ```ts\n(?<lines>(?:\s+\*.*\n)*?)\s+\* ```\n/g;

/** The names that people hover first: each needs an example. */
const FIRST = [
  'createVestibule',
  'createAuthorizationServer',
  'createRegistrar',
  'preview',
  'defineRule',
  'definePolicy',
  'createResourceServer',
  'createGuardedFetch',
  'createMetadataDocuments',
  'openDatabase',
  'signInUpstream',
];

/** An example in a doc comment, and the name that is declared below it. */
interface DocExample {
  readonly name: string;
  readonly code: string;
}

const examples = globSync('packages/*/src/**/*.ts', { cwd: root }).flatMap((file): DocExample[] => {
  const source = readFileSync(join(root, file), 'utf8');
  return [...source.matchAll(EXAMPLE)].map((found) => {
    const below = source.slice(found.index + found[0].length);
    const [, name = ''] = /^[^*]*\*\/\s+(?:export )?(?:async )?(?:function |const )?(\w+)/.exec(below) ?? [];
    const code = found.groups?.['lines']?.replaceAll(/^\s+\* ?/gm, '') ?? '';
    return { name, code };
  });
});

test('the names that people hover first have examples', () => {
  expect(examples.map(({ name }) => name)).toEqual(expect.arrayContaining(FIRST));
});

test('every example in a doc comment compiles as it is', async () => {
  // In this folder, from which all packages can be imported.
  const folder = fileURLToPath(new URL('doc-examples', import.meta.url));
  mkdirSync(folder);
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [index, { name, code }] of examples.entries()) {
    writeFileSync(join(folder, `${index}-${name}.ts`), code);
  }
  const compilerOptions = { noUnusedLocals: false, types: ['node'] };
  const config = { extends: join(root, 'tsconfig.base.json'), compilerOptions, include: ['*.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const outcome = await promisify(execFile)(COMPILER, ['-p', folder]).catch(
    (error: Error & { stdout: string }) => error,
  );
  expect(outcome.stdout).toBe('');
});

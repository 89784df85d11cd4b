import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

/** The folders of `src`, from the top floor down. A file imports from its own floor and from lower ones. */
const FLOORS: readonly (readonly string[])[] = [
  ['endpoints'],
  ['authorization', 'consent', 'token'],
  ['sign-in', 'interaction', 'dpop'],
  ['client', 'limits', 'pages'],
  ['grant', 'person', 'key', 'provider-tokens'],
  ['ports', 'memory', 'context'],
  ['authorization-request'],
  ['records', 'errors', 'web'],
];

const src = new URL('../src', import.meta.url).pathname;
const folderOf = (file: string): string | undefined => (file.includes('/') ? file.split('/')[0] : undefined);
const floorOf = (folder: string): number => FLOORS.findIndex((floor) => floor.includes(folder));

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
);

/** Every import from one folder to another, types included. */
const imports = files.flatMap((file) => {
  const from = folderOf(file);
  const specifiers = readFileSync(join(src, file), 'utf8').matchAll(/ from '(\.[^']+)'/g);
  return [...specifiers].flatMap(([, specifier = '']) => {
    const to = folderOf(normalize(join(dirname(file), specifier)));
    return from === undefined || to === undefined || from === to ? [] : [{ file, from, to, specifier }];
  });
});

test('every folder of the server has a floor', () => {
  const folders = new Set(files.map(folderOf).filter((folder) => folder !== undefined));
  expect([...folders].filter((folder) => floorOf(folder) < 0)).toEqual([]);
});

test('no file of the server imports from a floor above its own', () => {
  expect(imports.length).toBeGreaterThan(100);
  expect(imports.filter(({ from, to }) => floorOf(to) < floorOf(from))).toEqual([]);
});

test('no two files of the server have the same name, but for index.ts', () => {
  const names = files.map((file) => file.split('/').at(-1) ?? '').filter((name) => name !== 'index.ts');
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

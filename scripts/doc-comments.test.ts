import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const PACKAGES = join(import.meta.dirname, '../packages');
const REEXPORT = /export (?:type )?\{([^}]*)\} from '(\.[^']+)'/g;
const DECLARATION = /^export (?:async )?(?:const|function\*?|interface|type|class) (\w+)/gm;

interface Manifest {
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, string>>;
}

/** The files that published packages export. */
const entries = readdirSync(PACKAGES)
  .map((name) => join(PACKAGES, name))
  .filter((folder) => existsSync(join(folder, 'package.json')))
  .flatMap((folder) => {
    const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (manifest.private === true) return [];
    return Object.values(manifest.exports ?? {}).map((path) => join(folder, path));
  });

/** The names of a list of exports, as they are declared: `type Client as Known` is `Client`. */
const namesIn = (list: string): string[] =>
  list
    .split(',')
    .map((name) =>
      name
        .trim()
        .replace(/^type /, '')
        .replace(/ as .*$/, ''),
    )
    .filter((name) => name !== '');

/** The declarations that a file makes or passes on, each with whether a doc comment stands before it. */
function declarationsOf(file: string): { readonly name: string; readonly isDocumented: boolean }[] {
  const source = readFileSync(file, 'utf8');
  const own = [...source.matchAll(DECLARATION)].map(({ 1: name = '', index }) => ({
    name: `${file.slice(PACKAGES.length + 1)}: ${name}`,
    isDocumented: source.slice(0, index).trimEnd().endsWith('*/'),
  }));
  const passedOn = [...source.matchAll(REEXPORT)].flatMap(([, list = '', path = '']) => {
    const names = namesIn(list);
    return declarationsOf(join(dirname(file), path)).filter(({ name }) =>
      names.includes(name.split(': ')[1] ?? ''),
    );
  });
  return [...own, ...passedOn];
}

test('every exported name has a doc comment', () => {
  const declarations = entries.flatMap(declarationsOf);
  expect(declarations.length).toBeGreaterThan(500);
  expect(declarations.filter(({ isDocumented }) => !isDocumented)).toEqual([]);
});

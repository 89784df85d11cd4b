import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Attack, readAttacks, ROOT } from './support/defences.ts';

const attacks = (await readAttacks())
  .filter(({ name }) => name !== 'every-attack.test.ts')
  .map((attack): [string, Attack] => [attack.name, attack]);

describe.each(attacks)('%s', (_, { description, sources, defences }) => {
  test('says what the attacker does', () => {
    expect(description).toMatch(/^\S[^]*\.$/);
  });

  test('names its source', () => {
    expect(sources).not.toEqual([]);
  });

  test('names its defenses, and each is in its place', async () => {
    expect(defences).not.toEqual([]);
    for (const { cuts, fails } of defences) {
      expect([fails, cuts]).not.toEqual([fails, []]);
      for (const { file, from } of cuts) {
        const text = await readFile(join(ROOT, file), 'utf8');
        expect([file, from, text.includes(from)]).toEqual([file, from, true]);
      }
    }
  });
});

test('finds every test that SECURITY.md names', async () => {
  const text = await readFile(join(ROOT, 'SECURITY.md'), 'utf8');
  const rows = text.split('\n').filter((line) => /^\| (?!promise|-)/.test(line));
  const named = rows.map((row) =>
    [...(row.split('|')[2] ?? '').matchAll(/`([\w./-]+)`/g)].map(([, name = '']) => name),
  );
  expect(named.filter((names) => names.length === 0)).toEqual([]);

  const files = await found('{{packages,apps,examples}/*/{src,test},conformance}/**/*.test.ts');
  const packages = await found('{packages/*,examples/*,conformance}');
  const isThere = (name: string): boolean =>
    name.endsWith('.test.ts')
      ? files.some((file) => file.endsWith(`/${name}`))
      : files.some((file) => file.endsWith(`/attacks/${name}.test.ts`)) ||
        packages.some((folder) => folder.split('/').at(-1) === name);
  expect(named.flat().filter((name) => !isThere(name))).toEqual([]);
});

async function found(pattern: string): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const file of glob(pattern, { cwd: ROOT })) files.push(file);
  return files;
}

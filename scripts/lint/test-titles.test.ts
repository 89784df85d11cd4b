import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const OXLINT = join(import.meta.dirname, '../../node_modules/.bin/oxlint');

/** The words that the linter objects to in a test file. */
function objections(source: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'titles-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const config = {
    jsPlugins: [join(import.meta.dirname, 'test-titles.ts')],
    rules: { 'vestibule/test-title': 'error' },
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  writeFileSync(join(folder, 'example.ts'), source);
  const args = ['--config', join(folder, 'config.json'), '--format=unix', folder];
  const { stdout } = spawnSync(OXLINT, args, { encoding: 'utf8' });
  return [...stdout.matchAll(/begin with “(\w+)”|: “([^”]+)”: write/g)].map(
    ([, word, phrase = '']) => word ?? phrase,
  );
}

test('the linter objects to titles that continue another sentence, wherever they are written', () => {
  expect(
    objections(`
      test('that is expired', run);
      test(cite('and is refused', 'rfc0:1'), run);
      test.each([1])('Nor %i', run);
      test.skipIf(true)(\`of \${name} nothing is kept\`, run);
      test.each([['with a nonce', 1], [cite('that expired', 'rfc0:1'), 2], ['a title', 3]])('%s', run);
    `),
  ).toEqual(['that', 'and', 'Nor', 'of', 'with', 'that']);
});

test('the linter objects to phrases that the style guide replaces', () => {
  expect(objections(`test('a token that nobody has is refused', run);`)).toEqual(['nobody']);
});

test('the linter accepts titles that are sentences', () => {
  expect(
    objections(`
      test('refuses a token that is expired', run);
      test('without a nonce nothing is issued', run);
      test('offers a choice', run);
      test.each([['with', 1]])('refuses %s', run);
      describe('with scripts', run);
      other('and more', run);
    `),
  ).toEqual([]);
});

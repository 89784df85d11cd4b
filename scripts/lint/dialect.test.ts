import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dialectIn } from './dialect.ts';

const ROOT = join(import.meta.dirname, '../..');
const OXLINT = join(ROOT, 'node_modules/.bin/oxlint');

/** The messages of the linter about the comments of a file. */
function objections(source: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'comments-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const config = {
    jsPlugins: [join(import.meta.dirname, 'plain-comments.ts')],
    rules: { 'english/plain-comments': 'error' },
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  writeFileSync(join(folder, 'example.ts'), source);
  const args = ['--config', join(folder, 'config.json'), '--format=unix', folder];
  const { stdout } = spawnSync(OXLINT, args, { encoding: 'utf8' });
  return [...stdout.matchAll(/“([^”]+)”: write/g)].map(([, phrase = '']) => phrase);
}

test('the linter objects to phrases in comments, and not to names of code', () => {
  expect(
    objections(`
      /** The key, where there is none yet: nobody has it. */
      export const first = 'nobody';
      // Stored, for one, as \`asleep\`.
      export const second = 'the door';
    `),
  ).toEqual(['where there is none', 'nobody', 'for one']);
});

test('names a replacement for each phrase', () => {
  expect(dialectIn('a client that introduced itself')).toEqual([
    '“introduced itself”: write “register, dynamic client”',
  ]);
  expect(dialectIn('a dynamic client, for one API')).toEqual([]);
});

const { stdout } = spawnSync('git', ['ls-files', '*.md'], { cwd: ROOT, encoding: 'utf8' });
const pages = stdout.split('\n').filter((page) => page !== '' && page !== 'apps/docs/style.md');

test.each(pages)('%s has no phrase that the style guide replaces', (page) => {
  expect(dialectIn(readFileSync(join(ROOT, page), 'utf8').replaceAll(/```[^]*?```/g, ''))).toEqual([]);
});

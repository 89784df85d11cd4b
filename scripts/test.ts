import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, rmSync } from 'node:fs';
import { requirements } from '../packages/requirements/src/index.ts';
import { RESULTS, type TestResults } from './test-reporter.ts';

/**
 * Runs the tests of every package, says in one line how many passed and failed, and fails if a requirement is cited by no
 * test that passed.
 *
 * Usage: `node scripts/test.ts [options of turbo…]`; with a filter, requirements are not checked.
 */
const options = process.argv.slice(2);
const folders = `{{packages,apps}/*,conformance}/${RESULTS}`;
for (const folder of globSync(folders)) rmSync(folder, { recursive: true });

const turbo = ['run', 'test', '--concurrency=3', '--continue=always', ...options];
const { status, error } = spawnSync('turbo', turbo, {
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (error !== undefined) throw error;

const results = globSync(`${folders}/*.json`).map((file): TestResults =>
  JSON.parse(readFileSync(file, 'utf8')),
);
const sum = (of: 'passed' | 'failed' | 'skipped'): string =>
  results.reduce((total, result) => total + result[of], 0).toLocaleString('en');

const cited = new Set(results.flatMap((result) => result.cited));
const isWhole = !options.some((option) => /^(?:--filter|-F|--affected)/.test(option));
const uncited = isWhole ? Object.entries(requirements).filter(([id]) => !cited.has(id)) : [];
if (uncited.length > 0) {
  process.stdout.write('\nRequirements that no passed test cites:\n');
  for (const [id, { behavior }] of uncited) process.stdout.write(`  ${id}: ${behavior}\n`);
}
process.stdout.write(
  `\nTests: ${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped.\n`,
);
process.exitCode = status === 0 && uncited.length === 0 ? 0 : (status ?? 1) || 1;

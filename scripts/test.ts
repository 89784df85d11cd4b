import { spawn } from 'node:child_process';
import { globSync, readFileSync, rmSync } from 'node:fs';
import { requirements } from '../packages/requirements/src/index.ts';
import { RESULTS, type TestResults } from './test-reporter.ts';

/**
 * Runs the tests of every package, prints in one line how many passed and failed, and fails if a requirement is cited by no
 * test that passed.
 *
 * Usage: `node scripts/test.ts [options of turbo…]`; with a filter, requirements are not checked.
 */
const options = process.argv.slice(2);
const folders = `{{packages,apps}/*,conformance}/${RESULTS}`;
for (const folder of globSync(folders)) rmSync(folder, { recursive: true });

/** Tests that take the longest. They start first, because turbo would start them last and leave a core idle at the end. */
const LONGEST = ['@vestibule/reference', '@vestibule/conformance'];

const isWhole = !options.some((option) => /^(?:--filter|-F|--affected)/.test(option));
const statuses = await Promise.all(
  isWhole
    ? [
        runTurbo('--concurrency=1', ...LONGEST.map((name) => `--filter=${name}`)),
        runTurbo('--concurrency=2', ...LONGEST.map((name) => `--filter=!${name}`)),
      ]
    : [runTurbo('--concurrency=3')],
);

const results = globSync(`${folders}/*.json`).map((file): TestResults =>
  JSON.parse(readFileSync(file, 'utf8')),
);
const sum = (of: 'passed' | 'failed' | 'skipped'): string =>
  results.reduce((total, result) => total + result[of], 0).toLocaleString('en');

const cited = new Set(results.flatMap((result) => result.cited));
const uncited = isWhole ? Object.entries(requirements).filter(([id]) => !cited.has(id)) : [];
if (uncited.length > 0) {
  process.stdout.write('\nRequirements that no passed test cites:\n');
  for (const [id, { behavior }] of uncited) process.stdout.write(`  ${id}: ${behavior}\n`);
}
process.stdout.write(
  `\nTests: ${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped.\n`,
);
process.exitCode = statuses.find((status) => status !== 0) ?? (uncited.length === 0 ? 0 : 1);

/** @returns the exit code of turbo; 1 if a signal ended it */
function runTurbo(...more: readonly string[]): Promise<number> {
  const child = spawn('turbo', ['run', 'test', '--continue=always', ...more, ...options], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/**
 * Checks the subjects of all commits that are not on the base branch yet.
 *
 *     node scripts/check-commits.ts [base]      (base: origin/main, or main)
 */
import { spawnSync } from 'node:child_process';
import { problemOf } from './commit-message.ts';

/** @returns the output of git, or `undefined` if it fails */
function git(...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

const candidates = process.argv.length > 2 ? process.argv.slice(2) : ['origin/main', 'main'];
const base = candidates.find((name) => git('merge-base', name, 'HEAD') !== undefined);

if (base === undefined) {
  process.stdout.write(`There is no history since ${candidates.join(' or ')}: commits are not checked.\n`);
  if (process.argv.length > 2) process.exitCode = 1;
} else {
  // Commits from before the rule are not checked.
  const rule = git('log', '-1', '--diff-filter=A', '--format=%H', '--', 'scripts/commit-message.ts') ?? '';
  const isOlder = rule === '' || git('merge-base', '--is-ancestor', rule, base) !== undefined;
  const since = isOlder ? base : rule;
  const log = git('log', '--no-merges', '--format=%h %s', `${since}..HEAD`, `^${base}`);
  if (log === undefined) throw new Error(`git cannot list the commits since ${since}.`);
  const commits = log.split('\n').filter((line) => line !== '');
  for (const line of commits) {
    const [hash = '', ...words] = line.split(' ');
    const problem = problemOf(words.join(' '));
    if (problem === undefined) continue;
    process.stderr.write(`${hash} ${words.join(' ')}\n  The subject ${problem}.\n`);
    process.exitCode = 1;
  }
  process.stdout.write(`${commits.length} commits since ${since} checked.\n`);
}

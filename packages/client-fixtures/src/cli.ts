import process from 'node:process';
import { readOptions } from './cli/options.ts';
import { createProgress } from './cli/progress.ts';
import { report } from './cli/report.ts';
import { runFixtures } from './run/run.ts';
import { ServerNotFound } from './server/not-found.ts';

/**
 * The command line.
 *
 * @returns its exit code: 0 if everything passed, 1 if something failed or could not be run, 2 if the arguments are wrong or
 * no server was found
 */
export async function main(args: readonly string[]): Promise<0 | 1 | 2> {
  const read = readOptions(args);
  if (read.kind === 'help') {
    process.stdout.write(`${read.text}\n`);
    return 0;
  }
  if (read.kind === 'wrong') {
    process.stderr.write(`${read.text}\n`);
    return 2;
  }

  const { json, ...options } = read.options;
  const progress = createProgress(process.stderr, options.fixtures.length);
  try {
    const outcomes = await runFixtures({ ...options, onAgent: progress.agent });
    progress.end();
    process.stdout.write(
      json ? `${JSON.stringify({ issuer: options.issuer, outcomes }, null, 2)}\n` : report(outcomes),
    );
    return outcomes.every(({ outcome }) => outcome === 'passed') ? 0 : 1;
  } catch (error) {
    progress.end();
    if (!(error instanceof ServerNotFound)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

import process from 'node:process';
import { checkServer } from './cli/check-server.ts';
import { readOptions } from './cli/options.ts';
import { createProgress } from './cli/progress.ts';
import { report } from './cli/report.ts';
import { ServerNotFound } from './server/not-found.ts';

/**
 * The command line.
 *
 * @returns its exit code: 0 if everything passed, 1 if something failed or could not be run, 2 if the arguments are wrong or
 * no server was found that offers what is to be checked
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
  const progress = createProgress(process.stderr, options.fixtures.length + options.documents.length);
  try {
    const checked = await checkServer(options, progress.agent);
    progress.end();
    const { issuer } = options;
    process.stdout.write(json ? `${JSON.stringify({ issuer, ...checked }, null, 2)}\n` : report(checked));
    return checked.outcomes.every(({ outcome }) => outcome === 'passed') ? 0 : 1;
  } catch (error) {
    progress.end();
    if (!(error instanceof ServerNotFound)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

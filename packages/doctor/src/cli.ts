import { writeFile } from 'node:fs/promises';
import process from 'node:process';
import { readOptions, type Options } from './cli/doctor-options.ts';
import { createProgress, type Screen } from './cli/progress-line.ts';
import { examine } from './examine.ts';
import { htmlOf } from './report/html-report.ts';
import { countOf, type Report } from './report/doctor-report.ts';
import { sarifOf } from './report/sarif-report.ts';
import { textOf } from './report/text-report.ts';

/** What the command uses of its process. */
export interface DoctorContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Screen;
  readonly stderr: Screen;
}

/**
 * The command line.
 *
 * @param context @default that of this process
 * @returns its exit code: 0 if no errors were found, 1 if some were (with `--strict` also for warnings), 2 if the usage is
 * invalid, 3 if the server did not respond
 */
export async function main(
  args: readonly string[],
  context: DoctorContext = process,
): Promise<0 | 1 | 2 | 3> {
  const { stdout, stderr } = context;
  const read = readOptions(args);
  if (read.kind === 'help') {
    stdout.write(`${read.text}\n`);
    return 0;
  }
  if (read.kind === 'wrong') {
    stderr.write(`${read.text}\n`);
    return 2;
  }
  const { options } = read;
  const progress = createProgress(stderr);
  const report = await examine(options.target, { ...options, onStep: progress.say }).finally(progress.end);
  const problem = await writeFiles(report, options);
  print(report, options, context);
  if (problem === undefined) return exitCodeOf(report, options);
  stderr.write(`${problem}\n`);
  return 2;
}

function print(report: Report, { json, verbose }: Options, { env, stdout }: DoctorContext): void {
  const color = stdout.isTTY === true && (env['NO_COLOR'] ?? '') === '';
  stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : textOf(report, { color, verbose }));
}

/** Writes the files that were asked for. Returns what went wrong. */
async function writeFiles(report: Report, { html, sarif }: Options): Promise<string | undefined> {
  try {
    if (html !== undefined) await writeFile(html, htmlOf(report));
    if (sarif !== undefined) await writeFile(sarif, `${JSON.stringify(sarifOf(report), null, 2)}\n`);
    return undefined;
  } catch (error) {
    return error instanceof Error ? `The report was not written: ${error.message}` : String(error);
  }
}

function exitCodeOf(report: Report, { strict }: Options): 0 | 1 | 3 {
  const isSilent = report.findings.some(
    ({ check, outcome }) =>
      outcome === 'failed' && (check === 'transport.response' || check === 'transport.certificate'),
  );
  if (isSilent) return 3;
  return countOf(report, 'error') > 0 || (strict && countOf(report, 'warning') > 0) ? 1 : 0;
}

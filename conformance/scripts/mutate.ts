import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Mutation, mutationsOf } from './mutation-points.ts';

/**
 * Mutates the decisions of `core` and `server`, one place at a time, and checks whether a related test of the same
 * package fails. Prints each mutation that no test notices, and the score. The sources are restored after each one.
 *
 * Usage: `node scripts/mutate.ts [--seed n] [--count n] [--minutes n] [file or folder…]`
 */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Files and folders of decisions; paths are relative to the root of the repository. */
const DECISIONS = [
  ...['brand', 'gates', 'policy', 'redirect-uri', 'registration'].map((name) => `packages/core/src/${name}`),
  ...[
    'authorization/decide-authorization',
    'authorization/judge-pushed',
    'consent/decide-consent',
    'person/is-recent-authentication',
    'web/timed-token',
  ].map((name) => `packages/server/src/${name}.ts`),
  'packages/server/src/token',
];

/** Lists of words and characters, and the text of pages: no decisions. */
const DATA = /(?:\.test|acting-schemes|catalogue|confusables|generic-words|letterforms|symbols|words)\.ts$/;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '40' },
    minutes: { type: 'string', default: '60' },
  },
});
const seed = wholeNumber('seed', values.seed);
const count = wholeNumber('count', values.count);
const deadline = Date.now() + wholeNumber('minutes', values.minutes) * 60_000;

let restore = (): void => undefined;
let running: ChildProcess | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    restore();
    stop(running);
    process.exit(130);
  });
}

const places =
  positionals.length > 0
    ? positionals.map((path) => resolve(path))
    : DECISIONS.map((path) => join(ROOT, path));
const mutants = places.flatMap(sourcesIn).flatMap((file) => {
  const source = readFileSync(file, 'utf8');
  return mutationsOf(file, source).map((mutation) => ({ file, source, mutation }));
});
const chosen = shuffled(mutants, seed).slice(0, count);
process.stdout.write(`${chosen.length} of ${mutants.length} mutations, seed ${seed}\n`);

/** How long the related tests of a package may take, in milliseconds: thrice what they take unchanged. */
const timeouts = new Map<string, number>();
for (const folder of new Set(chosen.map(({ file }) => packageOf(file)))) {
  const files = chosen.map(({ file }) => file).filter((file) => packageOf(file) === folder);
  const start = Date.now();
  if ((await runTests(folder, [...new Set(files)], 1_800_000)) !== 'passed') {
    throw new Error(`The tests of ${relative(ROOT, folder)} fail without a mutation. Mend them first.`);
  }
  timeouts.set(folder, 30_000 + 3 * (Date.now() - start));
}

const tally = { failed: 0, 'timed out': 0, passed: 0 };
let done = 0;
for (const { file, source, mutation } of chosen) {
  if (Date.now() >= deadline) break;
  const folder = packageOf(file);
  const outcome = await mutated(file, source, mutation, () =>
    runTests(folder, [file], timeouts.get(folder) ?? 0),
  );
  tally[outcome] += 1;
  done += 1;
  const label = outcome === 'passed' ? 'SURVIVED' : `caught (${outcome})`;
  process.stdout.write(`${done}/${chosen.length} ${label}: ${described(file, source, mutation)}\n`);
}
const caught = done - tally.passed;
const score =
  done === 0
    ? 'Nothing was mutated.'
    : `Caught ${caught} of ${done} (${Math.round((100 * caught) / done)} %)`;
process.stdout.write(
  `${score}${tally['timed out'] > 0 ? `, ${tally['timed out']} of them by a timeout` : ''}\n`,
);
process.exitCode = done === 0 ? 1 : 0;

async function mutated<T>(
  file: string,
  source: string,
  { start, end, to }: Mutation,
  action: () => Promise<T>,
): Promise<T> {
  restore = () => {
    writeFileSync(file, source);
  };
  try {
    writeFileSync(file, source.slice(0, start) + to + source.slice(end));
    return await action();
  } finally {
    restore();
    restore = () => undefined;
  }
}

function runTests(folder: string, files: readonly string[], timeout: number): Promise<keyof typeof tally> {
  const vitest = join(folder, 'node_modules/vitest/vitest.mjs');
  const options = ['--run', '--bail=1', '--passWithNoTests', '--reporter=dot'];
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, [vitest, 'related', ...files, ...options], {
      cwd: folder,
      detached: true,
      stdio: 'ignore',
    });
    running = child;
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      stop(child);
    }, timeout);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      running = undefined;
      if (isLate) settle('timed out');
      else settle(code === 0 ? 'passed' : 'failed');
    });
  });
}

/** Ends a test run with its workers, which share its process group. */
function stop(child: ChildProcess | undefined): void {
  if (child?.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
}

function sourcesIn(path: string): readonly string[] {
  const files = statSync(path).isFile()
    ? [path]
    : globSync('**/*.ts', { cwd: path }).map((file) => join(path, file));
  return files.filter((file) => !DATA.test(file)).toSorted();
}

function packageOf(file: string): string {
  let folder = dirname(file);
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

function described(file: string, source: string, { start, end, to }: Mutation): string {
  const line = source.slice(0, start).split('\n').length;
  return `${relative(ROOT, file)}:${line} ${source.slice(start, end)} → ${to === '' ? '(removed)' : to}`;
}

/** The same order for the same seed. */
function shuffled<T>(items: readonly T[], from: number): readonly T[] {
  let state = from;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
  return items
    .map((item) => ({ item, rank: next() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} is a whole number, not "${text}".`);
  return Number(text);
}

/**
 * Checks the packages on the runtimes that npm brings: their built files, installed from packed packages, with the programs in their
 * READMEs and with a whole authorization. `runtimes/portable.ts` says which package runs where.
 *
 *     node scripts/check-runtimes.ts [--only bun,deno]
 *
 * The packages have to be built, and pnpm has to be in the `PATH`.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { createConsumer } from './installs/consumer.ts';
import { startLocalRegistry } from './installs/local-registry.ts';
import { packPackages, publishedPackages } from './installs/packed-packages.ts';
import { printedLines, programsIn, readmeIn } from './installs/readme-programs.ts';
import { PORTABLE, WITH_FILES } from './runtimes/portable.ts';
import { RUNTIMES } from './runtimes/runtimes.ts';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vestibule-runtimes-'));
const project = join(folder, 'project');
const packages = packPackages(publishedPackages(root), folder);
const registry = await startLocalRegistry(packages);
const checked = packages.filter(({ folder: at }) => [...PORTABLE, ...WITH_FILES].includes(basename(at)));

const programs = checked
  .flatMap((one) =>
    programsIn(readmeIn(one.folder)).map(({ code, prints }) => ({
      name: basename(one.folder),
      code,
      prints,
    })),
  )
  .map(({ name, code, prints }, index) => ({ name, code, prints, index }));

/** Whether a program needs no files and no sockets. */
const isPortable = (name: string, code: string): boolean =>
  PORTABLE.includes(name) && !/'node:|consent-ui/.test(code);

let failures = 0;
try {
  mkdirSync(project);
  const names = ['jose', 'express', '@vestibule/cimd', ...checked.map(({ manifest }) => manifest.name)];
  const lines = [
    { names, isDevelopment: false },
    { names: ['@types/express'], isDevelopment: true },
  ];
  const consumer = await createConsumer(project, 'npm', registry.url, { lines, programs, entries: [] });
  await consumer.compile(join(root, 'node_modules/.bin/tsc'));
  const flow = join(root, 'scripts/runtimes/whole-flow.js');
  copyFileSync(flow, join(project, 'whole-flow.js'));
  const runs = [
    ...programs.map(({ name, index, code, prints }) => ({
      name,
      prints,
      file: `compiled/program-${index}.js`,
      isForWorkers: isPortable(name, code),
    })),
    {
      name: 'whole flow',
      prints: printedLines(readFileSync(flow, 'utf8')),
      file: 'whole-flow.js',
      isForWorkers: true,
    },
  ];
  const wanted = values.only?.split(',') ?? Object.keys(RUNTIMES);
  for (const runtime of wanted) {
    const { prepare, execute } = RUNTIMES[runtime] ?? {};
    if (execute === undefined) {
      throw new Error(`'${runtime}' is not one of ${Object.keys(RUNTIMES).join(', ')}.`);
    }
    await prepare?.(project);
    for (const { name, prints, file, isForWorkers } of runs) {
      if (runtime === 'workerd' && !isForWorkers) continue;
      const printed = await execute(project, file).then(
        (text) => text.trimEnd().split('\n'),
        (error: unknown) => [String(error)],
      );
      const isGood = isDeepStrictEqual(printed, prints);
      process.stdout.write(`${runtime.padEnd(10)} ${name.padEnd(18)} ${isGood ? 'ok' : 'FAILED'}\n`);
      if (isGood) continue;
      failures += 1;
      process.stderr.write(`${printed.join('\n').replace(/^/gm, '    ')}\n`);
    }
  }
} finally {
  registry.close();
  rmSync(folder, { recursive: true });
}
process.exitCode = failures === 0 ? 0 : 1;

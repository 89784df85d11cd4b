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
import { startPostgres } from '../testing/src/postgres.ts';
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
const packages = packPackages(
  // `create-vestibule` has no scope, which the local registry serves. The types that oidc-provider needs do not compile strictly beside
  // those of Express; `check-installs.ts` follows its README alone.
  publishedPackages(root).filter(
    ({ manifest: { name } }) => name.startsWith('@vestibule/') && name !== '@vestibule/oidc-provider',
  ),
  folder,
);
const registry = await startLocalRegistry(packages);
const postgres = await startPostgres();
// Programs inherit it.
process.env['DATABASE_URL'] = await postgres.createDatabase();

const programs = packages
  .flatMap((one) =>
    programsIn(readmeIn(one.folder)).map(({ code, prints }) => ({
      name: basename(one.folder),
      code,
      prints,
    })),
  )
  .map(({ name, code, prints }, index) => ({ name, code, prints, index }));

/** The name of the program in `runtimes`, which has to run everywhere. */
const WHOLE_FLOW = 'whole flow';

/** Whether a program has to run on a runtime. */
function runsOn(runtime: string, name: string, code: string): boolean {
  if (runtime === 'node 22.18' || runtime === 'node 24') return true;
  if (runtime === 'workerd') return PORTABLE.includes(name) && !/'node:|consent-ui/.test(code);
  return PORTABLE.includes(name) || WITH_FILES.includes(name);
}

let failures = 0;
try {
  mkdirSync(project);
  const names = ['jose', 'express', 'fastify', 'hono', ...packages.map(({ manifest }) => manifest.name)];
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
      code,
    })),
    {
      name: WHOLE_FLOW,
      prints: printedLines(readFileSync(flow, 'utf8')),
      file: 'whole-flow.js',
      code: '',
    },
  ];
  const wanted = values.only?.split(',') ?? Object.keys(RUNTIMES);
  for (const runtime of wanted) {
    const { prepare, execute } = RUNTIMES[runtime] ?? {};
    if (execute === undefined) {
      throw new Error(`'${runtime}' is not one of ${Object.keys(RUNTIMES).join(', ')}.`);
    }
    await prepare?.(project);
    for (const { name, code, prints, file } of runs) {
      if (name !== WHOLE_FLOW && !runsOn(runtime, name, code)) continue;
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
  await postgres.stop();
  rmSync(folder, { recursive: true });
}
process.exitCode = failures === 0 ? 0 : 1;

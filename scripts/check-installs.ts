/**
 * Checks the programs in the READMEs of the published packages as a reader would run them: installs in an empty folder
 * exactly what the README says, from packed packages, compiles the programs strictly, runs them, and compares what they print.
 *
 *     node scripts/check-installs.ts [--with npm,pnpm,yarn,yarn-1] [--only core,http] [--typescript 5.9]
 *
 * By default it tries pnpm, all packages and the TypeScript of this repository.
 * The packages have to be built, and pnpm has to be in the `PATH`.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { startPostgres } from '../testing/src/postgres.ts';
import { createConsumer } from './installs/consumer.ts';
import { startLocalRegistry } from './installs/local-registry.ts';
import { PACKAGE_MANAGERS, type PackageManagerName } from './installs/package-manager.ts';
import { packPackages, publishedPackages, type PackedPackage } from './installs/packed-packages.ts';
import { installLines, programsIn, readmeIn } from './installs/readme-programs.ts';
import { run } from './installs/run.ts';

const { values } = parseArgs({
  options: {
    with: { type: 'string', default: 'pnpm' },
    only: { type: 'string' },
    typescript: { type: 'string' },
  },
});
const isPackageManager = (name: string): name is PackageManagerName => name in PACKAGE_MANAGERS;
const managers = values.with.split(',').map((name) => {
  if (isPackageManager(name)) return name;
  throw new Error(`'${name}' is not one of ${Object.keys(PACKAGE_MANAGERS).join(', ')}.`);
});

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vestibule-installs-'));
const compiler = await compilerOf(values.typescript);
const packages = packPackages(publishedPackages(root), folder);
const wanted = values.only?.split(',') ?? packages.map((one) => basename(one.folder));
const registry = await startLocalRegistry(packages);
const postgres = await startPostgres();

/** Where the compiler is: in this repository, or another version, installed for this. */
async function compilerOf(version: string | undefined): Promise<string> {
  if (version === undefined) return join(root, 'node_modules/.bin/tsc');
  const at = join(folder, 'typescript');
  mkdirSync(at);
  await run(at, ['npm', 'install', '--prefix', at, '--no-audit', '--no-fund', `typescript@${version}`]);
  return join(at, 'node_modules/.bin/tsc');
}

/** Entries that need an optional peer, which the README of the package does not install. */
const WITH_OPTIONAL_PEER: ReadonlySet<string> = new Set(['@vestibule/store-testkit/vitest']);

const entriesOf = ({ manifest }: PackedPackage): readonly string[] =>
  Object.keys(manifest.exports)
    .map((path) => join(manifest.name, path))
    .filter((entry) => !WITH_OPTIONAL_PEER.has(entry));

/** Follows the README of one package, and runs what it has. */
async function check(one: PackedPackage, manager: PackageManagerName): Promise<void> {
  const page = readmeIn(one.folder);
  const programs = programsIn(page);
  const at = join(folder, manager, basename(one.folder));
  const consumer = await createConsumer(at, manager, registry.url, {
    lines: installLines(page),
    programs,
    entries: entriesOf(one),
  });
  await consumer.compile(compiler);
  for (const program of programs) {
    const env = { DATABASE_URL: await postgres.createDatabase() };
    const printed = (await consumer.run(program, env)).trimEnd().split('\n');
    if (isDeepStrictEqual(printed, program.prints)) continue;
    throw new Error(
      `Program ${program.index} printed\n${printed.join('\n')}\nand not\n${program.prints.join('\n')}`,
    );
  }
  for (const bin of Object.keys(one.manifest.bin ?? {})) {
    await run(at, [join(at, 'node_modules/.bin', bin), '--help']);
  }
}

let failures = 0;
try {
  for (const manager of managers) {
    for (const one of packages.filter((each) => wanted.includes(basename(each.folder)))) {
      const started = Date.now();
      const problem = await check(one, manager).catch((error: unknown) => String(error));
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      const result = problem === undefined ? 'ok' : 'FAILED';
      process.stdout.write(
        `${manager.padEnd(7)} ${basename(one.folder).padEnd(18)} ${seconds.padStart(5)} s  ${result}\n`,
      );
      if (problem === undefined) continue;
      failures += 1;
      process.stderr.write(`${problem.replace(/^/gm, '    ')}\n`);
    }
  }
} finally {
  registry.close();
  await postgres.stop();
  rmSync(folder, { recursive: true });
}
process.exitCode = failures === 0 ? 0 : 1;

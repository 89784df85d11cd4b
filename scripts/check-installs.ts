/**
 * Checks the programs in the READMEs of the published packages, and in pages of the site that say what to install, as a reader
 * would run them: installs in an empty folder exactly what the page says, from packed packages, compiles the programs strictly, runs
 * them, and compares what they print. A program that prints nothing is a server: it runs while the others do.
 *
 *     node scripts/check-installs.ts [--with npm,pnpm,yarn,yarn-1] [--only core,http,docs/start] [--typescript 5.9]
 *
 * By default it tries pnpm, all packages and the TypeScript of this repository.
 * The packages have to be built, and pnpm has to be in the `PATH`.
 */
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { startPostgres } from '../testing/src/postgres.ts';
import { createConsumer } from './installs/consumer.ts';
import { startLocalRegistry } from './installs/local-registry.ts';
import { PACKAGE_MANAGERS, type PackageManagerName } from './installs/package-manager.ts';
import { PAGES_OF_PARTS } from './installs/pages-of-parts.ts';
import { packPackages, publishedPackages, type PackedPackage } from './installs/packed-packages.ts';
import { installLines, programsIn, readmeIn } from './installs/readme-programs.ts';
import { withFreePorts } from './installs/ports.ts';
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

/** A page that is followed. */
interface Followed {
  readonly name: string;
  readonly page: string;
  /** What can be imported from its package. */
  readonly entries: readonly string[];
  /** The commands of its package. */
  readonly commands: readonly string[];
}

function followedOf(one: PackedPackage): Followed {
  const { bin = {} } = one.manifest;
  const page = readmeIn(one.folder);
  return { name: basename(one.folder), page, entries: entriesOf(one), commands: Object.keys(bin) };
}

/** The pages of the site that say what to install. */
function docsPages(): readonly Followed[] {
  const docs = join(root, 'apps/docs');
  return globSync('*.md', { cwd: docs }).flatMap((file): readonly Followed[] => {
    if (PAGES_OF_PARTS.includes(file)) return [];
    const page = readFileSync(join(docs, file), 'utf8');
    if (installLines(page).length === 0) return [];
    return [{ name: `docs/${basename(file, '.md')}`, page, entries: [], commands: [] }];
  });
}

/** Follows a page, and runs what it has. */
async function check(
  { name, page, entries, commands }: Followed,
  manager: PackageManagerName,
): Promise<void> {
  const text = await withFreePorts(page);
  const programs = programsIn(text);
  const at = join(folder, manager, name.replace('/', '-'));
  const consumer = await createConsumer(at, manager, registry.url, {
    lines: installLines(text),
    programs,
    entries,
  });
  await consumer.compile(compiler);
  const ends: (() => Promise<void>)[] = [];
  try {
    for (const program of programs.filter(({ prints }) => prints.length === 0)) {
      ends.push(await consumer.start(program));
    }
    for (const program of programs.filter(({ prints }) => prints.length > 0)) {
      const env = { DATABASE_URL: await postgres.createDatabase() };
      const printed = (await consumer.run(program, env)).trimEnd().split('\n');
      if (isDeepStrictEqual(printed, program.prints)) continue;
      throw new Error(
        `Program ${program.index} printed\n${printed.join('\n')}\nand not\n${program.prints.join('\n')}`,
      );
    }
  } finally {
    await Promise.all(ends.map((end) => end()));
  }
  for (const bin of commands) {
    await run(at, [join(at, 'node_modules/.bin', bin), '--help']);
  }
}

/** What the local registry serves. `check-start.ts` follows the README of `create-vestibule`, which has no scope. */
const scoped = packages.filter(({ manifest }) => manifest.name.startsWith('@vestibule/'));
const pages = [...scoped.map(followedOf), ...docsPages()];
const wanted = values.only?.split(',') ?? pages.map(({ name }) => name);
let failures = 0;
try {
  for (const manager of managers) {
    for (const one of pages.filter(({ name }) => wanted.includes(name))) {
      const started = Date.now();
      const problem = await check(one, manager).catch((error: unknown) => String(error));
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      const result = problem === undefined ? 'ok' : 'FAILED';
      process.stdout.write(
        `${manager.padEnd(7)} ${one.name.padEnd(18)} ${seconds.padStart(5)} s  ${result}\n`,
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

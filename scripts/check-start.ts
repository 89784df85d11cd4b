/**
 * Follows the first steps of a newcomer from an empty folder, with packed packages: creates a project with `npm create vestibule`,
 * installs it, runs its tests, checks its types, starts it, and lets the doctor examine it.
 *
 *     node scripts/check-start.ts [--with npm,pnpm,yarn-1]
 *
 * By default it tries npm. The packages have to be built, and pnpm has to be in the `PATH`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { freePort } from '../testing/src/port.ts';
import { startLocalRegistry } from './installs/local-registry.ts';
import { packPackages, publishedPackages } from './installs/packed-packages.ts';
import { run } from './installs/run.ts';

/** How a newcomer calls their package manager. */
const MANAGERS = {
  npm: {
    create: ['npm', 'create', '--yes', 'vestibule', 'my-vestibule', '--', '--yes'],
    run: ['npm'],
    flags: ['--no-audit', '--no-fund', '--loglevel=error'],
  },
  pnpm: {
    create: ['pnpm', 'create', 'vestibule', 'my-vestibule', '--yes'],
    run: ['pnpm'],
    flags: ['--reporter=append-only', '--loglevel=warn'],
  },
  'yarn-1': {
    create: ['npx', '-y', 'yarn@1', 'create', 'vestibule', 'my-vestibule', '--yes'],
    run: ['npx', '-y', 'yarn@1'],
    flags: ['--no-progress'],
  },
} as const satisfies Record<string, Readonly<Record<'create' | 'run' | 'flags', readonly string[]>>>;

type ManagerName = keyof typeof MANAGERS;
const isManager = (name: string): name is ManagerName => name in MANAGERS;

const { values } = parseArgs({ options: { with: { type: 'string', default: 'npm' } } });
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vestibule-start-'));
const doctor = join(root, 'packages/doctor/bin/doctor.mjs');
const publicRegistry = (await run(root, ['npm', 'config', 'get', 'registry'])).trim();
const registry = await startLocalRegistry(packPackages(publishedPackages(root), folder), publicRegistry);

/** Says what is done now, and how long it took. */
async function step<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const started = Date.now();
  const result = await work();
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${name.padEnd(40)} ${seconds.padStart(5)} s  ok\n`);
  return result;
}

/** Starts the project, lets the doctor examine its API, and stops it. */
async function useProject(project: string): Promise<void> {
  const port = await freePort();
  const env = join(project, '.env');
  writeFileSync(env, readFileSync(env, 'utf8').replaceAll('4000', String(port)));
  const server = spawn(process.execPath, ['--env-file-if-exists=.env', 'src/main.ts'], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(server, 'exit');
  try {
    for await (const line of createInterface(server.stdout)) {
      if (line.startsWith('Paste into an agent: ')) break;
    }
    await run(project, [process.execPath, doctor, '--strict', `http://localhost:${port}/mcp`]);
  } finally {
    server.kill('SIGTERM');
  }
  const [code] = await ended;
  if (code !== 0) throw new Error(`The server ended with ${String(code)} after SIGTERM.`);
}

async function follow(name: ManagerName): Promise<void> {
  const manager = MANAGERS[name];
  const at = join(folder, name);
  mkdirSync(at);
  // A newcomer has no settings; these make the packed packages the published ones.
  const env = {
    npm_config_registry: registry.url,
    pnpm_config_registry: registry.url,
    npm_config_cache: join(folder, 'cache'),
    pnpm_config_store_dir: join(folder, 'store'),
    YARN_CACHE_FOLDER: join(folder, 'yarn-cache'),
  };
  const project = join(at, 'my-vestibule');
  await step(manager.create.join(' '), () => run(at, manager.create, env));
  await step(`${name} install`, () => run(project, [...manager.run, 'install', ...manager.flags], env));
  await step(`${name} test`, () => run(project, [...manager.run, 'test'], env));
  await step(`${name} run typecheck`, () => run(project, [...manager.run, 'run', 'typecheck'], env));
  await step(`${name} start, and the doctor`, () => useProject(project));
}

try {
  for (const name of values.with.split(',')) {
    if (!isManager(name)) throw new Error(`'${name}' is not one of ${Object.keys(MANAGERS).join(', ')}.`);
    await follow(name);
  }
} finally {
  registry.close();
  rmSync(folder, { recursive: true });
}

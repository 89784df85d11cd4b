/**
 * Checks the page about adapters with a real Next.js app: installs it from npm beside packed packages, builds it, starts it, and runs
 * the cases of every adapter with it.
 *
 *     node scripts/check-next.ts
 *
 * The packages have to be built, and pnpm has to be in the `PATH`.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ADAPTER_CASES } from '../testing/src/adapters/adapter-cases.ts';
import { freePort } from '../testing/src/port.ts';
import { startLocalRegistry } from './installs/local-registry.ts';
import { NEXT_INSTEAD } from './installs/next-cases.ts';
import { install } from './installs/package-manager.ts';
import { packPackages, publishedPackages } from './installs/packed-packages.ts';
import { codeBlocks } from './installs/readme-programs.ts';
import { run } from './installs/run.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vestibule-next-'));
const project = join(folder, 'project');
const page = readFileSync(join(root, 'apps/docs/adapters.md'), 'utf8').split('\n## Next.js\n')[1] ?? '';
const [handler = '', route = ''] = codeBlocks(page, 'ts');

/** The package that the page installs, and what it depends on. */
const NEEDED: ReadonlySet<string> = new Set(['@vestibule/core', '@vestibule/http']);

/** Serves the cases, at every path that no other route handler has. */
const CASES = `
import { handleRoutes, json, programEndpoint, readText } from '@vestibule/http';
import { createAdapterApp } from './adapter-routes';

const { mounts, record } = createAdapterApp({ json, readText, programEndpoint });
const handlers = mounts.map((mount) => handleRoutes(mount));
export async function handler(request: Request): Promise<Response> {
  try {
    for (const handle of handlers) {
      const response = await handle(request, { ip: '' });
      if (response !== undefined) return response;
    }
    return new Response(null, { status: 404 });
  } catch (error) {
    record(error);
    return new Response(null, { status: 500 });
  }
}
`;

function write(path: string, text: string): void {
  const file = join(project, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Waits until the server responds. */
async function started(at: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await fetch(at).catch(() => undefined)) return;
    await setTimeout(100);
  }
  throw new Error('Next.js has not started.');
}

const needed = publishedPackages(root).filter(({ manifest: { name } }) => NEEDED.has(name));
const registry = await startLocalRegistry(packPackages(needed, folder));
let failures = 0;
try {
  mkdirSync(project);
  await install('npm', project, registry.url, [
    { names: ['next@16', 'react@19', 'react-dom@19', '@vestibule/http'], isDevelopment: false },
    { names: ['typescript@5', '@types/react@19', '@types/node@24'], isDevelopment: true },
  ]);
  cpSync(join(root, 'testing/src/adapters/adapter-routes.ts'), join(project, 'adapter-routes.ts'));
  const greeting = `const routes = [{ path: '/connect/hello', endpoint: async ({ url }: Request, { ip }: { ip: string }) => Response.json([url, ip]) }];\n`;
  write('vestibule.ts', handler.replace('\nconst handle', `\n${greeting}const handle`));
  write('app/connect/[...path]/route.ts', route);
  write('cases.ts', CASES);
  write('app/[[...path]]/route.ts', route.replace('../../../vestibule', '../../cases'));
  write('next.config.mjs', 'export default {};\n');
  const next = join(project, 'node_modules/.bin/next');
  process.stdout.write(await run(project, [next, 'build'], { NEXT_TELEMETRY_DISABLED: '1' }));

  const port = await freePort();
  const at = `http://127.0.0.1:${port}`;
  const server = spawn(next, ['start', '--port', String(port)], { cwd: project, stdio: 'inherit' });
  try {
    await started(at);
    const hello = async (headers: Record<string, string>): Promise<unknown> =>
      (await fetch(`${at}/connect/hello`, { headers })).json();
    const forwarded = { 'x-forwarded-for': '198.51.100.1, 203.0.113.9' };
    assert.deepEqual(await hello(forwarded), ['https://id.example/connect/hello', '203.0.113.9']);
    // The address of the connection, because no proxy has set the header.
    assert.match(JSON.stringify(await hello({})), /127\.0\.0\.1|::1/);
    assert.equal((await fetch(`${at}/connect/other`)).status, 404);
    for (const one of ADAPTER_CASES) {
      const { title, run: runCase } = NEXT_INSTEAD[one.title] ?? one;
      const problem = await runCase(at).catch((error: unknown) => String(error));
      process.stdout.write(`Next.js ${title}: ${problem === undefined ? 'ok' : `FAILED\n${problem}`}\n`);
      if (problem !== undefined) failures += 1;
    }
  } finally {
    server.kill();
    await once(server, 'exit');
  }
} finally {
  registry.close();
  rmSync(folder, { recursive: true });
}
process.exitCode = failures === 0 ? 0 : 1;

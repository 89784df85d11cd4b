import { temporaryFolder } from '@vestibule/testing/folder';
import { freePort } from '@vestibule/testing/port';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OPEN_SEED } from './support/app.ts';
import { type StartedProcess, startNode } from './support/process.ts';
import { writeSeed } from './support/seed-file.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A bundle of the sources that are here. Its folder is below the app's packages, because two of them stay outside. */
const bundle = here('../node_modules/.cache/start-modules');

beforeAll(() => {
  execFileSync(process.execPath, [here('../scripts/bundle.mjs'), bundle]);
});
afterAll(() => rmSync(bundle, { recursive: true, force: true }));

const SEED = { ...OPEN_SEED, people: [], clients: [] };

async function startBundle(env: Readonly<Record<string, string>> = {}): Promise<StartedProcess> {
  const port = String(await freePort());
  const main = pathToFileURL(join(bundle, 'app', 'main.js')).href;
  const program = `import { main } from '${main}'; await main(['start']);`;
  const app = startNode(
    ['--import', here('./fixtures/report-modules.mjs'), '--input-type=module', '--eval', program],
    {
      PORT: port,
      DATABASE_URL: `sqlite:${join(temporaryFolder(), 'a.db')}`,
      SEED: await writeSeed(JSON.stringify(SEED)),
      ...env,
    },
  );
  await app.said('Vestibule serves the realm');
  const metadata = await fetch(`http://localhost:${port}/.well-known/oauth-authorization-server`);
  expect(metadata.status).toBe(200);
  return app;
}

/** The files that a process has loaded. */
const filesOf = (app: StartedProcess): readonly string[] =>
  Array.from(app.output().matchAll(/^loaded (file:\S+)$/gm), ([, url = '']) => fileURLToPath(url));

/** The packages in these files: a bundle names the file that each part is from in a comment. */
function packagesIn(files: readonly string[]): readonly string[] {
  const parts = files.flatMap((file) => [
    file,
    ...(readFileSync(file, 'utf8').match(/^\s*\/\/ \S+$/gm) ?? []),
  ]);
  const names = parts.map((part) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(part)?.[1]);
  const ours = parts.map((part) => /\/(?:packages|examples)\/([^/]+)\/src\//.exec(part)?.[1]);
  return [...new Set([...names, ...ours])].filter((name) => name !== undefined);
}

test('start loads a few files, and nothing that the first request does not need', async () => {
  const app = await startBundle();
  const files = filesOf(app);
  expect(files.length).toBeLessThanOrEqual(40);
  const packages = packagesIn(files);
  expect(packages).toEqual(expect.arrayContaining(['better-sqlite3', 'express', 'jose', 'zod', 'server']));
  const lazy = [
    '@modelcontextprotocol/server',
    '@modelcontextprotocol/client',
    '@node-rs/argon2',
    'commander',
  ];
  const unused = ['body-parser', 'iconv-lite', 'pg', 'prom-client', 'agent'];
  expect(packages.filter((name) => [...lazy, ...unused].includes(name))).toEqual([]);
});

test('start does not load fetch, which takes as long as everything else that Node loads', async () => {
  // Notes makes requests for keys.
  const app = await startBundle({ SEED: await writeSeed(JSON.stringify({ ...SEED, apis: [] })) });
  app.process.kill('SIGTERM');
  expect(await app.exit).toBe(0);
  expect(app.output()).toContain('fetch was not loaded');
});

test('start loads the metrics if an operator can read them', async () => {
  const app = await startBundle({ OPERATOR_TOKEN: 'a-token-of-at-least-thirty-two-characters' });
  expect(packagesIn(filesOf(app))).toContain('prom-client');
});

test('start loads argon2 if it creates a person with a password', async () => {
  const person = { username: 'ada', name: 'Ada Lovelace', password: 'a password of her own' };
  const app = await startBundle({ SEED: await writeSeed(JSON.stringify({ ...SEED, people: [person] })) });
  expect(packagesIn(filesOf(app))).toContain('@node-rs/argon2');
});

test('the bill of materials and the licenses name every package that is bundled or beside the bundle', () => {
  const app = join(bundle, 'app');
  const text = readdirSync(app)
    .map((name) => readFileSync(join(app, name), 'utf8'))
    .join('\n');
  const bundled = Array.from(
    text.matchAll(/^\s*\/\/ \S+\/node_modules\/((?:@[^/\s]+\/)?[^/\s]+)\/\S+$/gm),
    ([, name = '']) => name,
  );
  expect(bundled).toContain('jose');
  const { components }: { components: readonly { readonly name: string; readonly version: string }[] } =
    JSON.parse(readFileSync(join(bundle, 'bill-of-materials.cdx.json'), 'utf8'));
  const named = components.map(({ name }) => name);
  expect([...bundled, 'better-sqlite3', '@node-rs/argon2'].filter((name) => !named.includes(name))).toEqual(
    [],
  );
  expect(named.join(' ')).toContain(`@node-rs/argon2-${process.platform}-${process.arch}`);
  const licenses = readFileSync(join(bundle, 'third-party-licenses.txt'), 'utf8');
  for (const { name, version } of components) expect(licenses).toContain(`${name}@${version}\n`);
});

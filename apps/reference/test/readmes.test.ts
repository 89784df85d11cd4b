import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DEFAULT_REALM_SETTINGS, parseRealmDocument } from '@vestibule/core/realm';
import { temporaryFolder } from '@vestibule/testing/folder';
import { freePort } from '@vestibule/testing/port';
import { startPostgres, type TestPostgres } from '@vestibule/testing/postgres';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));

/** The code blocks of one language in a page. */
const blocks = (page: string, language: string): string[] =>
  [
    ...readFileSync(`${root}${page}`, 'utf8').matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs')),
  ].map(([, code = '']) => code);

/** The published packages. */
const published = readdirSync(`${root}packages`).filter(
  (name) =>
    existsSync(`${root}packages/${name}/package.json`) &&
    !JSON.parse(readFileSync(`${root}packages/${name}/package.json`, 'utf8')).private,
);

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

describe.each(published)('the README of %s', (name) => {
  const programs = blocks(`packages/${name}/README.md`, 'ts').map((code, index) => ({ code, index }));

  test('has a program', () => expect(programs).not.toEqual([]));

  test.each(programs)('has a program that prints what it says: number $index', async ({ code, index }) => {
    const file = `${here}readme-${name}-${index}.ts`;
    writeFileSync(file, code);
    onTestFinished(() => rmSync(file));
    const promised = [...code.matchAll(/^\/\/ → (.*)$/gm)].map(([, line = '']) => line);
    const env = { ...process.env, DATABASE_URL: await postgres.createDatabase() };
    const { stdout } = await promisify(execFile)(process.execPath, [file], { env });
    expect(stdout.trimEnd().split('\n')).toEqual(promised);
  });
});

test('the first program in the root README is a whole server in at most 15 lines', async () => {
  const [program = ''] = blocks('README.md', 'ts');
  expect(program.trim().split('\n').length).toBeLessThanOrEqual(15);
  const port = await freePort();
  const file = `${here}readme-root.ts`;
  writeFileSync(file, `${program.replaceAll('4000', String(port))}\nconsole.log('ready');\n`);
  const child = spawn(process.execPath, [file], { cwd: temporaryFolder() });
  onTestFinished(() => {
    child.kill();
    rmSync(file);
  });
  await once(child.stdout, 'data');

  const issuer = `http://localhost:${port}`;
  const metadata: unknown = await (await fetch(`${issuer}/.well-known/oauth-authorization-server`)).json();
  expect(metadata).toMatchObject({ issuer, registration_endpoint: `${issuer}/connect/register` });
  const registered = await fetch(`${issuer}/connect/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_name: 'Agent', redirect_uris: ['http://127.0.0.1:9/callback'] }),
  });
  expect(registered.status).toBe(201);
  const page = await fetch(`${issuer}/connect/rules`);
  expect(page.headers.get('content-type')).toContain('text/html');
});

test('the seed in the README is one, and shows every default as it is', () => {
  const [seed = ''] = blocks('apps/reference/README.md', 'json');
  const parsed = parseRealmDocument(JSON.parse(seed), 'https://id.example');
  expect(parsed).toMatchObject({ ok: true });
  const settings = parsed.ok ? parsed.value.realm.settings : {};
  const { open: _open, reservedNames: _names, ...shown } = settings.registration ?? {};
  const { open, reservedNames, ...defaults } = DEFAULT_REALM_SETTINGS.registration;
  expect([open, reservedNames]).toEqual([false, []]);
  expect(shown).toEqual(defaults);
  expect(settings.lifetimes).toEqual(DEFAULT_REALM_SETTINGS.lifetimes);
});

test('every link in a page leads somewhere', () => {
  const pages = [
    'README.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'apps/reference/README.md',
    ...published.map((name) => `packages/${name}/README.md`),
  ];
  for (const page of pages) {
    const folder = page.includes('/') ? page.replace(/[^/]*$/, '') : '';
    const links = [...readFileSync(`${root}${page}`, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)\)/g)];
    for (const [, link = ''] of links) {
      expect(() => readFileSync(`${root}${folder}${link}`)).not.toThrow(/ENOENT/);
    }
  }
});

import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DEFAULT_REALM_SETTINGS } from '@vestibule/core';
import { startPostgres, type TestPostgres } from '@vestibule/testing/postgres';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { seedSchema } from '../src/seed/schema.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));

/** The code blocks of one language in a page. */
const blocks = (page: string, language: string): string[] =>
  [
    ...readFileSync(`${root}${page}`, 'utf8').matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs')),
  ].map(([, code = '']) => code);

/** Packages that others take: those that are published. */
const published = readdirSync(`${root}packages`).filter(
  (name) => !JSON.parse(readFileSync(`${root}packages/${name}/package.json`, 'utf8')).private,
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

test('the seed in the README is one, and shows every default as it is', () => {
  const [seed = ''] = blocks('apps/reference/README.md', 'json');
  const { realm } = seedSchema('https://id.example').parse(JSON.parse(seed));
  const { open: _open, reservedNames: _names, ...shown } = realm.settings?.registration ?? {};
  const { open, reservedNames, ...defaults } = DEFAULT_REALM_SETTINGS.registration;
  expect([open, reservedNames]).toEqual([false, []]);
  expect(shown).toEqual(defaults);
  expect(realm.settings?.lifetimes).toEqual(DEFAULT_REALM_SETTINGS.lifetimes);
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

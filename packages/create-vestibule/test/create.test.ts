import { startPostgres, type TestPostgres } from '@vestibule/testing/postgres';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { create, emptyFolder, testProject } from './world.ts';

const API = 'https://notes.example/mcp';
const [ENTER, DOWN, CONTROL_C, CONTROL_D] = ['\r', '\u001B[B', '\u0003', '\u0004'];

describe('a created project passes its own tests', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  test.each<[string, readonly string[], number]>([
    ['the whole server with a sample API', [], 3],
    ['the whole server for an API elsewhere', ['--api', API], 2],
    ['registration only', ['--kind', 'registration', '--api', API], 6],
    ['the whole server for an API with another name', ['--api-name', 'Käse v2.0'], 3],
  ])('%s, on SQLite', async (_, options, tests) => {
    const folder = emptyFolder();
    expect(await create(folder, ['p', '--yes', ...options])).toMatchObject({ code: 0, stderr: '' });
    expect(await testProject(join(folder, 'p'))).toContain(`# pass ${tests}\n# fail 0`);
  });

  test.each<[string, readonly string[], number]>([
    ['the whole server', [], 3],
    ['registration only', ['--kind', 'registration', '--api', API], 6],
  ])('%s, on PostgreSQL', async (_, options, tests) => {
    const folder = emptyFolder();
    await create(folder, ['p', '--yes', '--database', 'postgres', ...options]);
    const env = { TEST_DATABASE_URL: await postgres.createDatabase() };
    expect(await testProject(join(folder, 'p'), env)).toContain(`# pass ${tests}\n# fail 0`);
  });
});

describe('the command', () => {
  test('asks three things of a person in a terminal: what, where, and which API', async () => {
    const folder = emptyFolder();
    const entries = {
      'What do you need?': DOWN + ENTER,
      'Where is data stored?': DOWN + ENTER,
      'Which API?': API + ENTER,
    };
    expect(await create(folder, ['p'], entries)).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'p/src/realm.ts'), 'utf8')).toContain(API);
    expect(readFileSync(join(folder, 'p/.env'), 'utf8')).toMatch(
      /^DATABASE_URL=postgres:[^]*^LOOKUP_TOKEN=/m,
    );
  });

  test.each([
    ['What do you need?', []],
    ['Where is data stored?', ['--kind', 'server']],
    ['Which API?', ['--kind', 'server', '--database', 'sqlite']],
  ])('writes nothing if the person gives up at the question %j', async (question, options) => {
    const folder = emptyFolder();
    for (const key of [CONTROL_C, CONTROL_D]) {
      expect(await create(folder, ['p', ...options], { [question]: key })).toMatchObject({ code: 1 });
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  test('refuses a folder that is not empty, and leaves it as it is', async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, 'p'));
    writeFileSync(join(folder, 'p/mine.txt'), 'mine');
    const { code, stderr } = await create(folder, ['p', '--yes']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `${join(folder, 'p')} is not empty. Name a new folder; nothing was written.\n`,
    });
    expect(readdirSync(join(folder, 'p'))).toEqual(['mine.txt']);
  });

  test('names a file that is in the way of the folder', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'p'), '');
    expect(await create(folder, ['p', '--yes'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('EEXIST'),
    });
  });

  test('writes into the current folder if it is empty', async () => {
    const folder = emptyFolder();
    expect(await create(folder, ['.', '--yes'])).toMatchObject({ code: 0 });
    const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    expect(name).toMatch(/^create-vestibule-/);
  });

  test('generates a secret for each project that only the owner can read', async () => {
    const folder = emptyFolder();
    await create(folder, ['a', '--yes']);
    await create(folder, ['b', '--yes']);
    const [a, b] = ['a', 'b'].map((name) => readFileSync(join(folder, name, '.env'), 'utf8'));
    expect(a).toMatch(/^FIRST_PASSWORD=[\w-]{24}$/m);
    expect(a).not.toBe(b);
    expect(statSync(join(folder, 'a/.env')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'a/.gitignore'), 'utf8')).toContain('.env\n');
    expect(readFileSync(join(folder, 'a/.env.example'), 'utf8')).toMatch(/^FIRST_PASSWORD=$/m);
  });

  test.each<[string, readonly string[], string]>([
    ['no terminal and no --yes', ['p'], 'Not a terminal. Pass --yes'],
    ['registration without an API', ['p', '--yes', '--kind', 'registration'], 'Pass --api URL.'],
    ['an unknown option', ['p', '--yess'], "Unknown option '--yess'"],
  ])('exits with 2 for %s', async (_, args, message) => {
    const folder = emptyFolder();
    expect(await create(folder, args)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('prints its options with --help', async () => {
    expect(await create(emptyFolder(), ['--help'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('--kind server | registration'),
    });
  });
});

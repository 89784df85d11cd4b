import { temporaryFolder } from '@vestibule/testing/folder';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { call } from './support/call.ts';
import { openCli } from './support/test-cli.ts';

/** Database URLs with `sesame` in the password, each easy to misparse in a different way. */
const ADDRESSES = [
  'postgres://ada:sesame@localhost:1/notes',
  'postgres://ada:12/sesame@localhost:1/notes',
  'postgres://ada:12?sesame@localhost:1/notes',
  'postgres://ada:12#sesame@localhost:1/notes',
  'postgres://ada:12/x@sesame@localhost:1/notes',
  'postgres://ada@12:sesame@localhost:1/notes',
  'postgres://ada:sesame%@localhost:1/notes',
  'postgres://ada:sesame word@localhost/notes/x@y',
  'postgres://ada:sesame@localhost:1',
  'postgres://ada:sesame@localhost,elsewhere/notes',
  'postgres://localhost:1/notes?password=sesame',
  'postgres:/ada:sesame@localhost/notes',
  'mysql://ada:sesame@localhost/notes',
  'host=localhost dbname=notes password=sesame',
  'sqlite:./a.db?key=sesame',
  'sqlite://ada:sesame@localhost/notes',
  'sqlite:ada:12/sesame@localhost/notes',
  'sqlite:a.db;password=sesame',
];

describe.each(ADDRESSES)('the password in %s is not printed', (address) => {
  test.each<[string, readonly string[], Readonly<Record<string, string>>]>([
    ['DATABASE_URL', ['gates'], { DATABASE_URL: address }],
    ['--database', ['gates', '--database', address], {}],
    ['--database of explain', ['explain', '--database', address, '-'], {}],
    ['--database of backup', ['backup', '--database', address, '/nowhere/backup.db'], {}],
    ['the source of a move', ['move', address, 'postgres://localhost:1/notes'], {}],
    ['an unknown option', [`--databse=${address}`], {}],
    ['an unknown option of a command', ['gates', `--databse=${address}`], {}],
    ['the value of another option', ['events', '--since', address], {}],
    ['an excess argument', ['move', 'sqlite:./a.db', 'postgres://localhost:1/notes', address], {}],
    ['a command', [address], {}],
    ['an id', ['clients', 'show', address], {}],
  ])('as %s', async (_, args, env) => {
    const { code, stdout, stderr } = await call(args, { env });
    expect(code).not.toBe(0);
    expect(stdout + stderr).not.toMatch(/sesame|\b12\b/);
  });
});

test('move prints neither user nor password of a server that does not respond', async () => {
  const { url, database } = await openCli();
  await database.close();
  const { code, stderr } = await call(['move', url, 'postgres://ada:sesame@localhost:1/notes']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^postgres:\/\/localhost: /);
  expect(stderr).not.toMatch(/sesame|ada/);
});

test('a database URL with a reserved character in its password is refused with the percent-encodings', async () => {
  const { stderr } = await call(['gates'], { env: { DATABASE_URL: 'postgres://ada:12/sesame@h/d' } });
  expect(stderr).toBe(
    'DATABASE_URL=postgres:… must look like postgres://user:password@host:5432/database. In a user name, a password and a database name / is written %2F, ? is %3F, # is %23, @ is %40, : is %3A, [ is %5B, ] is %5D, % is %25 and a space is %20.\n',
  );
});

test.each<[readonly string[], string]>([
  [
    ['gates', 'open', 'postgres://ada:sesame@h/d'],
    '“postgres:…” is not a gate. Use realm, documents, api ID… or scope NAME….',
  ],
  [
    ['explain', '--database', 'sqlite::memory:', 'postgres://ada:sesame@h/d'],
    "postgres:… cannot be read: ENOENT: no such file or directory, open 'postgres:…'",
  ],
  [['clients', 'show', 'postgres://ada:sesame@h/d'], 'The realm main has no client “postgres:…”.'],
])('the message about the URL in %j is a whole sentence', async (args, sentence) => {
  const cli = await openCli();
  expect((await cli.call(args)).stderr).toContain(sentence);
});

describe('a secret in place of an id is not printed', () => {
  test.each([
    ['clients', 'show'],
    ['clients', 'block'],
    ['clients', 'secret'],
    ['tokens', 'revoke'],
    ['apis', 'secret'],
    ['apis', 'revoke'],
    ['gates', 'open', 'scope'],
    ['settings', 'reset'],
    ['events', '--since'],
    ['nobody'],
  ])('%j', async (...args) => {
    const cli = await openCli();
    for (const kind of ['vit', 'vcs', 'vas']) {
      const { code, stdout, stderr } = await cli.call([...args, `${kind}_sesame-sesame-sesame`]);
      expect(code).not.toBe(0);
      expect(stdout + stderr).not.toContain('sesame');
    }
  });
});

test('a syntax error in a settings file is located without repeating the text', async () => {
  const cli = await openCli();
  const file = join(temporaryFolder(), 'settings.json');
  writeFileSync(file, '{\n  "password": sesame\n}');
  expect(await cli.call(['settings', 'apply', file])).toEqual({
    code: 1,
    stdout: '',
    stderr: `${file} is not JSON: see line 2, column 15.\n`,
  });
});

describe('DATABASE_URL_FILE', () => {
  test('names a file with the URL of the database', async () => {
    const file = join(temporaryFolder(), 'database-url');
    writeFileSync(file, 'sqlite:/nowhere/of-the-file.db\n');
    const { stderr } = await call(['gates'], { env: { DATABASE_URL_FILE: file } });
    expect(stderr).toContain('/nowhere/of-the-file.db');
  });

  test('is not read if an option names the database, and other secrets never are', async () => {
    const env = { DATABASE_URL_FILE: '/nowhere/url', OPERATOR_TOKEN_FILE: '/nowhere/token' };
    const { stderr } = await call(['gates', '--database', 'sqlite:/nowhere/of-the-option.db'], { env });
    expect(stderr).toContain('/nowhere/of-the-option.db');
    expect(stderr).not.toContain('_FILE');
  });

  test('is named without its value if it cannot be read', async () => {
    const env = { DATABASE_URL_FILE: 'postgres://ada:sesame@localhost/notes' };
    const { code, stderr } = await call(['gates'], { env });
    expect(code).toBe(1);
    expect(stderr).toContain('DATABASE_URL_FILE=… must name a file that this account can read');
    expect(stderr).not.toContain('sesame');
  });
});

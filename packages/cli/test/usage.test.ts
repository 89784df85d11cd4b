import { cite } from '@vestibule/requirements';
import { temporaryFolder } from '@vestibule/testing/folder';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { call } from './support/call.ts';
import { openCli } from './support/test-cli.ts';
import { realmWith } from './support/realm.ts';

describe(
  cite(
    'invalid usage prints the error and the usage, changes nothing, and exits with 2',
    'vestibule:command-line:wrong-call',
    'vestibule:command-line:exit-codes',
  ),
  () => {
    test.each<[readonly string[], string]>([
      [['gatez'], 'unknown command'],
      [['gates', 'opn'], 'gates has no command opn. Did you mean open?'],
      [['gates', 'clsoe', 'realm'], 'gates has no command clsoe. Did you mean close?'],
      [['gates', 'everything'], 'gates has no command everything.\n'],
      [['settings', 'sett', 'a', 'b'], 'settings has no command sett. Did you mean set?'],
      [['keys', 'rotate'], 'keys has no command rotate.'],
      [['tokens', 'lst'], "unknown command 'lst'\n(Did you mean list?)"],
      [['client'], "unknown command 'client'\n(Did you mean clients?)"],
      [['gates', 'open'], 'missing required argument'],
      [['gates', 'close', 'notes'], 'notes is not a gate. Use realm, documents, api ID… or scope NAME….'],
      [['gates', 'close', 'realm', 'notes'], 'notes is not a gate'],
      [['gates', 'close', 'realm', 'api'], 'api must be followed by the id of an API.'],
      [['gates', 'close', 'scope'], 'scope must be followed by the name of a scope.'],
      [['gates', '--loud'], 'unknown option'],
      [['gates', '--realm'], 'argument missing'],
      [['gates', '--database', 'mysql://ada:hunter2@h/d'], '--database mysql:… must look like sqlite:'],
      [['clients', 'list', '--state', 'tired'], 'Allowed choices are awake, asleep, blocked, gone, expired.'],
      [['clients', 'list', '--limit', '0'], 'It must be a whole number from 1 to'],
      [['clients', 'list', '--limit', '1e3'], 'It must be a whole number from 1 to'],
      [['clients', 'show'], 'missing required argument'],
      [['clients', 'block', 'a', 'b'], 'too many arguments'],
      [['clients', 'delete', 'a'], 'Not a terminal. Pass --yes to confirm the deletion.'],
      [['tokens', 'issue', '--uses', '0'], 'It must be a whole number from 1 to'],
      [['tokens', 'issue', '--uses', '-1'], 'It must be a whole number from 1 to'],
      [['tokens', 'issue', '--uses', '1.5'], 'It must be a whole number from 1 to'],
      [['tokens', 'issue', '--expires-in', '0d'], 'It must be a duration such as'],
      [['tokens', 'issue', '--expires-in', '30'], 'It must be a duration such as'],
      [['tokens', 'issue', '--expires-in', '3 years'], 'It must be a duration such as'],
      [['tokens', 'issue', '--expires-in', '99999999999999w'], 'It must be a duration such as'],
      [['tokens', 'issue', '--expires-at', 'tomorrow'], 'It must be a date or time such as'],
      [['tokens', 'issue', '--expires-at', '2027-02-30'], 'It must be a date or time such as'],
      [['tokens', 'issue', '--expires-at', '2027-02-28T25:00Z'], 'It must be a date or time such as'],
      [['tokens', 'issue', '--expires-at', '2027-02-28T12:00'], 'It must be a date or time such as'],
      [
        ['tokens', 'issue', '--expires-at', '2020-01-01'],
        '--expires-at is in the past. Choose a later time.',
      ],
      [['tokens', 'issue', '--expires-in', '1d', '--expires-at', '2099-01-01'], 'cannot be used with option'],
      [['tokens', 'issue', '--redirect-host', 'https://a.example'], 'It must be a host such as'],
      [['tokens', 'issue', '--redirect-host', '*.*.example'], 'It must be a host such as'],
      [['tokens', 'issue', '--note', ''], 'It must be one line'],
      [['tokens', 'issue', '--note', 'two\nlines'], 'It must be one line'],
      [['tokens', 'issue', '--note', 'x'.repeat(201)], 'It must be one line'],
      [['tokens', 'issue', 'now'], 'too many arguments'],
      [['tokens', 'revoke'], 'missing required argument'],
      [['explain'], 'missing required argument'],
      [['explain', 'a', 'b'], 'too many arguments'],
      [['sunset', 'now'], 'too many arguments'],
      [['sweep', 'now'], 'too many arguments'],
      [['sweep', '--batch', '0'], 'It must be a whole number from 1 to'],
      [['backup'], 'missing required argument'],
      [['move', 'sqlite:./a.db'], 'missing required argument'],
    ])('%j', async (args, says) => {
      const cli = await openCli();
      await cli.add({ id: 'a' });
      const ended = await cli.call(args);
      expect(ended).toMatchObject({ code: 2, stdout: '' });
      expect(ended.stderr).toContain(says);
      expect(ended.stderr).toMatch(/\nUsage: vestibule /);
      expect(ended.stderr).not.toContain('hunter2');
      const { stores } = cli.database;
      expect((await stores.audit.list('main', { limit: 1 })).items).toEqual([]);
      expect((await stores.initialAccessTokens.list('main', { limit: 1 })).items).toEqual([]);
      expect((await stores.clients.list('main', { limit: 2 })).items).toHaveLength(1);
    });
  },
);

test.each([[[]], [['clients']], [['tokens']]])(
  'a call without a command lists the commands: %j',
  async (args) => {
    const { code, stdout, stderr } = await call(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Commands:');
  },
);

test('help prints the usage of every command and exits with 0', async () => {
  const { code, stdout, stderr } = await call(['--help']);
  expect([code, stderr]).toEqual([0, '']);
  const names = ['gates', 'clients', 'tokens', 'explain', 'sweep', 'backup', 'move'];
  for (const name of names) {
    expect(stdout).toContain(`\n  ${name} `);
    const help = await call(['help', name]);
    expect(help.code).toBe(0);
    expect(help.stdout).toContain(`Usage: vestibule ${name} `);
    expect(help.stdout).not.toContain('undefined');
  }
});

test.each(['--version', '-V'])('%s prints the version and exits with 0', async (option) => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(await call([option])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

/** Commands that work on a realm, with valid arguments. */
const COMMANDS: readonly (readonly string[])[] = [
  ['gates'],
  ['gates', 'open', 'realm'],
  ['clients', 'list'],
  ['clients', 'show', 'a'],
  ['clients', 'block', 'a'],
  ['clients', 'unblock', 'a'],
  ['clients', 'delete', 'a', '--yes'],
  ['tokens', 'list'],
  ['tokens', 'issue'],
  ['tokens', 'revoke', 'a'],
  ['sunset'],
];

describe('a database that does not exist is not created by', () => {
  test.each([...COMMANDS, ['sweep']].map((args) => [args]))('%j', async (args) => {
    const folder = temporaryFolder();
    const url = `sqlite:${join(folder, 'nowhere.db')}`;
    expect(await call(args, { env: { DATABASE_URL: url } })).toEqual({
      code: 1,
      stdout: '',
      stderr: `The database ${url} does not exist. Set DATABASE_URL or --database to one that does.\n`,
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the realm', () => {
  test.each(COMMANDS.map((args) => [args]))('must exist for %j', async (args) => {
    const { call: ask, url } = await openCli([]);
    expect(await ask(args)).toEqual({
      code: 1,
      stdout: '',
      stderr: `The database ${url} has no realm yet. Describe one in a seed file and start Vestibule with SEED.\n`,
    });
  });

  test('is the only one, or the one that --realm names', async () => {
    const { call: ask, json } = await openCli([
      realmWith(),
      realmWith({ registration: { open: false } }, 'other'),
    ]);
    expect(await json(['gates', '--realm', 'other'])).toMatchObject([{ open: false }, {}, {}, {}, {}, {}]);
    expect(await json(['gates', 'close', 'realm', '--realm', 'other'])).toMatchObject([
      { change: 'unchanged' },
    ]);
    const unnamed = await ask(['gates', 'close', 'realm']);
    expect(unnamed).toMatchObject({ code: 2, stdout: '' });
    expect(unnamed.stderr).toContain(
      'error: The database has several realms: main, other. Choose one with --realm.',
    );
    expect(await ask(['gates', '--realm', 'third'])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'The database has no realm third. It has: main, other.\n',
    });
  });
});

describe('the database', () => {
  test('is named by --database, which takes precedence over DATABASE_URL', async () => {
    const { url } = await openCli();
    const env = { DATABASE_URL: 'sqlite:/nowhere/a.db' };
    expect(await call(['gates', '--database', url], { env })).toMatchObject({ code: 0 });
  });

  test('is named without its secrets if DATABASE_URL is invalid', async () => {
    const ended = await call(['gates'], { env: { DATABASE_URL: 'postgres://ada:secret@h' } });
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(/^DATABASE_URL=postgres:… must name a database behind the host/);
  });

  test.each([
    ['is a folder', (file: string) => mkdirSync(file), 'it is a folder. Choose a file.'],
    ['is not a database', (file: string) => writeFileSync(file, 'x'.repeat(5_000)), 'it is not a database.'],
    ['is empty', (file: string) => writeFileSync(file, ''), 'does not exist'],
  ])('is refused with an explanation if it %s', async (_, make, says) => {
    const file = join(temporaryFolder(), 'a.db');
    make(file);
    const ended = await call(['gates', '--database', `sqlite:${file}`]);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain(says);
    expect(ended.stderr).toContain(file);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
  });

  test('is named with its variable or option if the server does not respond', async () => {
    const url = 'postgres://ada:secret@localhost:1/notes';
    for (const [args, env, name] of [
      [['gates'], { DATABASE_URL: url }, 'DATABASE_URL='],
      [['gates', '--database', url], {}, '--database '],
    ] as const) {
      const ended = await call(args, { env });
      expect(ended.code).toBe(1);
      expect(ended.stderr).toMatch(new RegExp(`^${name}postgres://localhost: `));
      expect(ended.stderr).not.toContain('secret');
    }
  });
});

describe('backup', () => {
  test('copies a database that is in use, and refuses to overwrite a file', async () => {
    const { json, url, call: ask } = await openCli();
    const file = join(temporaryFolder(), 'backup.db');
    const database = url.slice('sqlite:'.length);
    expect(await json(['backup', file])).toEqual({ database, backup: file });
    expect(await call(['gates', '--database', `sqlite:${file}`])).toMatchObject({ code: 0 });
    expect(await ask(['backup', file])).toEqual({
      code: 1,
      stdout: '',
      stderr: `The backup ${file} was not created: there is something at this place already; choose another file.\n`,
    });
  });

  test.each([
    [
      'sqlite:/nowhere/a.db',
      'The database /nowhere/a.db does not exist. Set DATABASE_URL to the database that you want to back up.\n',
    ],
    ['sqlite::memory:', 'does not exist'],
    [
      'postgres://h/d',
      'This database is on PostgreSQL. Back it up with PostgreSQL’s own tools: pg_dump or a base backup.\n',
    ],
  ])('refuses the database %s', async (url, says) => {
    const file = join(temporaryFolder(), 'backup.db');
    const ended = await call(['backup', file], { env: { DATABASE_URL: url } });
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(says) });
    expect(existsSync(file)).toBe(false);
  });
});

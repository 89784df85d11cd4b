import { temporaryFolder } from '@vestibule/testing/folder';
import { freePort } from '@vestibule/testing/port';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '@vestibule/sqlite';
import { OPEN_SEED } from './support/app.ts';
import { callMain } from './support/call-main.ts';
import { startProcess } from './support/process.ts';
import { writeSeed } from './support/seed-file.ts';

/** A Vestibule database with overwritten bytes in the middle. */
async function damaged(file: string): Promise<void> {
  await openDatabase({ path: file }).close();
  const handle = await open(file, 'r+');
  await handle.write(Buffer.alloc(4096 * 3, 0xff), 0, undefined, 4096);
  await handle.close();
}

async function othersDatabase(file: string): Promise<void> {
  const database = openDatabase({ path: file });
  await database.statement('PRAGMA user_version = 0', []);
  await database.close();
}

describe('the command line explains', () => {
  test.each<[string, Record<string, string>, string]>([
    ['a port that is not a number', { PORT: 'http' }, 'PORT=http must be a number'],
    ['a port out of range', { PORT: '70000' }, 'PORT=70000 must be at most 65535'],
    [
      'an issuer that is not a URL',
      { ISSUER: 'id.example' },
      'ISSUER=id.example must be a URL, such as https://id.example',
    ],
    [
      cite(
        'an issuer without https',
        'rfc7591:5:https',
        'oauth2.1:1.5:https',
        'mcp:communication-security:https',
      ),
      { ISSUER: 'http://id.example' },
      'must begin with https://',
    ],
    [
      cite('an issuer with a query', 'rfc8414:2:issuer-form'),
      { ISSUER: 'https://id.example/?x' },
      'must be written without query, fragment or user: https://id.example',
    ],
    [
      cite('an issuer with a fragment', 'rfc8414:2:issuer-form'),
      { ISSUER: 'https://id.example/#x' },
      'must be written without query, fragment or user: https://id.example',
    ],
    [
      'an unsupported kind of database',
      { DATABASE_URL: 'mysql://x' },
      'must look like sqlite:./vestibule.db',
    ],
    ['a database without a name', { DATABASE_URL: 'sqlite://' }, 'must look like sqlite:./vestibule.db'],
    [
      'a server without a database',
      { DATABASE_URL: 'postgres://u:secret@h' },
      'DATABASE_URL=postgres:… must name a database behind the host',
    ],
    ...[
      'postgres:/u:secret@localhost/d',
      'postgres:u:secret@h/d',
      'u:secret@h/d',
      'host=h password=secret',
    ].map((url): [string, Record<string, string>, string] => [
      'a malformed database URL without repeating its password',
      { DATABASE_URL: url },
      'must look like ',
    ]),
    [
      'a database server that does not respond',
      { DATABASE_URL: 'postgres://ada:secret@localhost:1/notes' },
      'DATABASE_URL=postgres://localhost: ',
    ],
    ['invalid proxies', { TRUST_PROXY: 'yes' }, 'TRUST_PROXY=yes must be the number of proxies'],
    [
      'an address of another computer',
      { HOST: '192.0.2.1' },
      'HOST=192.0.2.1 is not an address of this computer',
    ],
    [
      'an unknown log level',
      { LOG_LEVEL: 'loud' },
      'must be one of silent, fatal, error, warn, info, debug, trace',
    ],
    ['two invalid variables', { PORT: 'x', LOG_LEVEL: 'loud' }, 'LOG_LEVEL=loud'],
    ['a seed file that does not exist', { SEED: '/nowhere.json' }, 'SEED=/nowhere.json cannot be read'],
    [
      'a database that cannot be opened',
      { DATABASE_URL: 'sqlite:/nowhere/at/all.db' },
      'DATABASE_URL=sqlite:/nowhere/at/all.db: The database /nowhere/at/all.db cannot be used: its folder does not exist.',
    ],
  ])('%s', async (_, env, words) => {
    const app = await callMain(['start'], { DATABASE_URL: 'sqlite::memory:', ...env });
    expect(app.code).toBe(1);
    expect(app.output).toContain(words);
    expect(app.output).not.toMatch(/\n\s+at |secret/);
  });

  test.each<[string, (file: string) => Promise<void>, string]>([
    ['is a folder', (file) => mkdir(file), 'it is a folder. Choose a file.'],
    ['is not a database', (file) => writeFile(file, 'x'.repeat(5000)), 'it is not a database.'],
    ['is damaged', damaged, 'it is damaged. Put a backup in its place'],
    ['belongs to another program', othersDatabase, 'The database belongs to another program'],
  ])('a database that %s', async (_, make, words) => {
    const file = join(temporaryFolder(), 'a.db');
    await make(file);
    const app = await callMain(['start'], {
      PORT: String(await freePort()),
      DATABASE_URL: `sqlite:${file}`,
      SEED: await writeSeed(JSON.stringify(OPEN_SEED)),
    });
    expect(app.code).toBe(1);
    expect(app.output).toContain(`DATABASE_URL=sqlite:${file}: The database`);
    expect(app.output).toContain(words);
    expect(app.output).not.toMatch(/\n\s+at /);
  });

  test('a seed that is not UTF-8', async () => {
    const file = join(temporaryFolder(), 'seed.json');
    await writeFile(file, Buffer.from(JSON.stringify({ name: 'é' }), 'latin1'));
    const app = await callMain(['start'], { DATABASE_URL: 'sqlite::memory:', SEED: file });
    expect(app.code).toBe(1);
    expect(app.output).toBe(`SEED=${file} is not UTF-8. Save it as UTF-8.\n`);
  });

  test.each<[string, unknown, string]>([
    ['a syntax error', 'not json', 'is not JSON: see line 1, column 1.'],
    ['a list instead of an object', [], '(document): must be an object'],
    ['a realm without a name', { realm: { id: 'a' } }, 'realm.name: is missing'],
    [
      'a realm with a strange id',
      { realm: { id: 'A B', name: 'x' } },
      'realm.id: must be lower-case letters',
    ],
    [
      'a realm with an unknown member',
      { ...OPEN_SEED, apps: [] },
      'apps: unknown member. Did you mean apis?',
    ],
    [
      'an unknown setting',
      { realm: { id: 'a', name: 'A', settings: { registration: { opne: true } } } },
      'realm.settings.registration.opne: unknown setting. Did you mean registration.open?',
    ],
    [
      'a setting of another type',
      { realm: { id: 'a', name: 'A', settings: { registration: { open: 'yes' } } } },
      'realm.settings.registration.open: must be true or false',
    ],
    [
      'a lifetime of zero',
      { realm: { id: 'a', name: 'A', settings: { lifetimes: { code: 0 } } } },
      'realm.settings.lifetimes.code: must be a duration',
    ],
    [
      'a duration in place of a count',
      { realm: { id: 'a', name: 'A', settings: { limits: { sessionsPerPerson: '5m' } } } },
      'realm.settings.limits.sessionsPerPerson: must be a number',
    ],
    [
      'an API with an unknown scope',
      { ...OPEN_SEED, scopes: [] },
      "apis[0].scopes[0]: 'notes:read' is not a scope of this realm",
    ],
    [
      'an API twice',
      { ...OPEN_SEED, apis: [OPEN_SEED.apis?.[0], OPEN_SEED.apis?.[0]] },
      'apis[1].id: is a duplicate',
    ],
    [
      'an API without a resource',
      { ...OPEN_SEED, apis: [{ id: 'a', name: 'A', resource: 'x', scopes: [] }] },
      'apis[0].resource: must be an absolute URI',
    ],
    [
      'an API at a path of the authorization server',
      { ...OPEN_SEED, apis: [{ id: 'a', name: 'A', resource: '/connect/token', scopes: [] }] },
      'apis[0].resource: must not be a path of the authorization server',
    ],
    [
      'a name that changes the direction of text',
      { ...OPEN_SEED, people: [{ username: 'a', name: 'A\u202E', password: 'x' }] },
      'people[0].name: must not contain line breaks, control characters or direction marks',
    ],
    [
      'a person with two passwords',
      { ...OPEN_SEED, people: [{ username: 'a', name: 'A', password: 'x', passwordHash: 'y' }] },
      'people[0]: must have either password or passwordHash, and not both',
    ],
    [
      'a person without a password',
      { ...OPEN_SEED, people: [{ username: 'a', name: 'A' }] },
      'people[0]: must have either password or passwordHash',
    ],
    [
      'a password hash of another kind',
      { ...OPEN_SEED, people: [{ username: 'a', name: 'A', passwordHash: 'md5' }] },
      'people[0].passwordHash: must be an argon2 hash',
    ],
    [
      'a person twice',
      { ...OPEN_SEED, people: [...(OPEN_SEED.people ?? []), { username: 'ADA', name: 'A', password: 'x' }] },
      'people[1].username: is a duplicate',
    ],
  ])('a seed with %s', async (_, seed, words) => {
    const file = await writeSeed(typeof seed === 'string' ? seed : JSON.stringify(seed));
    const app = await callMain(['start'], { DATABASE_URL: 'sqlite::memory:', SEED: file });
    expect(app.code).toBe(1);
    expect(app.output).toContain(words);
    expect(app.output).toContain(`SEED=${file}`);
  });

  test('--help by listing all commands', async () => {
    const app = await callMain(['--help']);
    expect(app.code).toBe(0);
    for (const command of [
      'start',
      'demo',
      'gates',
      'clients',
      'tokens',
      'explain',
      'sweep',
      'backup',
      'move',
    ]) {
      expect(app.output).toContain(`\n  ${command} `);
    }
  });

  test.each([
    [[], 'Usage: vestibule [options] [command]'],
    [['serve'], "unknown command 'serve'"],
    [['demo', '--twice'], 'Usage: vestibule demo [options]'],
    [['start', '--port'], 'Usage: vestibule start [options]'],
    [['start', 'now'], 'too many arguments'],
  ])('invalid usage: %j', async (options, words) => {
    const app = await callMain(options, { DATABASE_URL: 'sqlite::memory:' });
    expect(app.code).toBe(2);
    expect(app.output).toContain(words);
  });
});

test.each([
  [['start'], { PORT: 'http' }, 1, 'PORT=http must be a number'],
  [['start'], { SEED: '/nowhere.json' }, 1, 'SEED=/nowhere.json cannot be read'],
  [['serve'], {}, 2, "unknown command 'serve'"],
  [['--help'], {}, 0, 'Usage: vestibule [options] [command]'],
])('a process exits after %j with %j, and prints no stack', async (args, env, code, words) => {
  const app = startProcess(args, { DATABASE_URL: 'sqlite::memory:', ...env });
  expect(await app.exit).toBe(code);
  expect(app.output()).toContain(words);
  expect(app.output()).not.toMatch(/\n\s+at /);
});

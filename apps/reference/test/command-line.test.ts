import { existsSync } from 'node:fs';
import { chmod, mkdir, open, readdir, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { cite } from '@vestibule/requirements';
import { describe, expect, onTestFinished, test } from 'vitest';
import { realmSettings } from '@vestibule/core';
import { createSqliteStores, openDatabase } from '@vestibule/sqlite';
import { freePort, OPEN_SEED, temporaryFolder } from './support/app.ts';
import { startProcess } from './support/process.ts';

const write = async (text: string): Promise<string> => {
  const file = join(await temporaryFolder(), 'seed.json');
  await writeFile(file, text);
  return file;
};

/** A database of ours with bytes in its middle overwritten. */
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

/** A seed whose person has a password that stands nowhere else. */
const OWN_PASSWORD_SEED = {
  ...OPEN_SEED,
  people: [{ username: 'ada', name: 'Ada Lovelace', password: 'a password of her own' }],
};

/** A database of ours that serves another issuer. */
async function othersRealm(file: string): Promise<void> {
  const database = openDatabase({ path: file });
  const realm = { id: 'main', name: 'Main', issuer: 'https://elsewhere.example', apis: [], scopes: [] };
  await createSqliteStores(database).realms.insert({ ...realm, settings: realmSettings() });
  await database.close();
}

describe('demo --once', () => {
  test('tells the handshake step by step and ends with 0', async () => {
    const demo = startProcess(['demo', '--once'], { PORT: String(await freePort()) });
    expect(await demo.exit).toBe(0);
    const steps = [
      'Somebody gives an agent the address',
      'is told where the door is',
      'who guards Notes',
      'which doors the authorization server has open',
      'introduces itself',
      'signs in as ada',
      '[unverified]',
      'approves',
      'exchanges the code for a token',
      'Water the ferns on Thursday.',
      'This needs the scope notes:admin.',
      'The agent is attached.',
    ];
    const places = steps.map((step) => demo.output().indexOf(step));
    expect(places).not.toContain(-1);
  });

  test('names the step that does not work and ends with another code', async () => {
    const seed = await write(JSON.stringify({ ...OPEN_SEED, people: [] }));
    const demo = startProcess(['demo', '--once'], { PORT: String(await freePort()), SEED: seed });
    expect(await demo.exit).toBe(1);
    expect(demo.output()).toContain('This step did not work: The person signs in as ada');
    expect(demo.output()).toContain(
      'The page says: That username and password don’t match. Please try again.',
    );
  });

  test('says so where the realm lets nobody register', async () => {
    const closed = { ...OPEN_SEED, realm: { id: 'closed', name: 'Closed' } };
    const demo = startProcess(['demo', '--once'], {
      PORT: String(await freePort()),
      SEED: await write(JSON.stringify(closed)),
    });
    expect(await demo.exit).toBe(1);
    expect(demo.output()).toContain('does not support dynamic client registration');
  });
});

test('the demo keeps running, says how to attach an agent, and ends at a signal', async () => {
  const port = String(await freePort());
  const demo = startProcess(['demo'], { PORT: port });
  await demo.said('Ctrl-C ends it');
  expect(demo.output()).toContain(`claude mcp add --transport http notes http://localhost:${port}/mcp`);
  expect(demo.output()).toContain('sign in as   ada   with the password   correct horse');
  expect((await fetch(`http://localhost:${port}/mcp`)).status).toBe(401);
  demo.process.kill('SIGINT');
  expect(await demo.exit).toBe(0);
});

describe('the folder of a demo goes with it', () => {
  const startDemo = async (env: Record<string, string> = {}) => {
    const folder = await temporaryFolder();
    const demo = startProcess(['demo'], { PORT: String(await freePort()), TMPDIR: folder, ...env });
    return { demo, folder };
  };

  test.each<NodeJS.Signals>(['SIGINT', 'SIGTERM', 'SIGHUP'])('at %s', async (signal) => {
    const { demo, folder } = await startDemo();
    await demo.said('signs in as ada');
    demo.process.kill(signal);
    expect(await demo.exit).toBe(0);
    expect(await readdir(folder)).toEqual([]);
  });

  test('when nobody reads its story any more', async () => {
    const { demo, folder } = await startDemo();
    demo.process.stdout?.destroy();
    await demo.exit;
    expect(await readdir(folder)).toEqual([]);
  });

  test('when it cannot start', async () => {
    const { demo, folder } = await startDemo({ SEED: '/nowhere.json' });
    expect(await demo.exit).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  test('but not the database that it was told to use', async () => {
    const file = join(await temporaryFolder(), 'kept.db');
    const { demo } = await startDemo({ DATABASE_URL: `sqlite:${file}` });
    await demo.said(`What was registered stays in sqlite:${file}.`);
    demo.process.kill('SIGINT');
    expect(await demo.exit).toBe(0);
    expect(existsSync(file)).toBe(true);
  });
});

describe('a port that is taken', () => {
  test.each([['demo'], ['start']])('%s says so and what to do', async (command) => {
    const other = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const folder = await temporaryFolder();
    const app = startProcess([command], {
      PORT: String(port),
      DATABASE_URL: `sqlite:${join(folder, 'a.db')}`,
    });
    expect(await app.exit).toBe(1);
    expect(app.output()).toBe(
      `Port ${port} is taken by another program. Stop that program, or choose another port: PORT=${port + 1}\n`,
    );
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('start', () => {
  test(
    cite('without a seed serves a realm with every gate closed', 'vestibule:gates:closed-by-default'),
    async () => {
      const port = String(await freePort());
      const app = startProcess(['start'], { PORT: port, DATABASE_URL: 'sqlite::memory:' });
      await app.said('Nobody has described the realm yet, so it is empty and its door is closed.');
      const metadata = await (
        await fetch(`http://localhost:${port}/.well-known/oauth-authorization-server`)
      ).json();
      expect(metadata).not.toHaveProperty('registration_endpoint');
      app.process.kill('SIGTERM');
      expect(await app.exit).toBe(0);
    },
  );

  test('applies a seed where the realm is new, and says so where it is not', async () => {
    const folder = await temporaryFolder();
    const seed = join(folder, 'seed.json');
    await writeFile(seed, JSON.stringify(OPEN_SEED));
    const port = String(await freePort());
    const env = {
      PORT: port,
      DATABASE_URL: `sqlite:${join(folder, 'a.db')}`,
      SEED: seed,
      LOG_LEVEL: 'silent',
    };

    const first = startProcess(['start'], env);
    await first.said(`serves the realm test at http://localhost:${port}`);
    first.process.kill('SIGTERM');
    expect(await first.exit).toBe(0);
    expect(first.output()).not.toContain('was not applied');

    await writeFile(seed, JSON.stringify({ ...OPEN_SEED, people: [] }));
    const second = startProcess(['start'], env);
    await second.said(`has this realm already, so ${seed} was not applied`);
  });

  test('takes a seed after it ran without one', async () => {
    const port = String(await freePort());
    const env = { PORT: port, DATABASE_URL: `sqlite:${join(await temporaryFolder(), 'a.db')}` };
    const first = startProcess(['start'], env);
    await first.said('Nobody has described the realm yet');
    first.process.kill('SIGTERM');
    await first.exit;
    const seed = await write(JSON.stringify({ ...OPEN_SEED, realm: { ...OPEN_SEED.realm, id: 'main' } }));
    const second = startProcess(['start'], { ...env, SEED: seed });
    await second.said(`serves the realm main at http://localhost:${port}`);
    expect((await fetch(`http://localhost:${port}/mcp`)).status).toBe(401);
    expect(second.output()).not.toContain('was not applied');
  });

  test.each([
    ['https://id.example', { HOST: '127.0.0.1' }, 'of 127.0.0.1, for http'],
    ['http://127.0.0.1:7', {}, 'of localhost, for http'],
  ])('says where it listens where that is not %s', async (issuer, more, words) => {
    const port = String(await freePort());
    const env = { ...more, PORT: port, ISSUER: issuer, DATABASE_URL: 'sqlite::memory:', LOG_LEVEL: 'silent' };
    const app = startProcess(['start'], env);
    await app.said(`serves the realm main at ${issuer}`);
    await app.said('It listens on port');
    expect(app.output()).toContain(`It listens on port ${port} ${words}`);
  });

  test('refuses a database whose realm has another issuer', async () => {
    const folder = await temporaryFolder();
    const env = {
      DATABASE_URL: `sqlite:${join(folder, 'a.db')}`,
      SEED: await write(JSON.stringify(OWN_PASSWORD_SEED)),
    };
    const [one, two] = [String(await freePort()), String(await freePort())];
    const first = startProcess(['start'], { ...env, PORT: one });
    await first.said('serves the realm');
    first.process.kill('SIGTERM');
    await first.exit;
    const second = startProcess(['start'], { ...env, PORT: two });
    expect(await second.exit).toBe(1);
    expect(second.output()).toContain(`Start with PORT=${one}, or with another DATABASE_URL.`);
    const third = startProcess(['start'], { ...env, PORT: two, ISSUER: 'https://id.example' });
    expect(await third.exit).toBe(1);
    expect(third.output()).toContain(
      `Start with ISSUER=http://localhost:${one}, or with another DATABASE_URL.`,
    );
  });

  test('leaves nobody of a refused seed behind', async () => {
    const file = join(await temporaryFolder(), 'a.db');
    const env = { PORT: String(await freePort()), DATABASE_URL: `sqlite:${file}` };
    const first = startProcess(['start'], { ...env, SEED: await write(JSON.stringify(OPEN_SEED)) });
    await first.said('serves the realm');
    first.process.kill('SIGTERM');
    await first.exit;
    const other = { ...OPEN_SEED, realm: { ...OPEN_SEED.realm, id: 'other' } };
    const second = startProcess(['start'], { ...env, SEED: await write(JSON.stringify(other)) });
    expect(await second.exit).toBe(1);
    expect(second.output()).toContain('belongs to the realm test in this database, not to other.');
    const database = openDatabase({ path: file });
    const people = database.prepare<[], { realm: string }>('SELECT realm FROM people').all();
    await database.close();
    expect(people).toEqual([{ realm: 'test' }]);
  });

  test('leaves no key file behind where it is refused', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'a.db');
    await othersRealm(file);
    const app = startProcess(['start'], { PORT: String(await freePort()), DATABASE_URL: `sqlite:${file}` });
    expect(await app.exit).toBe(1);
    expect(app.output()).toContain('has the issuer https://elsewhere.example');
    expect(existsSync(`${file}.key`)).toBe(false);
  });

  test('ends at a signal though a silent connection is open', async () => {
    const port = await freePort();
    const app = startProcess(['start'], { PORT: String(port), DATABASE_URL: 'sqlite::memory:' });
    await app.said('serves the realm');
    const silent = connect(port, 'localhost');
    await once(silent, 'connect');
    app.process.kill('SIGTERM');
    expect(await app.exit).toBe(0);
    silent.destroy();
  });

  test(
    cite(
      'is believed what it is called, not what a request says',
      'rfc8414:3.3:same-issuer',
      'rfc8414:3:path',
      'rfc8414:5:openid-configuration',
      'mcp:authorization-server-metadata-discovery:path',
      'mcp:authorization-server-metadata-discovery:issuer',
    ),
    async () => {
      const port = String(await freePort());
      const env = {
        PORT: port,
        ISSUER: 'https://id.example/realms/acme',
        HOST: '127.0.0.1',
        DATABASE_URL: 'sqlite::memory:',
      };
      const app = startProcess(['start'], env);
      await app.said('serves the realm main at https://id.example/realms/acme');
      const forms = [
        '/.well-known/oauth-authorization-server/realms/acme',
        '/.well-known/openid-configuration/realms/acme',
        '/realms/acme/.well-known/oauth-authorization-server',
        '/realms/acme/.well-known/openid-configuration',
      ];
      const headers = {
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'http',
        forwarded: 'host=evil.example',
      };
      const documents = await Promise.all(
        forms.map(async (form) => (await fetch(`http://127.0.0.1:${port}${form}`, { headers })).text()),
      );
      expect(new Set(documents).size).toBe(1);
      expect(JSON.parse(documents[0] ?? '')).toMatchObject({
        issuer: 'https://id.example/realms/acme',
        token_endpoint: 'https://id.example/realms/acme/connect/token',
      });
      expect((await fetch(`http://127.0.0.1:${port}/.well-known/oauth-authorization-server`)).status).toBe(
        404,
      );
    },
  );
});

describe('the password of the demo', () => {
  const DEMO_SEED = {
    ...OPEN_SEED,
    people: [{ username: 'ada', name: 'Ada Lovelace', password: 'correct horse' }],
  };

  test.each<[string, Record<string, string>]>([
    ['with an address that others reach', { HOST: '0.0.0.0' }],
    ['with an issuer that others know', { ISSUER: 'https://id.example' }],
  ])('is refused %s, and nothing is left behind', async (_, env) => {
    const folder = await temporaryFolder();
    const seed = await write(JSON.stringify(DEMO_SEED));
    const port = String(await freePort());
    const DATABASE_URL = `sqlite:${join(folder, 'a.db')}`;
    const app = startProcess(['start'], { PORT: port, DATABASE_URL, SEED: seed, ...env });
    expect(await app.exit).toBe(1);
    expect(app.output()).toContain(`SEED=${seed}: people.0.password is the password of the demo`);
    expect(app.output()).not.toContain('correct horse');
    expect(await readdir(folder)).toEqual([]);
  });

  test('is refused of a person whom the database has from before', async () => {
    const folder = await temporaryFolder();
    const port = String(await freePort());
    const env = { PORT: port, DATABASE_URL: `sqlite:${join(folder, 'a.db')}` };
    const first = startProcess(['start'], { ...env, SEED: await write(JSON.stringify(DEMO_SEED)) });
    await first.said('serves the realm');
    first.process.kill('SIGTERM');
    await first.exit;
    const second = startProcess(['start'], { ...env, HOST: '0.0.0.0' });
    expect(await second.exit).toBe(1);
    expect(second.output()).toContain('ada in the realm test has the password of the demo');
  });
});

test('files with secrets that others can read are said, with what to do', async () => {
  const file = join(await temporaryFolder(), 'a.db');
  await openDatabase({ path: file }).close();
  await chmod(file, 0o644);
  const env = { PORT: String(await freePort()), DATABASE_URL: `sqlite:${file}` };
  const app = startProcess(['start'], env);
  await app.said('serves the realm');
  expect(app.output()).toContain(`other accounts can read ${file}: chmod 600 ${file}`);
  expect(app.output()).not.toContain(`${file}.key`);
});

describe('is told what is wrong with', () => {
  test.each<[string, Record<string, string>, string]>([
    ['a port that is no number', { PORT: 'http' }, 'PORT=http must be a number'],
    ['a port that there is not', { PORT: '70000' }, 'PORT=70000 must be at most 65535'],
    [
      'an issuer that is no URL',
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
      'must be written plainly: https://id.example',
    ],
    [
      cite('an issuer with a fragment', 'rfc8414:2:issuer-form'),
      { ISSUER: 'https://id.example/#x' },
      'must be written plainly: https://id.example',
    ],
    ['a database of another kind', { DATABASE_URL: 'mysql://x' }, 'must look like sqlite:./vestibule.db'],
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
      'an address that hides a password',
      { DATABASE_URL: url },
      'must look like ',
    ]),
    [
      'a server that does not answer',
      { DATABASE_URL: 'postgres://ada:secret@localhost:1/notes' },
      'DATABASE_URL=postgres://localhost: ',
    ],
    ['proxies that are none', { TRUST_PROXY: 'yes' }, 'TRUST_PROXY=yes must be how many proxies there are'],
    [
      'an address of another computer',
      { HOST: '192.0.2.1' },
      'HOST=192.0.2.1 is not an address of this computer',
    ],
    ['a log level', { LOG_LEVEL: 'loud' }, 'must be one of silent, fatal, error, warn, info, debug, trace'],
    ['two things', { PORT: 'x', LOG_LEVEL: 'loud' }, 'LOG_LEVEL=loud'],
    ['a seed that there is not', { SEED: '/nowhere.json' }, 'SEED=/nowhere.json cannot be read'],
    [
      'a database that cannot be opened',
      { DATABASE_URL: 'sqlite:/nowhere/at/all.db' },
      'DATABASE_URL=sqlite:/nowhere/at/all.db: The database /nowhere/at/all.db cannot be used: its folder does not exist.',
    ],
  ])('%s', async (_, env, words) => {
    const app = startProcess(['start'], { DATABASE_URL: 'sqlite::memory:', ...env });
    expect(await app.exit).toBe(1);
    expect(app.output()).toContain(words);
    expect(app.output()).not.toMatch(/\n\s+at |secret/);
  });

  test.each<[string, (file: string) => Promise<void>, string]>([
    ['is a folder', (file) => mkdir(file), 'it is a folder. Choose a file.'],
    ['is not a database', (file) => writeFile(file, 'x'.repeat(5000)), 'it is not a database.'],
    ['is damaged', damaged, 'it is damaged. Put a backup in its place'],
    ['belongs to another program', othersDatabase, 'The database belongs to another program'],
  ])('a database that %s', async (_, make, words) => {
    const file = join(await temporaryFolder(), 'a.db');
    await make(file);
    const app = startProcess(['start'], {
      PORT: String(await freePort()),
      DATABASE_URL: `sqlite:${file}`,
      SEED: await write(JSON.stringify(OPEN_SEED)),
    });
    expect(await app.exit).toBe(1);
    expect(app.output()).toContain(`DATABASE_URL=sqlite:${file}: The database`);
    expect(app.output()).toContain(words);
    expect(app.output()).not.toMatch(/\n\s+at /);
  });

  test('a seed that is not UTF-8', async () => {
    const file = join(await temporaryFolder(), 'seed.json');
    await writeFile(file, Buffer.from(JSON.stringify({ name: 'é' }), 'latin1'));
    const app = startProcess(['start'], { DATABASE_URL: 'sqlite::memory:', SEED: file });
    expect(await app.exit).toBe(1);
    expect(app.output()).toBe(`SEED=${file} is not UTF-8. Save it as UTF-8.\n`);
  });

  test.each<[string, unknown, string]>([
    ['text', 'not json', 'is not JSON: see line 1, column 1.'],
    ['a list', [], '(the whole): must be an object'],
    ['a realm without a name', { realm: { id: 'a' } }, 'realm.name: is missing'],
    [
      'a realm with a strange id',
      { realm: { id: 'A B', name: 'x' } },
      'realm.id: must be lower-case letters',
    ],
    ['a member that there is not', { ...OPEN_SEED, apps: [] }, '(the whole): has no member apps'],
    [
      'a setting that there is not',
      { realm: { id: 'a', name: 'A', settings: { registration: { opne: true } } } },
      'realm.settings.registration: has no member opne',
    ],
    [
      'a setting of another type',
      { realm: { id: 'a', name: 'A', settings: { registration: { open: 'yes' } } } },
      'realm.settings.registration.open: must be true or false',
    ],
    [
      'a lifetime of nothing',
      { realm: { id: 'a', name: 'A', settings: { lifetimes: { code: 0 } } } },
      'realm.settings.lifetimes.code: must be a length of time',
    ],
    [
      'an API with an unknown scope',
      { ...OPEN_SEED, scopes: [] },
      'apis.0.scopes.0: notes:read is not among the scopes of this seed',
    ],
    [
      'an API twice',
      { ...OPEN_SEED, apis: [OPEN_SEED.apis?.[0], OPEN_SEED.apis?.[0]] },
      'apis.1.id: is there twice',
    ],
    [
      'an API without a resource',
      { ...OPEN_SEED, apis: [{ id: 'a', name: 'A', resource: 'x', scopes: [] }] },
      'apis.0.resource: must be an absolute URI',
    ],
    [
      'an API where the authorization server answers',
      { ...OPEN_SEED, apis: [{ id: 'a', name: 'A', resource: '/connect/token', scopes: [] }] },
      'apis.0.resource: must not be where the authorization server answers',
    ],
    [
      'a name that turns text about',
      { ...OPEN_SEED, people: [{ username: 'a', name: 'A\u202E', password: 'x' }] },
      'people.0.name: must not contain line breaks, control characters or direction marks',
    ],
    [
      'a person with two passwords',
      { ...OPEN_SEED, people: [{ username: 'a', name: 'A', password: 'x', passwordHash: 'y' }] },
      'people.0: must have either password or passwordHash, and not both',
    ],
    [
      'a person without a password',
      { ...OPEN_SEED, people: [{ username: 'a', name: 'A' }] },
      'people.0: must have either password or passwordHash',
    ],
    [
      'a password hash of another kind',
      { ...OPEN_SEED, people: [{ username: 'a', name: 'A', passwordHash: 'md5' }] },
      'people.0.passwordHash: must be an argon2 hash',
    ],
    [
      'a person twice',
      { ...OPEN_SEED, people: [...(OPEN_SEED.people ?? []), { username: 'ADA', name: 'A', password: 'x' }] },
      'people.1.username: is there twice',
    ],
  ])('a seed that is %s', async (_, seed, words) => {
    const file = await write(typeof seed === 'string' ? seed : JSON.stringify(seed));
    const app = startProcess(['start'], { DATABASE_URL: 'sqlite::memory:', SEED: file });
    expect(await app.exit).toBe(1);
    expect(app.output()).toContain(words);
    expect(app.output()).toContain(`SEED=${file}`);
  });

  test('asked for help, says what there is', async () => {
    const app = startProcess(['--help']);
    expect(await app.exit).toBe(0);
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
      expect(app.output()).toContain(`\n  ${command} `);
    }
  });

  test.each([
    [[], 'Usage: vestibule [options] [command]'],
    [['serve'], "unknown command 'serve'"],
    [['demo', '--twice'], 'Usage: vestibule demo [options]'],
    [['start', '--port'], 'Usage: vestibule start [options]'],
    [['start', 'now'], 'too many arguments'],
  ])('a command that there is not: %j', async (options, words) => {
    const app = startProcess(options, { DATABASE_URL: 'sqlite::memory:' });
    expect(await app.exit).toBe(2);
    expect(app.output()).toContain(words);
  });
});

test(
  cite('an operator opens and closes the door of an app that runs', 'vestibule:gates:at-once'),
  async () => {
    const port = String(await freePort());
    const env = { PORT: port, DATABASE_URL: `sqlite:${join(await temporaryFolder(), 'a.db')}` };
    const app = startProcess(['start'], { ...env, SEED: await write(JSON.stringify(OPEN_SEED)) });
    await app.said('serves the realm');
    const answer = async () =>
      (await fetch(`http://localhost:${port}/connect/register`, { method: 'OPTIONS' })).status;
    expect(await answer()).toBe(204);
    expect(await startProcess(['gates', 'close', 'realm'], env).exit).toBe(0);
    expect(await answer()).toBe(404);
    expect(await startProcess(['gates', 'open', 'realm'], env).exit).toBe(0);
    expect(await answer()).toBe(204);
  },
);

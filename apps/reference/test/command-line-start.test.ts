import { temporaryFolder } from '@vestibule/testing/folder';
import { freePort } from '@vestibule/testing/port';
import { existsSync } from 'node:fs';
import { chmod, readdir, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { cite } from '@vestibule/requirements';
import { describe, expect, onTestFinished, test } from 'vitest';
import { realmSettings } from '@vestibule/core/realm';
import { createSqliteStores, openDatabase } from '@vestibule/sqlite';
import { OPEN_SEED } from './support/app.ts';
import { callMain } from './support/call-main.ts';
import { startProcess } from './support/process.ts';
import { writeSeed } from './support/seed-file.ts';

/** A seed whose person does not have the demo password. */
const OWN_PASSWORD_SEED = {
  ...OPEN_SEED,
  people: [{ username: 'ada', name: 'Ada Lovelace', password: 'a password of her own' }],
};

/** A Vestibule database with a realm of another issuer. */
async function othersRealm(file: string): Promise<void> {
  const database = openDatabase({ path: file });
  const realm = { id: 'main', name: 'Main', issuer: 'https://elsewhere.example', apis: [], scopes: [] };
  await createSqliteStores(database).realms.insert({ ...realm, settings: realmSettings() });
  await database.close();
}

describe('a port in use', () => {
  test.each([['demo'], ['start']])('is reported by %s with what to do', async (command) => {
    const other = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const folder = temporaryFolder();
    const app = startProcess([command], {
      PORT: String(port),
      DATABASE_URL: `sqlite:${join(folder, 'a.db')}`,
    });
    expect(await app.exit).toBe(1);
    expect(app.output()).toBe(
      `Port ${port} is in use by another program. Stop that program, or choose another port: PORT=${port + 1}\n`,
    );
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('start', () => {
  test(
    cite('serves a realm with every gate closed if no seed is set', 'vestibule:gates:closed-by-default'),
    async () => {
      const port = String(await freePort());
      const app = startProcess(['start'], { PORT: port, DATABASE_URL: 'sqlite::memory:' });
      await app.said('The database has no realm yet, so an empty realm with closed gates is served.');
      const metadata = await (
        await fetch(`http://localhost:${port}/.well-known/oauth-authorization-server`)
      ).json();
      expect(metadata).not.toHaveProperty('registration_endpoint');
      app.process.kill('SIGTERM');
      expect(await app.exit).toBe(0);
    },
  );

  test('applies a seed to a new realm, and says so if the realm already exists', async () => {
    const folder = temporaryFolder();
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
    await second.said(`already has this realm, so ${seed} was not applied`);
  });

  test('applies a seed after a start without one', async () => {
    const port = String(await freePort());
    const env = { PORT: port, DATABASE_URL: `sqlite:${join(temporaryFolder(), 'a.db')}` };
    const first = startProcess(['start'], env);
    await first.said('The database has no realm yet');
    first.process.kill('SIGTERM');
    await first.exit;
    const seed = await writeSeed(JSON.stringify({ ...OPEN_SEED, realm: { ...OPEN_SEED.realm, id: 'main' } }));
    const second = startProcess(['start'], { ...env, SEED: seed });
    await second.said(`serves the realm main at http://localhost:${port}`);
    expect((await fetch(`http://localhost:${port}/mcp`)).status).toBe(401);
    expect(second.output()).not.toContain('was not applied');
  });

  test.each([
    ['https://id.example', { HOST: '127.0.0.1' }, 'of 127.0.0.1 with plain http'],
    ['http://127.0.0.1:7', {}, 'of localhost with plain http'],
    ['https://id.localhost', {}, 'of localhost with plain http'],
  ])('prints where it listens if the issuer is %s', async (issuer, more, words) => {
    const port = String(await freePort());
    const env = { ...more, PORT: port, ISSUER: issuer, DATABASE_URL: 'sqlite::memory:', LOG_LEVEL: 'silent' };
    const app = startProcess(['start'], env);
    await app.said(`serves the realm main at ${issuer}`);
    await app.said('It listens on port');
    expect(app.output()).toContain(`It listens on port ${port} ${words}`);
  });

  test('refuses a database whose realm has another issuer', async () => {
    const folder = temporaryFolder();
    const env = {
      DATABASE_URL: `sqlite:${join(folder, 'a.db')}`,
      SEED: await writeSeed(JSON.stringify(OWN_PASSWORD_SEED)),
    };
    const [one, two] = [String(await freePort()), String(await freePort())];
    const first = startProcess(['start'], { ...env, PORT: one });
    await first.said('serves the realm');
    first.process.kill('SIGTERM');
    await first.exit;
    const second = await callMain(['start'], { ...env, PORT: two });
    expect(second.code).toBe(1);
    expect(second.output).toContain(`Start with PORT=${one}, or with another DATABASE_URL.`);
    const third = await callMain(['start'], { ...env, PORT: two, ISSUER: 'https://id.example' });
    expect(third.code).toBe(1);
    expect(third.output).toContain(
      `Start with ISSUER=http://localhost:${one}, or with another DATABASE_URL.`,
    );
  });

  test('stores no people of a refused seed', async () => {
    const file = join(temporaryFolder(), 'a.db');
    const env = { PORT: String(await freePort()), DATABASE_URL: `sqlite:${file}` };
    const first = startProcess(['start'], { ...env, SEED: await writeSeed(JSON.stringify(OPEN_SEED)) });
    await first.said('serves the realm');
    first.process.kill('SIGTERM');
    await first.exit;
    const other = { ...OPEN_SEED, realm: { ...OPEN_SEED.realm, id: 'other' } };
    const second = await callMain(['start'], { ...env, SEED: await writeSeed(JSON.stringify(other)) });
    expect(second.code).toBe(1);
    expect(second.output).toContain('belongs to the realm test in this database, not to other.');
    const database = openDatabase({ path: file });
    const people = database.prepare<[], { realm: string }>('SELECT realm FROM people').all();
    await database.close();
    expect(people).toEqual([{ realm: 'test' }]);
  });

  test('creates no key file if it is refused', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'a.db');
    await othersRealm(file);
    const app = await callMain(['start'], { PORT: String(await freePort()), DATABASE_URL: `sqlite:${file}` });
    expect(app.code).toBe(1);
    expect(app.output).toContain('has the issuer https://elsewhere.example');
    expect(existsSync(`${file}.key`)).toBe(false);
  });

  test('exits at a signal while an idle connection is open', async () => {
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
      'serves the configured issuer regardless of request headers',
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

describe('the demo password', () => {
  const DEMO_SEED = {
    ...OPEN_SEED,
    people: [{ username: 'ada', name: 'Ada Lovelace', password: 'correct horse' }],
  };

  test.each<[string, Record<string, string>]>([
    ['with a public address', { HOST: '0.0.0.0' }],
    ['with a public issuer', { ISSUER: 'https://id.example' }],
  ])('is refused %s, and no file is created', async (_, env) => {
    const folder = temporaryFolder();
    const seed = await writeSeed(JSON.stringify(DEMO_SEED));
    const port = String(await freePort());
    const DATABASE_URL = `sqlite:${join(folder, 'a.db')}`;
    const app = await callMain(['start'], { PORT: port, DATABASE_URL, SEED: seed, ...env });
    expect(app.code).toBe(1);
    expect(app.output).toContain(`SEED=${seed}: people[0].password is the demo password`);
    expect(app.output).not.toContain('correct horse');
    expect(await readdir(folder)).toEqual([]);
  });

  test('is refused for a person who is already in the database', async () => {
    const folder = temporaryFolder();
    const port = String(await freePort());
    const env = { PORT: port, DATABASE_URL: `sqlite:${join(folder, 'a.db')}` };
    const first = startProcess(['start'], { ...env, SEED: await writeSeed(JSON.stringify(DEMO_SEED)) });
    await first.said('serves the realm');
    first.process.kill('SIGTERM');
    await first.exit;
    const second = await callMain(['start'], { ...env, HOST: '0.0.0.0' });
    expect(second.code).toBe(1);
    expect(second.output).toContain('ada in the realm test has the demo password');
  });
});

test('start warns about files with secrets that other accounts can read', async () => {
  const file = join(temporaryFolder(), 'a.db');
  await openDatabase({ path: file }).close();
  await chmod(file, 0o644);
  const env = { PORT: String(await freePort()), DATABASE_URL: `sqlite:${file}` };
  const app = startProcess(['start'], env);
  await app.said('serves the realm');
  expect(app.output()).toContain(`other accounts can read ${file}. Run chmod 600 ${file}`);
  expect(app.output()).not.toContain(`${file}.key`);
});

test(
  cite('gates open and gates close take effect in a running app immediately', 'vestibule:gates:at-once'),
  async () => {
    const port = String(await freePort());
    const env = { PORT: port, DATABASE_URL: `sqlite:${join(temporaryFolder(), 'a.db')}` };
    const app = startProcess(['start'], { ...env, SEED: await writeSeed(JSON.stringify(OPEN_SEED)) });
    await app.said('serves the realm');
    const answer = async () =>
      (await fetch(`http://localhost:${port}/connect/register`, { method: 'OPTIONS' })).status;
    expect(await answer()).toBe(204);
    expect((await callMain(['gates', 'close', 'realm'], env)).code).toBe(0);
    expect(await answer()).toBe(404);
    expect((await callMain(['gates', 'open', 'realm'], env)).code).toBe(0);
    expect(await answer()).toBe(204);
  },
);

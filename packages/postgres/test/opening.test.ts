import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { type OwnPostgres, startOwnPostgres } from '@vestibule/testing/own-postgres';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { openDatabase } from '../src/index.ts';
import { createSchema } from './support/schema.ts';

describe('a Unix socket, as libpq writes it', () => {
  let postgres: OwnPostgres;
  let port: string;
  let folder: string;
  beforeAll(async () => {
    postgres = await startOwnPostgres();
    port = new URL(postgres.url).port;
    const database = await openDatabase({ url: postgres.url });
    const { rows } = await database.query<{ readonly folder: string }>({
      text: `SELECT split_part(current_setting('unix_socket_directories'), ',', 1) AS folder`,
    });
    folder = rows[0]?.folder ?? '';
    await database.close();
  });
  afterAll(() => postgres.remove());

  test.each<[string, () => string]>([
    [
      'in the query',
      () => `postgres:///postgres?host=${folder}&port=${port}&user=postgres&password=postgres`,
    ],
    [
      'in the query, behind a user',
      () => `postgres://postgres:postgres@/postgres?host=${folder}&port=${port}`,
    ],
    ['as the host', () => `postgresql://postgres:postgres@${encodeURIComponent(folder)}:${port}/postgres`],
  ])('%s', async (_, url) => {
    const database = await openDatabase({ url: url() });
    const { rows } = await database.query({ text: 'SELECT inet_server_addr() AS address' });
    expect(rows).toEqual([{ address: null }]);
    await database.close();
  });

  test('a missing Unix socket is reported with the folder to look at', async () => {
    const error = await failureOf(`postgres://u@%2Fnowhere:${port}/postgres`);
    expect(error).toMatchObject({ cause: { hint: expect.stringContaining('unix_socket_directories') } });
  });
});

test('an error for a user without rights on the schema names the missing ones', async () => {
  const schema = await createSchema();
  onTestFinished(() => schema.drop());
  const name = new URL(schema.url).searchParams.get('application_name') ?? '';
  await schema.sql(`CREATE ROLE ${name}_guest LOGIN PASSWORD 'guest'`);
  await schema.sql(`GRANT USAGE ON SCHEMA ${name} TO ${name}_guest`);
  try {
    const url = new URL(schema.url);
    url.username = `${name}_guest`;
    url.password = 'guest';
    expect(await failureOf(url.href)).toMatchObject({
      code: '42501',
      hint: expect.stringContaining('GRANT USAGE, CREATE ON SCHEMA'),
    });
  } finally {
    await schema.sql(`DROP OWNED BY ${name}_guest`);
    await schema.sql(`DROP ROLE ${name}_guest`);
  }
});

test('a pooler that takes no startup parameters is led to its setting', async () => {
  const refusal = Buffer.from('SFATAL\0C08P01\0Munsupported startup parameter: statement_timeout\0\0');
  const head = Buffer.alloc(5, 'E');
  head.writeInt32BE(refusal.length + 4, 1);
  const pooler = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(Buffer.concat([head, refusal])));
  });
  pooler.listen(0, '127.0.0.1');
  onTestFinished(() => void pooler.close());
  await once(pooler, 'listening');
  const { port } = pooler.address() as AddressInfo;
  expect(await failureOf(`postgres://ada:secret@127.0.0.1:${port}/notes`)).toMatchObject({
    code: 'STORE_UNAVAILABLE',
    cause: { hint: expect.stringContaining('ignore_startup_parameters') },
  });
});

test('a database that is not there is to be created', async () => {
  const url = new URL(inject('databaseUrl'));
  url.pathname = '/nowhere';
  expect(await failureOf(url.href)).toMatchObject({ hint: expect.stringContaining('CREATE DATABASE') });
});

const failureOf = (url: string): Promise<unknown> =>
  openDatabase({ url }).then(
    () => 'it was opened',
    (error: unknown) => error,
  );

import { EMPTY_REALM } from '@vestibule/testing/realm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPostgresStores, type Database, openDatabase } from '../src/index.ts';
import { createSchema, type Schema } from './support/schema.ts';

const KEY = {
  realm: 'main',
  kid: 'a',
  algorithm: 'ES256',
  publicJwk: { kty: 'EC' },
  privateKey: { kind: 'plain', jwk: { kty: 'EC' } },
  createdAt: 1,
  signsFrom: 1,
} as const;

const REALM = { ...EMPTY_REALM, settings: {} };

let schema: Schema;
/** Two processes on one database. */
let nodes: readonly Database[];
let statements: (string | undefined)[];
beforeEach(async () => {
  schema = await createSchema();
  statements = [];
  const options = { url: schema.url, maxConnections: 5 };
  nodes = [
    await openDatabase({ ...options, onStatement: ({ name }) => void statements.push(name) }),
    await openDatabase(options),
  ];
});
afterEach(async () => {
  for (const node of nodes) await node.close();
  await schema.drop();
});

const storesOfBoth = () => {
  const [here, there] = nodes.map((node) => createPostgresStores(node));
  if (here === undefined || there === undefined) throw new Error('no nodes');
  return { here, there };
};

test('a realm is the same frozen object until another process changes it, and the next read sees the change', async () => {
  const { here, there } = storesOfBoth();
  const closed = { ...EMPTY_REALM, settings: { registration: { open: false } } };
  await here.realms.insert({ ...closed, settings: { registration: { open: true } } });
  const first = await here.realms.find('main');
  expect(await here.realms.find('main')).toBe(first);
  expect(first?.settings.registration).toSatisfy(Object.isFrozen);
  await there.realms.replace(closed, 1);
  const changed = await here.realms.find('main');
  expect(changed).toMatchObject({ version: 2, settings: { registration: { open: false } } });
  expect(await here.realms.find('main')).toBe(changed);
});

test('a realm with another content is read again although it has the same version, as after a failover that lost a change', async () => {
  const { here } = storesOfBoth();
  await here.realms.insert(REALM);
  await here.realms.find('main');
  await schema.sql(`UPDATE realms SET settings = '{"registration":{"open":true}}'`);
  expect(await here.realms.find('main')).toMatchObject({
    version: 1,
    settings: { registration: { open: true } },
  });
});

test('an unknown realm is found as soon as another process has stored it', async () => {
  const { here, there } = storesOfBoth();
  expect(await here.realms.find('main')).toBeUndefined();
  await there.realms.insert(REALM);
  expect(await here.realms.find('main')).toMatchObject({ id: 'main', version: 1 });
});

test('keys are the same frozen objects until another process changes them, and the next read sees the change', async () => {
  const { here, there } = storesOfBoth();
  await here.keys.insert(KEY, undefined);
  const first = await here.keys.list('main');
  expect(await here.keys.list('main')).toBe(first);
  expect(first[0]?.publicJwk).toSatisfy(Object.isFrozen);
  const encrypted = { kind: 'encrypted', jwe: 'a.b.c' } as const;
  await there.keys.replacePrivateKey('main', 'a', encrypted);
  expect(await here.keys.list('main')).toEqual([{ ...KEY, privateKey: encrypted }]);
  await there.keys.insert({ ...KEY, kid: 'b' }, 'a');
  expect((await here.keys.list('main')).map(({ kid }) => kid)).toEqual(['b', 'a']);
  await there.keys.remove('main', 'a');
  expect((await here.keys.list('main')).map(({ kid }) => kid)).toEqual(['b']);
});

test('requests of one turn of the event loop share one read of each realm and of its keys', async () => {
  const { here } = storesOfBoth();
  await here.realms.insert(REALM);
  statements = [];
  const ids = ['main', 'main', 'other', 'main'];
  const found = await Promise.all(ids.map((id) => here.realms.find(id)));
  expect(found.map((realm) => realm?.id)).toEqual(['main', 'main', undefined, 'main']);
  await Promise.all(['main', 'main'].map((id) => here.keys.list(id)));
  expect(statements).toEqual(['realms.find', 'realms.find', 'keys.list']);
});

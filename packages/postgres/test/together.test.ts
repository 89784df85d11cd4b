import type { AuditEvent } from '@vestibule/core';
import type { Stores } from '@vestibule/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPostgresStores, type Database, openDatabase } from '../src/index.ts';
import { client } from './support/client.ts';
import { createSchema, type Schema } from './support/schema.ts';

const NOW = 1_000;
const NO_EVENTS = /violates check constraint "no_events"/;
const event: AuditEvent = { type: 'gate.closed', realm: 'main', at: NOW, gate: 'realm' };

let schema: Schema;
let database: Database;
let stores: Stores;

/** A database that can keep no event. */
beforeEach(async () => {
  schema = await createSchema();
  database = await openDatabase({ url: schema.url });
  await schema.sql('ALTER TABLE audit_events ADD CONSTRAINT no_events CHECK (false)');
  stores = createPostgresStores(database);
});
afterEach(async () => {
  await database.close();
  await schema.drop();
});

test.each([
  ['alone', undefined],
  ['unless it is a duplicate', 0],
])('stores no client whose event it cannot record: %s', async (_, since) => {
  const { clients } = stores;
  await expect(clients.insert(client('a'), since, [event])).rejects.toThrow(NO_EVENTS);
  expect(await clients.find('main', 'a')).toBeUndefined();
  expect(await clients.insert(client('a'), since)).toEqual({ outcome: 'inserted' });
});

test('exchanges no code whose event it cannot record', async () => {
  const { codes, grants } = stores;
  const authentication = { at: NOW, methods: [] };
  const shared = {
    clientId: 'app',
    subject: 'ada',
    resource: 'https://api.example',
    scopes: [],
    authentication,
  };
  const code = {
    ...shared,
    grantId: 'g',
    redirectUri: 'https://app.example/cb',
    codeChallenge: 'c',
    refreshable: true,
  };
  await codes.put('main', 'code', code, NOW + 1);
  await grants.insert({ ...shared, realm: 'main', id: 'g', createdAt: NOW, expiresAt: NOW + 1 });
  const opening = {
    realm: 'main',
    id: 'g',
    code: 'code',
    at: NOW,
    expiresAt: NOW + 9,
    token: { hash: 'r', expiresAt: NOW + 9 },
  };
  await expect(grants.open({ ...opening, events: [event] })).rejects.toThrow(NO_EVENTS);
  expect(await grants.find('main', 'g')).toBeUndefined();
  expect(await grants.findByRefreshToken('main', 'r')).toBeUndefined();
  expect(await codes.find('main', 'code', NOW)).toEqual(code);
  expect(await grants.open(opening)).toBe('opened');
});

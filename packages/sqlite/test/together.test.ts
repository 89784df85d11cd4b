import type { AuditEvent } from '@vestibule/core';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSqliteStores, type SqliteDatabase } from '../src/index.ts';
import { client, INSERTED } from './fixtures/client.ts';
import { open, temporaryFolder } from './fixtures/folder.ts';

const NOW = 1_000;
const event: AuditEvent = { type: 'gate.closed', realm: 'main', at: NOW, gate: 'realm' };

/** A database that can keep no event, as one whose disk fills up at that very moment. */
async function openWithoutAudit(): Promise<SqliteDatabase> {
  const database = open({ path: join(temporaryFolder(), 'vestibule.db') });
  await database.statement(
    `CREATE TRIGGER no_events BEFORE INSERT ON audit_events BEGIN SELECT RAISE(ABORT, 'no room for events'); END`,
    [],
  );
  return database;
}

test('stores no client whose event it cannot record', async () => {
  const { clients } = createSqliteStores(await openWithoutAudit());
  await expect(clients.insert(client('a'), undefined, [event])).rejects.toThrow('no room for events');
  expect(await clients.find('main', 'a')).toBeUndefined();
  expect(await clients.insert(client('a'))).toEqual(INSERTED);
});

test('exchanges no code whose event it cannot record', async () => {
  const { codes, grants } = createSqliteStores(await openWithoutAudit());
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
  await expect(grants.open({ ...opening, events: [event] })).rejects.toThrow('no room for events');
  expect(await grants.find('main', 'g')).toBeUndefined();
  expect(await grants.findByRefreshToken('main', 'r')).toBeUndefined();
  expect(await codes.find('main', 'code', NOW)).toEqual(code);
  expect(await grants.open(opening)).toBe('opened');
});

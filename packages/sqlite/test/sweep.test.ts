import { expect, test } from 'vitest';
import { createSqliteStores } from '../src/index.ts';
import { open } from './support/open.ts';

const grantOf = (id: string) => ({
  realm: 'main',
  id,
  clientId: 'app',
  subject: 'ada',
  resource: 'https://api.example',
  scopes: [],
  createdAt: 1,
  expiresAt: 10,
  authentication: { at: 1, methods: [] },
});

test('grants that were prolonged are looked at again when they expire, however many they are', async () => {
  const database = open({ path: ':memory:' });
  const { grants, sweep } = createSqliteStores(database);
  const ids = ['a', 'b', 'c', 'd', 'e'];
  for (const id of ids) {
    await grants.insert(grantOf(id));
    await grants.open({ realm: 'main', id, at: 2, expiresAt: 100 });
  }
  await grants.insert(grantOf('never-opened'));

  // Two are moved on and one is deleted; a full step says that there may be more.
  expect(await sweep(10, 2)).toBe(3);
  expect(await sweep(10, 2)).toBe(2);
  expect(await sweep(10, 2)).toBe(0);
  const due = database.prepare<[], { readonly sweep_at: number }>('SELECT sweep_at FROM grants').all();
  expect(due.map(({ sweep_at: at }) => at)).toEqual(ids.map(() => 100));
  expect(await sweep(99, 2)).toBe(0);
  expect([await sweep(100, 2), await sweep(100, 2), await sweep(100, 2), await sweep(100, 2)]).toEqual([
    2, 2, 1, 0,
  ]);
});

test('old events of each realm are deleted, however many there are', async () => {
  const database = open({ path: ':memory:' });
  const { audit, sweep } = createSqliteStores(database, { auditDays: 1 });
  const day = 86_400_000;
  const realms = ['a', 'b', 'c'];
  for (const realm of realms) {
    for (const at of [1, 2, 3]) {
      await audit.record({ type: 'registration.limited', realm, at, ip: '192.0.2.1', limit: 'realm' });
    }
  }
  expect([await sweep(day + 2, 4), await sweep(day + 2, 4), await sweep(day + 2, 4)]).toEqual([4, 2, 0]);
  for (const realm of realms) {
    const { items } = await audit.list(realm, { limit: 9 });
    expect(items.map(({ at }) => at)).toEqual([3]);
  }
});

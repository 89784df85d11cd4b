import { cite } from '@vestibule/requirements';
import { startPostgres, type TestPostgres } from '@vestibule/test-postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sourceOf } from '@vestibule/http';
import { call } from './support/call.ts';
import { openOffice } from './support/office.ts';
import { realmWith, REGISTERED } from './support/realm.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

test(cite('an operator’s day on PostgreSQL', 'vestibule:command-line:databases'), async () => {
  const settings = { registration: { open: false, mode: 'initial-access-token' } } as const;
  const office = await openOffice([realmWith(settings)], await postgres.createDatabase());
  const { json, registrar, database } = office;
  const source = sourceOf('192.0.2.1');

  expect(await registrar.isOpen('main')).toBe(false);
  expect(await json(['gates', 'open', 'realm', 'scope', 'notes:admin'])).toMatchObject([
    { gate: 'realm', change: 'changed' },
    { gate: 'scope', of: 'notes:admin', change: 'changed' },
  ]);
  expect(await registrar.isOpen('main')).toBe(true);

  const { token, id } = await json(['tokens', 'issue', '--scope', 'notes:read', '--note', 'Möwe 🐦']);
  const admission = await registrar.admit('main', source, token);
  if (admission.outcome !== 'admitted') throw new Error('The token is not good.');
  const registered = await registrar.register(admission, {
    client_name: 'Möwe 🐦',
    redirect_uris: ['https://app.example/callback'],
  });
  if (registered.outcome !== 'registered') throw new Error('It was not registered.');
  const { client_id: clientId } = registered.response;
  expect(await json(['tokens', 'list'])).toMatchObject([{ id, uses: 1, maxUses: 1, state: 'spent' }]);
  expect(await json(['tokens', 'revoke', id])).toEqual({ id, revoked: true });

  expect(await json(['clients', 'list', '--name', 'möwe'])).toMatchObject([
    { id: clientId, initialAccessTokenId: id, bounds: { scopes: ['notes:read'] } },
  ]);
  expect(await json(['clients', 'block', clientId])).toMatchObject({ change: 'changed' });
  expect(await json(['clients', 'show', clientId])).toMatchObject({ state: 'blocked' });
  expect(await json(['clients', 'unblock', clientId])).toMatchObject({ change: 'changed' });
  expect(await json(['clients', 'delete', clientId, '--yes'])).toMatchObject({ deleted: true });

  await office.add({ id: 'dyn-old', lastUsedAt: REGISTERED });
  const now = REGISTERED + 91 * 86_400_000;
  expect(await json(['sweep'], { now })).toMatchObject({ realms: [{ realm: 'main', hibernated: 1 }] });
  expect(await json(['explain', '-'], { input: '{"redirect_uris":["gull://callback"]}' })).toMatchObject({
    realm: 'main',
    outcome: 'accepted',
  });

  const { items } = await database.stores.audit.list('main', { limit: 20 });
  expect(items.map(({ type }) => type).toSorted()).toEqual([
    'client.blocked',
    'client.hibernated',
    'client.removed',
    'client.unblocked',
    'gate.opened',
    'gate.opened',
    'initial-access-token.issued',
    'initial-access-token.revoked',
    'registration.accepted',
  ]);
});

test(cite('a move says how far it is, and may be repeated', 'vestibule:command-line:progress'), async () => {
  const office = await openOffice();
  await office.add({ id: 'dyn-a' });
  await office.database.close();
  const target = await postgres.createDatabase();
  const moved = await call(['move', office.url, target, '--json']);
  const to = `postgres://${new URL(target).hostname}`;
  expect(moved.code).toBe(0);
  expect(JSON.parse(moved.stdout)).toEqual({ outcome: 'imported', rows: 2, to });
  expect(moved.stderr).toMatch(/^clients +1 of 1$/m);
  const again = await call(['move', office.url, target]);
  expect(again).toMatchObject({
    code: 0,
    stdout: `Everything is in ${to} already, and equal. Nothing was changed.\n`,
  });
  expect(await call(['clients', 'show', 'dyn-a', '--database', target])).toMatchObject({ code: 0 });
});

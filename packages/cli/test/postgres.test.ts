import { cite } from '@vestibule/requirements';
import { startPostgres, type TestPostgres } from '@vestibule/testing/postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sourceOf } from '@vestibule/http';
import { call } from './support/call.ts';
import { openCli } from './support/test-cli.ts';
import { realmWith, REGISTERED } from './support/realm.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

test(cite('all commands work on PostgreSQL', 'vestibule:command-line:databases'), async () => {
  const settings = { registration: { open: false, mode: 'initial-access-token' } } as const;
  const cli = await openCli([realmWith(settings)], await postgres.createDatabase());
  const { json, registrar, database } = cli;
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

  await cli.add({ id: 'dyn-old', lastUsedAt: REGISTERED });
  const now = REGISTERED + 91 * 86_400_000;
  expect(await json(['sweep'], { now })).toMatchObject({ realms: [{ realm: 'main', hibernated: 1 }] });
  expect(await json(['sunset', '--people'], { now })).toMatchObject({
    agents: [{ name: 'Notes Agent', clients: 1, people: 0, ifClosed: 'nothing-ends' }],
    people: { list: [] },
  });
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

test(cite('move prints its progress and may be repeated', 'vestibule:command-line:progress'), async () => {
  const cli = await openCli();
  await cli.add({ id: 'dyn-a' });
  await cli.database.close();
  const target = await postgres.createDatabase();
  const moved = await call(['move', cli.url, target, '--json']);
  const to = `postgres://${new URL(target).hostname}`;
  expect(moved.code).toBe(0);
  expect(JSON.parse(moved.stdout)).toEqual({ outcome: 'imported', rows: 2, to });
  expect(moved.stderr).toMatch(/^clients +1 of 1$/m);
  const again = await call(['move', cli.url, target]);
  expect(again).toMatchObject({
    code: 0,
    stdout: `${to} already contains the same data. Nothing was changed.\n`,
  });
  expect(await call(['clients', 'show', 'dyn-a', '--database', target])).toMatchObject({ code: 0 });
});

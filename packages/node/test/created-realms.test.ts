import { openDatabase } from '@vestibule/database';
import { temporaryFolder } from '@vestibule/testing/folder';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createVestibule, type NewRealm } from '../src/index.ts';

const MAIN: NewRealm = {
  realm: {
    id: 'main',
    name: 'Main',
    issuer: 'https://id.example',
    settings: { registration: { open: true } },
  },
  scopes: [{ name: 'notes:read', description: 'Read your notes', openToDynamicClients: false }],
  apis: [
    {
      id: 'notes',
      name: 'Notes',
      resource: 'https://notes.example/mcp',
      scopes: ['notes:read'],
      openToDynamicClients: false,
    },
  ],
  people: [{ username: 'Ada', name: 'Ada', password: 'a horse of her own' }],
  clients: [
    {
      id: 'acme',
      name: 'Acme',
      redirectUris: ['https://acme.example/callback'],
      authentication: { method: 'none' },
      access: [{ resource: 'https://notes.example/mcp', scopes: ['notes:read'] }],
    },
  ],
};

test('a realm of the configuration is created with an event of each fact, and only once', async () => {
  const database = `sqlite:${join(temporaryFolder(), 'vestibule.db')}`;
  const told: string[] = [];
  for (let starts = 0; starts < 2; starts += 1) {
    const vestibule = await createVestibule({
      database,
      realms: [MAIN],
      onEvent: ({ type }) => told.push(type),
      onWarning: () => undefined,
    });
    await vestibule.stop();
  }
  const { stores, close } = await openDatabase(database);
  const { items } = await stores.audit.list('main', { limit: 100 });
  await close();
  const actor = { kind: 'configuration', id: 'realms' };
  const created = items.filter((event) => 'actor' in event && event.actor?.kind === 'configuration');
  expect(created.toReversed()).toMatchObject([
    {
      type: 'realm.added',
      actor,
      after: {
        name: 'Main',
        issuer: 'https://id.example',
        'registration.open': true,
        scopes: ['notes:read'],
        apis: ['https://notes.example/mcp'],
      },
    },
    { type: 'client.preregistered', actor, clientId: 'acme', after: { name: 'Acme' } },
    { type: 'person.added', actor, username: 'ada', after: { name: 'Ada', password: true } },
  ]);
  expect(JSON.stringify(items)).not.toContain('argon2');
  for (const { type } of created) expect(told.filter((one) => one === type)).toEqual([type]);
});

test('a realm of which something cannot be stored is not created at all, and the next start tries again', async () => {
  const database = `sqlite:${join(temporaryFolder(), 'vestibule.db')}`;
  const refusing = await openDatabase(database);
  const stores = { ...refusing.stores, commit: () => Promise.reject(new Error('no space left')) };
  const options = { realms: [MAIN], onWarning: () => undefined };
  await expect(createVestibule({ ...options, database: { ...refusing, stores } })).rejects.toThrow(
    'no space left',
  );
  expect(await refusing.stores.realms.list()).toEqual([]);
  expect(await refusing.stores.people.findByUsername('main', 'ada')).toBeUndefined();
  await refusing.close();
  const vestibule = await createVestibule({ ...options, database });
  await vestibule.stop();
  const { stores: after, close } = await openDatabase(database);
  expect((await after.realms.list()).map(({ id }) => id)).toEqual(['main']);
  expect(await after.people.findByUsername('main', 'ada')).toMatchObject({ name: 'Ada' });
  await close();
});

test('a realm that a stored person stands in the way of is refused at the start, and not left out', async () => {
  const database = `sqlite:${join(temporaryFolder(), 'vestibule.db')}`;
  const { stores, close } = await openDatabase(database);
  await stores.people.insert({ realm: 'main', subject: 'ada-1', username: 'other', name: 'Other' });
  await close();
  const people = [{ username: 'ada', name: 'Ada', subject: 'ada-1', password: 'a horse of her own' }];
  const starting = createVestibule({ database, realms: [{ ...MAIN, people }], onWarning: () => undefined });
  await expect(starting).rejects.toThrow(/The realm main cannot be created: .*person\.insert/);
});

import { NOW } from '@vestibule/testing/now';
import { expect, test } from 'vitest';
import { createMemoryRealmStore } from '../memory/index.ts';
import { createNeighbours } from './neighbours.ts';
import type { Realm } from './realm.ts';
import { realmSettings } from './realm-settings.ts';

const realm = (id: string, issuer: string): Realm => ({
  id,
  name: `Realm ${id}`,
  issuer,
  settings: realmSettings(),
  apis: [
    {
      id: 'notes',
      name: 'Notes',
      resource: `https://api.${id}.example/mcp`,
      scopes: [],
      openToDynamicClients: true,
    },
  ],
  scopes: [],
});

const here = realm('a', 'https://id.a.example');
test('the neighbors of a realm are the other realms, each with its name and host but not its APIs’ names', async () => {
  const realms = createMemoryRealmStore(here, realm('b', 'https://id.b.example'));
  expect(await createNeighbours(realms)(here, NOW)).toEqual([
    {
      issuer: 'https://id.b.example',
      own: { name: 'Realm b', commonWords: ['Realm b', 'id.b.example'], hosts: ['api.b.example'] },
    },
  ]);
});

test.each([['https://id.a.example/b'], ['https://id.a.example:8443'], ['http://localhost:4000']])(
  'a host that is shared or on this computer is not reserved: %s',
  async (issuer) => {
    const [neighbour] = await createNeighbours(createMemoryRealmStore(here, realm('b', issuer)))(here, NOW);
    expect(neighbour?.own.commonWords).toEqual(['Realm b']);
  },
);

test('a directory that cannot list realms has no neighbors', async () => {
  expect(await createNeighbours({ find: async () => here })(here, NOW)).toEqual([]);
});

test('the realms are read once for the registrations of ten seconds', async () => {
  const realms = createMemoryRealmStore(here);
  const reads: number[] = [];
  const list = () => {
    reads.push(reads.length);
    return realms.list();
  };
  const find = createNeighbours({ ...realms, list });
  expect(await find(here, NOW)).toEqual([]);
  await realms.insert(realm('b', 'https://id.b.example'));
  expect(await find(here, NOW + 9_999)).toEqual([]);
  expect(await find(here, NOW + 10_000)).toHaveLength(1);
  expect(reads).toHaveLength(2);
});

import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { documentClient, dynamicClient, preregisteredClient } from '../../test/support/clients.ts';
import { createMemoryClientStore } from '../memory/index.ts';
import type { DynamicClient } from './client.ts';
import { noteUse } from './note-use.ts';
import { reactivateClient } from './reactivate-client.ts';

const HIBERNATED = Date.UTC(2026, 9, 30);
const NOW = Date.UTC(2026, 10, 23);

const dormant = dynamicClient({ lastUsedAt: Date.UTC(2026, 7, 1), registration: { fingerprint: 'f' } });
const hibernated: DynamicClient = {
  ...dormant,
  registration: { ...dormant.registration, hibernatedAt: HIBERNATED },
};

async function setUp(client: DynamicClient = dormant) {
  const store = createMemoryClientStore();
  await store.insert(client);
  return store;
}

describe('a person’s consent', () => {
  test(
    cite('reactivates a hibernated client, which keeps everything else', 'vestibule:lifecycle:revived'),
    async () => {
      const store = await setUp(hibernated);
      expect(await reactivateClient(store, hibernated, NOW)).toBe('reactivated');
      expect(await store.find('main', 'app')).toEqual({ ...dormant, version: 2, lastUsedAt: NOW });
    },
  );

  test(
    cite('reactivates a client once, of many concurrent approvals', 'vestibule:lifecycle:revived'),
    async () => {
      const store = await setUp();
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, index) => reactivateClient(store, dormant, NOW + index)),
      );
      expect(outcomes.filter((outcome) => outcome === 'reactivated')).toHaveLength(1);
      expect((await store.find('main', 'app'))?.lastUsedAt).toBeGreaterThanOrEqual(NOW);
    },
  );

  test.each<[string, DynamicClient]>([
    ['a sweep hibernates it', hibernated],
    ['it is updated', { ...dormant, name: 'App 2' }],
  ])(
    cite('reactivates a client even if at that moment %s', 'vestibule:lifecycle:audit'),
    async (_, changed) => {
      const store = await setUp();
      await store.replace(changed, 1);
      expect(await reactivateClient(store, dormant, NOW)).toBe('reactivated');
      const { name } = changed;
      expect(await store.find('main', 'app')).toEqual({ ...dormant, name, version: 3, lastUsedAt: NOW });
    },
  );

  test('leaves a client blocked that is blocked at that moment', async () => {
    const store = await setUp();
    await store.replace({ ...dormant, blockedAt: NOW }, 1);
    await reactivateClient(store, dormant, NOW);
    expect(await store.find('main', 'app')).toMatchObject({ blockedAt: NOW });
  });

  test('does not bring back a client that is deleted at that moment', async () => {
    const store = await setUp();
    await store.remove('main', 'app');
    expect(await reactivateClient(store, dormant, NOW)).toBe('noted');
    await noteUse(store, dormant, NOW);
    expect(await store.find('main', 'app')).toBeUndefined();
  });

  test.each([
    ['a pre-registered client', preregisteredClient({ id: 'acme' })],
    ['a client with a metadata document', documentClient()],
  ])('only records a use of %s, which is never hibernated', async (_, client) => {
    const store = await setUp();
    await store.insert(client);
    expect(await reactivateClient(store, client, NOW)).toBe('noted');
    expect(await store.find('main', client.id)).toEqual({ ...client, version: 2, lastUsedAt: NOW });
  });
});

import { expect, test } from 'vitest';
import { dynamicClient, preregisteredClient } from '../../test/support/clients.ts';
import { createMemoryClientStore } from '../memory/index.ts';
import type { Client } from './client.ts';
import { type ClientSource, firstOf, storedClients } from './client-source.ts';

/** A source that records what it is asked. */
function sourceOf(...clients: readonly Client[]) {
  const asked: string[] = [];
  const source: ClientSource = {
    find: async (realm, id) => {
      asked.push(`${realm} ${id}`);
      return clients.find((client) => client.realm === realm && client.id === id);
    },
  };
  return { source, asked };
}

const first = dynamicClient({ name: 'First' });
const second = dynamicClient({ name: 'Second' });
const other = dynamicClient({ id: 'other' });
const failing: ClientSource = { find: () => Promise.reject(new Error('disk on fire')) };

test.each<[string, readonly Client[], readonly Client[], readonly Client[], Client | undefined, number]>([
  ['the first source decides if both have the client', [first], [second], [], first, 0],
  ['the second source is asked if the first has no such client', [other], [second], [first], second, 1],
  ['every source is asked before a client counts as unknown', [other], [], [], undefined, 2],
])('%s', async (_, inFirst, inSecond, inThird, found, sourcesAfterFirst) => {
  const sources = [sourceOf(...inFirst), sourceOf(...inSecond), sourceOf(...inThird)] as const;
  const [a, b, c] = sources;
  expect(await firstOf(a.source, b.source, c.source).find('main', 'app')).toEqual(found);
  expect(sources.map(({ asked }) => asked.length)).toEqual(
    [0, 1, 2].map((place) => (place <= sourcesAfterFirst ? 1 : 0)),
  );
  expect(a.asked).toEqual(['main app']);
});

test('an outage of the first source is not an absence: the second is not asked', async () => {
  const { source, asked } = sourceOf(first);
  await expect(firstOf(failing, source).find('main', 'app')).rejects.toThrow('disk on fire');
  expect(asked).toEqual([]);
});

test('an outage of the second source does not matter for a client that the first one has', async () => {
  const { source } = sourceOf(first);
  expect(await firstOf(source, failing).find('main', 'app')).toEqual(first);
  await expect(firstOf(source, failing).find('main', 'other')).rejects.toThrow('disk on fire');
});

test('a composed source can be composed again', async () => {
  const composed = firstOf(firstOf(sourceOf().source, sourceOf(second).source), sourceOf(first).source);
  expect(await composed.find('main', 'app')).toEqual(second);
});

test('one store holds dynamic and pre-registered clients, each in its realm', async () => {
  const store = createMemoryClientStore();
  const acme = preregisteredClient({ id: 'acme' });
  await store.insert(first);
  await store.insert(acme);
  const clients = storedClients(store);
  expect(await clients.find('main', 'app')).toEqual(first);
  expect(await clients.find('main', 'acme')).toEqual(acme);
  expect(await clients.find('other', 'acme')).toBeUndefined();
});

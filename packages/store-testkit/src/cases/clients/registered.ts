import { strict as assert } from 'node:assert';
import type { Client, ClientStore, DynamicClient, Instant } from '@vestibule/core';
import { client } from '../../sample/client.ts';
import { NOW } from '../../sample/time.ts';

/** The differences of a client of the realm `main` from the default one. */
export type Facts = Partial<Omit<DynamicClient, 'kind' | 'id' | 'version'>>;

export const clientWith = (id: string, facts: Facts = {}): DynamicClient => ({
  ...client({ realm: 'main', key: id }),
  ...facts,
});

/** A client with the fingerprint of most of these cases. */
export const printed = (id: string, issuedAt: Instant = NOW, facts: Facts = {}): DynamicClient =>
  clientWith(id, { issuedAt, ...facts, registration: { fingerprint: 'print', ...facts.registration } });

/** Inserts clients one after the other, and returns them. */
export async function register(
  clients: ClientStore,
  ...registered: readonly Client[]
): Promise<readonly Client[]> {
  for (const one of registered) assert.deepStrictEqual(await clients.insert(one), { outcome: 'inserted' });
  return registered;
}

/** The ids of a realm's clients, sorted. */
export async function idsOf(clients: ClientStore, realm = 'main'): Promise<readonly string[]> {
  const { items } = await clients.list(realm, { limit: 100 });
  return items.map(({ id }) => id).toSorted();
}

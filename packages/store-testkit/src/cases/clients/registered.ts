import { strict as assert } from 'node:assert';
import type { ClientStore, Instant, StoredClient } from '@vestibule/core';
import { client } from '../../sample/client.ts';
import { NOW } from '../../sample/time.ts';

/** What a client of the realm `main` differs in from the usual one. */
export type Facts = Partial<Omit<StoredClient, 'id' | 'version'>>;

export const clientWith = (id: string, facts: Facts = {}): StoredClient => ({
  ...client({ realm: 'main', key: id }),
  ...facts,
});

/** A client with the fingerprint that most of these cases are about. */
export const printed = (id: string, issuedAt: Instant = NOW, facts: Facts = {}): StoredClient =>
  clientWith(id, { fingerprint: 'print', issuedAt, ...facts });

/** Inserts clients one after the other, and gives them back. */
export async function register(
  clients: ClientStore,
  ...registered: readonly StoredClient[]
): Promise<readonly StoredClient[]> {
  for (const one of registered) assert.deepStrictEqual(await clients.insert(one), { outcome: 'inserted' });
  return registered;
}

/** The ids of a realm's clients, in no order that means something. */
export async function idsOf(clients: ClientStore, realm = 'main'): Promise<readonly string[]> {
  const { items } = await clients.list(realm, { limit: 100 });
  return items.map(({ id }) => id).toSorted();
}

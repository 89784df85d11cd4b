import type { ClientStore, StoredClient } from '@vestibule/core';

type Flaw = (clients: ClientStore) => ClientStore;

/** The pre-registered clients of a realm as if they were dynamic. */
const made = async (clients: ClientStore, realm: string): Promise<readonly StoredClient[]> => {
  const { items } = await clients.list(realm, { limit: 1_000 });
  return items.filter(({ preregistration }) => preregistration !== undefined);
};

/** Counts pre-registered clients. */
export const countsMade: Flaw = (clients) => ({
  ...clients,
  countAwake: async (realm, atMost) =>
    Math.min((await clients.countAwake(realm, atMost)) + (await made(clients, realm)).length, atMost),
});

/** Finds pre-registered clients due once they are hibernated, unused or dormant. */
export const deletesMade: Flaw = (clients) => ({
  ...clients,
  findDue: async (realm, kind, until, limit) =>
    [...(await made(clients, realm)), ...(await clients.findDue(realm, kind, until, limit))].slice(0, limit),
});

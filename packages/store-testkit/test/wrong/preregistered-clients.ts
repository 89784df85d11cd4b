import type { ClientStore, StoredClient } from '@vestibule/core';

type Flaw = (clients: ClientStore) => ClientStore;

/** Those of a realm that an operator made, as if they had introduced themselves. */
const made = async (clients: ClientStore, realm: string): Promise<readonly StoredClient[]> => {
  const { items } = await clients.list(realm, { limit: 1_000 });
  return items.filter(({ preregistration }) => preregistration !== undefined);
};

/** Counts clients that an operator made. */
export const countsMade: Flaw = (clients) => ({
  ...clients,
  countAwake: async (realm, atMost) =>
    Math.min((await clients.countAwake(realm, atMost)) + (await made(clients, realm)).length, atMost),
});

/** Clients that an operator made are due, once they sleep, were never used or were not used for long. */
export const deletesMade: Flaw = (clients) => ({
  ...clients,
  findDue: async (realm, kind, until, limit) =>
    [...(await made(clients, realm)), ...(await clients.findDue(realm, kind, until, limit))].slice(0, limit),
});

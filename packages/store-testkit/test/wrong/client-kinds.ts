import type { Client, ClientStore, DynamicClient } from '@vestibule/core';

type Flaw = (clients: ClientStore) => ClientStore;

/** The clients of a realm that are not dynamic, as if they were. */
async function mistaken(clients: ClientStore, realm: string): Promise<readonly DynamicClient[]> {
  const { items } = await clients.list(realm, { limit: 1_000 });
  return items.filter(({ kind }) => kind !== 'dynamic').map(asDynamic);
}

/** Counts clients of every kind. */
export const countsEveryKind: Flaw = (clients) => ({
  ...clients,
  countAwake: async (realm, atMost) =>
    Math.min((await clients.countAwake(realm, atMost)) + (await mistaken(clients, realm)).length, atMost),
});

/** Counts blocked clients with documents, too, and beyond the limit. */
export const countsEveryDocument: Flaw = (clients) => ({
  ...clients,
  countDocuments: async (realm) => {
    const { items } = await clients.list(realm, { limit: 1_000 });
    return items.filter(({ kind }) => kind === 'metadata-document').length;
  },
});

/** Clients of every kind are due, once they are hibernated, were never used or were not used for long. */
export const letsEveryKindExpire: Flaw = (clients) => ({
  ...clients,
  findDue: async (realm, kind, until, limit) =>
    [...(await mistaken(clients, realm)), ...(await clients.findDue(realm, kind, until, limit))].slice(
      0,
      limit,
    ),
});

/** Documents of used clients are due as soon as those of unused ones, and blocked ones are too. */
export const letsUsedDocumentsExpire: Flaw = (clients) => ({
  ...clients,
  findDocumentsDue: async (realm, { unused }, limit) => {
    const { items } = await clients.list(realm, { limit: 1_000 });
    const documents = items.filter((client) => client.kind === 'metadata-document');
    return documents.filter(({ issuedAt }) => issuedAt <= unused).slice(0, limit);
  },
});

/** Infers the kind from the members that are there, as if there were only two kinds. */
export const infersKind: Flaw = (clients) => {
  const inferred = (client: Client): Client => ('terms' in client ? client : asDynamic(client));
  return withFound(clients, inferred);
};

/** Forgets the kind: every client is found as a dynamic one. */
export const forgetsKind: Flaw = (clients) => withFound(clients, asDynamic);

/** A replacement keeps the kind that the client had. */
export const neverChangesKind: Flaw = (clients) => ({
  ...clients,
  replace: async (next, expectedVersion) => {
    const current = await clients.find(next.realm, next.id);
    const isSameKind = current === undefined || current.kind === next.kind;
    return clients.replace(isSameKind ? next : { ...current, name: next.name }, expectedVersion);
  },
});

const withFound = (clients: ClientStore, change: (client: Client) => Client): ClientStore => ({
  ...clients,
  find: async (realm, id) => {
    const found = await clients.find(realm, id);
    return found && change(found);
  },
  list: async (realm, page) => {
    const { items, ...rest } = await clients.list(realm, page);
    return { items: items.map(change), ...rest };
  },
});

function asDynamic(client: Client): DynamicClient {
  switch (client.kind) {
    case 'dynamic':
      return client;
    case 'metadata-document': {
      const { document: _document, ...core } = client;
      return { ...core, kind: 'dynamic', registration: {} };
    }
    case 'pre-registered': {
      const { terms: _terms, ...core } = client;
      return { ...core, kind: 'dynamic', registration: {} };
    }
  }
}

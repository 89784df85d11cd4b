import type { Stores } from '@vestibule/server';

/** Records the events of a client that was not added. */
export const recordsAnyway = ({ clients, audit }: Stores): Pick<Stores, 'clients'> => ({
  clients: {
    ...clients,
    insert: async (client, duplicateSince, events = []) => {
      for (const event of events) await audit.record(event);
      return clients.insert(client, duplicateSince);
    },
  },
});

/** Adds a client and does not record it. */
export const forgetsEvents = ({ clients }: Stores): Pick<Stores, 'clients'> => ({
  clients: { ...clients, insert: (client, duplicateSince) => clients.insert(client, duplicateSince) },
});

/** Consumes the code first, whether the grant can be opened or not. */
export const takesFirst = ({ codes, grants }: Stores): Pick<Stores, 'grants'> => ({
  grants: {
    ...grants,
    open: async ({ code, ...opening }) => {
      if (code === undefined) return grants.open(opening);
      const taken = await codes.take(opening.realm, code, opening.at);
      return taken === undefined ? 'code-invalid' : grants.open(opening);
    },
  },
});

/** Opens the grant without consuming the code. */
export const leavesCode = ({ codes, grants }: Stores): Pick<Stores, 'grants'> => ({
  grants: {
    ...grants,
    open: async ({ code, ...opening }) =>
      code !== undefined && (await codes.find(opening.realm, code, opening.at)) === undefined
        ? 'code-invalid'
        : grants.open(opening),
  },
});

/** Records an exchange that opened nothing. */
export const recordsEveryExchange = ({ grants, audit }: Stores): Pick<Stores, 'grants'> => ({
  grants: {
    ...grants,
    open: async ({ events = [], ...opening }) => {
      for (const event of events) await audit.record(event);
      return grants.open(opening);
    },
  },
});

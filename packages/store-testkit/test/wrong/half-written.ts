import type { AuditEvent } from '@vestibule/core/audit';
import type { Stores } from '@vestibule/server';
import { createMemoryStores } from '@vestibule/server/memory';
import type { OpenedStore } from '../../src/index.ts';

type Flaw = (stores: Stores) => Partial<Stores>;

/** Stores in memory that can be made to fail at events before they write anything. */
export function openFailing(flaw: Flaw = () => ({})): OpenedStore {
  let fails = false;
  const { clients, grants, audit, ...others } = createMemoryStores();
  const assertRoom = (events: readonly AuditEvent[]): void => {
    if (fails && events.length > 0) throw new Error('no room for events');
  };
  const stores: Stores = {
    ...others,
    clients: {
      ...clients,
      insert: async (client, duplicateSince, events = []) => {
        assertRoom(events);
        return clients.insert(client, duplicateSince, events);
      },
    },
    grants: {
      ...grants,
      open: async (opening) => {
        assertRoom(opening.events ?? []);
        return grants.open(opening);
      },
    },
    audit: {
      ...audit,
      record: async (event) => {
        assertRoom([event]);
        await audit.record(event);
      },
    },
  };
  return {
    stores: { ...stores, ...flaw(stores) },
    failEvents: async () => {
      fails = true;
    },
    close: async () => {},
  };
}

/** Adds the client, and records its events afterwards. */
export const addsFirst: Flaw = ({ clients, audit }) => ({
  clients: {
    ...clients,
    insert: async (client, duplicateSince, events = []) => {
      const insertion = await clients.insert(client, duplicateSince);
      for (const event of events) await audit.record(event);
      return insertion;
    },
  },
});

/** Opens the grant, and records its events afterwards. */
export const opensFirst: Flaw = ({ grants, audit }) => ({
  grants: {
    ...grants,
    open: async ({ events = [], ...opening }) => {
      const outcome = await grants.open(opening);
      for (const event of events) await audit.record(event);
      return outcome;
    },
  },
});

/** Consumes the code before it writes the rest. */
export const consumesFirst: Flaw = ({ codes, grants }) => ({
  grants: {
    ...grants,
    open: async ({ code, ...opening }) => {
      if (code !== undefined) await codes.take(opening.realm, code, opening.at);
      return grants.open(opening);
    },
  },
});

/** Adds a client without its events if they cannot be recorded. */
export const goesOnWithout: Flaw = ({ clients }) => ({
  clients: {
    ...clients,
    insert: (client, duplicateSince, events) =>
      clients.insert(client, duplicateSince, events).catch(() => clients.insert(client, duplicateSince)),
  },
});

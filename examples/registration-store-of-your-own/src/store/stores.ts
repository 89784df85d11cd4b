import type { AuditTrail, ClientStore, Commit, CoreChange, CoreUnmet, Sweeper } from '@vestibule/core';
import { type CoreTables, makeCoreChange, makeInOrder, type Synchronous } from '@vestibule/core/memory';
import { createClients } from './clients.ts';
import { createEvents, createQuotas } from './limits-and-events.ts';
import type { Tables } from './tables.ts';

/** What a registrar stores. */
export interface RegistrationStores extends Sweeper {
  readonly clients: ClientStore;
  readonly commit: Commit;
  readonly audit: AuditTrail;
}

/** The stores of a registrar. Each method, and each commit, is one transaction. */
export function createStores(tables: Tables): RegistrationStores {
  const clients = createClients(tables);
  const events = createEvents(tables);
  const quotas = createQuotas(tables);
  const changed: CoreTables = {
    clients,
    audit: events,
    quotas,
    // Grants are in the authorization server, realms in the configuration, and there are no initial access tokens.
    grants: { endAll: () => 0 },
    realms: { insert: () => 'exists', replace: () => 'missing' },
    initialAccessTokens: { insert: () => 'exists', revokeOnce: () => 'missing', use: () => 'refused' },
  };

  /** The same methods as transactions that return promises. */
  const stored = <Store extends object>(table: Synchronous<Store>): Store => {
    const methods = Object.entries(table).map(([name, method]: [string, unknown]) => [
      name,
      async (...parameters: readonly unknown[]): Promise<unknown> =>
        typeof method === 'function' && tables.atomically(() => Reflect.apply(method, table, parameters)),
    ]);
    return Object.fromEntries(methods);
  };

  return {
    clients: stored<ClientStore>(clients),
    audit: { ...stored<Pick<AuditTrail, 'record' | 'list'>>(events), observe: async () => undefined },
    commit: async (changes) =>
      tables.atomically(
        () => makeInOrder<CoreChange, CoreUnmet, CoreChange>(changes, (one) => makeCoreChange(changed, one)),
        ({ committed }) => committed,
      ),
    sweep: async (now, limit) => tables.atomically(() => quotas.sweep(now, limit) + events.sweep(now, limit)),
  };
}

import type { AuditTrail } from '../ports/audit-log.ts';
import type { ClientGrants } from '../ports/client-grants.ts';
import type { ClientStore } from '../ports/client-store.ts';
import type { Commit, CoreChange, CoreUnmet } from '../ports/commit.ts';
import type { RealmStore } from '../ports/realm-store.ts';
import type { RealmRecord } from '../realm/realm.ts';
import type { InitialAccessTokenStore } from '../ports/initial-access-token-store.ts';
import { commitIn } from './commit-in.ts';
import { createJournal } from './journal.ts';
import { makeCoreChange } from './make-core-change.ts';
import { createAuditTable, type MemoryAuditLog } from './memory-audit-log.ts';
import { createClientTable } from './memory-client-store.ts';
import { createInitialAccessTokenTable } from './memory-initial-access-token-store.ts';
import { createRealmTable } from './memory-realm-store.ts';
import { promised, type Synchronous } from './promised.ts';
import { createQuotaTable } from './quota-table.ts';

/** What a registrar stores, in memory. */
export interface MemoryRegistrationStores {
  readonly realms: RealmStore;
  readonly clients: ClientStore;
  readonly initialAccessTokens: InitialAccessTokenStore;
  readonly audit: AuditTrail & Pick<MemoryAuditLog, 'events'>;
  readonly commit: Commit;
  /** How often each limit was used in its last window, by its key. */
  readonly quotas: ReadonlyMap<string, number>;
}

/**
 * What a registrar stores, in memory. For tests and examples.
 *
 * @param grants the grants of clients @default no grants exist
 * @param initial the realms @default none
 */
export function createMemoryRegistrationStores(
  grants: Synchronous<ClientGrants> = { endAll: () => 0 },
  initial: readonly RealmRecord[] = [],
): MemoryRegistrationStores {
  const journal = createJournal();
  const clients = createClientTable(journal);
  const realms = createRealmTable(journal, initial);
  const initialAccessTokens = createInitialAccessTokenTable(journal);
  const audit = createAuditTable(journal);
  const quotas = createQuotaTable(journal);
  const tables = { clients, realms, initialAccessTokens, audit, quotas, grants };
  return {
    realms: promised<RealmStore>(realms),
    clients: promised<ClientStore>(clients),
    initialAccessTokens: promised<InitialAccessTokenStore>(initialAccessTokens),
    audit: {
      ...promised<AuditTrail>({ record: audit.record, list: audit.list }),
      observe: () => Promise.resolve(),
      get events() {
        return audit.events();
      },
    },
    commit: commitIn<CoreChange, CoreUnmet>(journal, (change) => makeCoreChange(tables, change)),
    get quotas() {
      return quotas.uses();
    },
  };
}

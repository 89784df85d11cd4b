import {
  commitIn,
  createAuditTable,
  createClientTable,
  createInitialAccessTokenTable,
  createJournal,
  createMemoryLeaseStore,
  createRealmTable,
  createQuotaTable,
  type MemoryAuditLog,
  promised,
} from '@vestibule/core/memory';
import type { AuditTrail, ClientStore, InitialAccessTokenStore, RealmStore } from '@vestibule/core';
import type { RealmRecord } from '@vestibule/core/realm';
import type { Change, Unmet } from '../ports/commit.ts';
import type { AuthorizationCode } from '../records/authorization-code.ts';
import type { FinishedSignIn } from '../records/finished-sign-in.ts';
import type { PushedRequest } from '../authorization-request/pushed-request.ts';
import type { Stores } from '../ports/stores.ts';
import { makeChange } from './make-change.ts';
import { createGrantTable, createMemoryGrantStore } from './memory-grant-store.ts';
import { createInteractionTable, createMemoryInteractionStore } from './memory-interaction-store.ts';
import { createKeyTable, createMemoryKeyStore } from './memory-key-store.ts';
import { createMemoryOneTimeStore, createOneTimeTable } from './memory-one-time-store.ts';
import { createMemoryPersonStore, createPersonTable } from './memory-person-store.ts';
import { createProviderTokenTable } from './memory-provider-token-store.ts';
import { createMemoryReplayStore, createReplayTable } from './memory-replay-store.ts';
import { createMemoryRevokedTokenStore, createRevokedTokenTable } from './memory-revoked-token-store.ts';
import { createMemorySessionStore, createSessionTable } from './memory-session-store.ts';

export { makeChange, type Tables } from './make-change.ts';
export { createMemoryGrantStore, createMemoryKeyStore, createMemoryOneTimeStore, createMemoryPersonStore };
export { createMemoryReplayStore, createMemoryRevokedTokenStore };
export { createMemorySessionStore, createMemoryInteractionStore };

/** All stores, in memory. For tests and examples. */
export interface MemoryStores extends Stores {
  readonly audit: AuditTrail & Pick<MemoryAuditLog, 'events'>;
}

/**
 * Creates all stores, in memory.
 *
 * @param initial the realms @default none
 */
export function createMemoryStores(...initial: readonly RealmRecord[]): MemoryStores {
  const journal = createJournal();
  const audit = createAuditTable(journal);
  const realms = createRealmTable(journal, initial);
  const clients = createClientTable(journal);
  const people = createPersonTable(journal);
  const keys = createKeyTable(journal);
  const revokedTokens = createRevokedTokenTable(journal);
  const initialAccessTokens = createInitialAccessTokenTable(journal);
  const quotas = createQuotaTable(journal);
  const codes = createOneTimeTable<AuthorizationCode>(journal);
  const grants = createGrantTable(journal);
  const interactions = createInteractionTable(journal, grants);
  const sessions = createSessionTable(journal);
  const pushedRequests = createOneTimeTable<PushedRequest>(journal);
  const replays = createReplayTable(journal);
  const leases = createMemoryLeaseStore();
  const providerTokens = createProviderTokenTable(
    journal,
    (realm, id, now) => ((grants.find(realm, id) ?? grants.findUnopened(realm, id))?.expiresAt ?? now) > now,
  );
  const finishedSignIns = createMemoryOneTimeStore<FinishedSignIn>();
  const beside = [finishedSignIns, leases];
  const together = [
    interactions,
    codes,
    pushedRequests,
    replays,
    grants,
    sessions,
    initialAccessTokens,
    revokedTokens,
    providerTokens,
  ];
  const tables = {
    realms,
    people,
    keys,
    revokedTokens,
    clients,
    initialAccessTokens,
    quotas,
    audit,
    codes,
    grants,
    interactions,
    sessions,
    replays,
  };
  return {
    realms: promised<RealmStore>(realms),
    clients: promised<ClientStore>(clients),
    initialAccessTokens: promised<InitialAccessTokenStore>(initialAccessTokens),
    people: promised(people),
    audit: {
      ...promised<AuditTrail>({ record: audit.record, list: audit.list }),
      observe: () => Promise.resolve(),
      get events() {
        return audit.events();
      },
    },
    interactions: promised(interactions),
    codes: promised(codes),
    grants: promised(grants),
    sessions: promised(sessions),
    finishedSignIns,
    keys: promised(keys),
    leases,
    providerTokens: promised(providerTokens),
    pushedRequests: promised(pushedRequests),
    replays: promised(replays),
    revokedTokens: promised(revokedTokens),
    commit: commitIn<Change, Unmet>(journal, (change) => makeChange({ ...tables, pushedRequests }, change)),
    sweep: async (now, limit) => {
      let count = quotas.sweep(now, limit) + audit.sweep(now, limit);
      for (const table of together) count += table.sweep(now, limit);
      for (const store of beside) count += await store.sweep(now, limit);
      return count;
    },
  };
}

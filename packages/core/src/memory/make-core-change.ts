import type { ClientGrants } from '../ports/client-grants.ts';
import type { CoreChange, CoreUnmet } from '../ports/commit.ts';
import type { RealmStore } from '../ports/realm-store.ts';
import type { AuditTable } from './memory-audit-log.ts';
import type { ClientTable } from './memory-client-store.ts';
import type { InitialAccessTokenTable } from './memory-initial-access-token-store.ts';
import type { Synchronous } from './promised.ts';
import type { QuotaTable } from './quota-table.ts';

/** What the changes of `core` change. */
export interface CoreTables {
  readonly clients: ClientTable;
  readonly realms: Pick<Synchronous<RealmStore>, 'insert' | 'replace'>;
  readonly initialAccessTokens: Pick<InitialAccessTokenTable, 'insert' | 'revokeOnce' | 'use'>;
  readonly grants: Synchronous<ClientGrants>;
  readonly quotas: Pick<QuotaTable, 'reserve'>;
  readonly audit: Pick<AuditTable, 'record'>;
}

/** Makes one change in memory. @returns the condition that failed; `undefined` if it was made */
export function makeCoreChange(
  { clients, realms, initialAccessTokens, grants, quotas, audit }: CoreTables,
  change: CoreChange,
): CoreUnmet | undefined {
  const { kind } = change;
  /** The added client is among those that are counted. */
  const isFull = (realm: string, most = Infinity): boolean => clients.countAwake(realm, Infinity) > most;
  switch (kind) {
    case 'quota.reserve': {
      const retryAfter = quotas.reserve(change.key, change.limit, change.at);
      return retryAfter === undefined ? undefined : { kind, retryAfter };
    }
    case 'client.insert': {
      const { client, duplicateSince, mostActive } = change;
      const insertion = clients.insert(client, duplicateSince);
      if (insertion.outcome === 'exists') return { kind, reason: 'exists' };
      if (insertion.outcome === 'coalesced') return { kind, reason: 'duplicate', client: insertion.client };
      return isFull(client.realm, mostActive) ? { kind, reason: 'full' } : undefined;
    }
    case 'client.replace': {
      const reason = clients.replace(change.client, change.expectedVersion);
      return reason === 'replaced' ? undefined : { kind, reason };
    }
    case 'client.use':
      return void clients.touch(change.realm, change.id, change.at);
    case 'client.remove': {
      const reason = clients.remove(change.realm, change.id, change.expectedVersion);
      return reason === 'removed' ? undefined : { kind, reason };
    }
    case 'client.expire': {
      const reason = clients.expire(change.expired, change.expectedVersion);
      return reason === 'expired' ? undefined : { kind, reason };
    }
    case 'client.restore': {
      const { client, mostActive } = change;
      if (clients.find(client.realm, client.id) !== undefined) return { kind, reason: 'exists' };
      if (clients.restore(client) === 'missing') return { kind, reason: 'missing' };
      return isFull(client.realm, mostActive) ? { kind, reason: 'full' } : undefined;
    }
    case 'initial-access-token.use':
      return initialAccessTokens.use(change.realm, change.hash, change.at) === 'counted'
        ? undefined
        : { kind };
    case 'client.forget':
      return clients.forget(change.realm, change.id) ? undefined : { kind };
    case 'initial-access-token.insert':
      return initialAccessTokens.insert(change.token) === 'inserted' ? undefined : { kind };
    case 'initial-access-token.revoke': {
      const reason = initialAccessTokens.revokeOnce(change.realm, change.id, change.at);
      return reason === undefined ? undefined : { kind, reason };
    }
    case 'realm.insert':
      return realms.insert(change.realm) === 'inserted' ? undefined : { kind };
    case 'realm.replace': {
      const reason = realms.replace(change.realm, change.expectedVersion);
      return reason === 'replaced' ? undefined : { kind, reason };
    }
    case 'grant.end-all':
      return void grants.endAll(change.realm, change.clientId, change.at);
    case 'event.append':
      audit.record(change.event);
      return undefined;
  }
}

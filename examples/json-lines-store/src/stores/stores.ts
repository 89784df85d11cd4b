import type { AuditTrail, ClientStore, InitialAccessTokenStore } from '@vestibule/core';
import { makeInOrder, type Synchronous } from '@vestibule/core/memory';
import type {
  AuthorizationCode,
  Change,
  FinishedSignIn,
  PushedRequest,
  Stores,
  Unmet,
} from '@vestibule/server';
import { makeChange } from '@vestibule/server/memory';
import { createAudit } from './audit.ts';
import { createClients } from './clients.ts';
import { createGrants } from './grants.ts';
import { createInitialAccessTokens } from './initial-access-tokens.ts';
import { createKeys } from './keys.ts';
import type { Ledger } from './ledger.ts';
import { createLeases, createQuotas, createReplays, createRevokedTokens } from './marks.ts';
import { createOneTime } from './one-time.ts';
import { createPeople } from './people.ts';
import { createRealms } from './realms.ts';
import { createInteractions, createSessions } from './sign-ins.ts';

/** All stores, in one file. Their methods are written as if nothing had to wait; here each becomes an operation. */
export function createFileStores(ledger: Ledger): Stores {
  const grants = createGrants(ledger);
  const audit = createAudit(ledger);
  const tables = {
    realms: createRealms(ledger),
    people: createPeople(ledger),
    keys: createKeys(ledger),
    revokedTokens: createRevokedTokens(ledger),
    clients: createClients(ledger),
    initialAccessTokens: createInitialAccessTokens(ledger),
    quotas: createQuotas(ledger),
    audit,
    interactions: createInteractions(ledger, grants),
    codes: createOneTime<AuthorizationCode>(ledger, 'codes'),
    pushedRequests: createOneTime<PushedRequest>(ledger, 'pushed-requests'),
    grants,
    sessions: createSessions(ledger),
    replays: createReplays(ledger),
  };
  const finishedSignIns = createOneTime<FinishedSignIn>(ledger, 'finished-sign-ins');
  const leases = createLeases(ledger);
  const { clients: _clients, realms, people, keys, ...swept } = tables;
  const sweepable = { ...swept, finishedSignIns, leases };

  /** A store whose methods are operations. */
  const stored = <Store extends object>(store: Synchronous<Store>): Store => {
    const table: object = store;
    const methods = Object.keys(table).map((name) => [
      name,
      (...args: readonly unknown[]) =>
        ledger.operate((): unknown => Reflect.apply(Reflect.get(table, name), table, args)),
    ]);
    return Object.fromEntries(methods);
  };
  return {
    realms: stored(realms),
    people: stored(people),
    keys: stored(keys),
    clients: stored<ClientStore>(tables.clients),
    initialAccessTokens: stored<InitialAccessTokenStore>(tables.initialAccessTokens),
    audit: { ...stored<Pick<AuditTrail, 'record' | 'list'>>(audit), observe: () => Promise.resolve() },
    interactions: stored(tables.interactions),
    codes: stored(tables.codes),
    pushedRequests: stored(tables.pushedRequests),
    grants: stored(grants),
    sessions: stored(tables.sessions),
    replays: stored(tables.replays),
    finishedSignIns: stored(finishedSignIns),
    leases: stored(leases),
    revokedTokens: stored(tables.revokedTokens),
    commit: <Some extends Change>(changes: readonly Some[]) =>
      ledger.operate(
        () => makeInOrder<Change, Unmet, Some>(changes, (change) => makeChange(tables, change)),
        ({ committed }) => committed,
      ),
    sweep: (now, limit) =>
      ledger.operate(() =>
        Object.values(sweepable).reduce((count, table) => count + table.sweep(now, limit), 0),
      ),
  };
}

import {
  createMemoryAuditLog,
  createMemoryClientStore,
  createMemoryInitialAccessTokenStore,
  createMemoryLeaseStore,
  createMemoryRealmStore,
  keptWithStores,
} from '@vestibule/core/memory';
import type { AuthorizationCode } from '../records/authorization-code.ts';
import type { FinishedSignIn } from '../records/finished-sign-in.ts';
import type { PushedRequest } from '../authorization-request/pushed-request.ts';
import type { Stores } from '../ports/stores.ts';
import { createMemoryGrantStore } from './memory-grant-store.ts';
import { createMemoryKeyStore } from './memory-key-store.ts';
import { createMemoryOneTimeStore } from './memory-one-time-store.ts';
import { createMemoryPersonStore } from './memory-person-store.ts';
import { createMemoryReplayStore } from './memory-replay-store.ts';
import { createMemoryRevokedTokenStore } from './memory-revoked-token-store.ts';
import { createMemorySessionStore } from './memory-session-store.ts';
import { createMemoryInteractionStore } from './memory-interaction-store.ts';

export { createMemoryGrantStore, createMemoryKeyStore, createMemoryOneTimeStore, createMemoryPersonStore };
export { createMemoryReplayStore, createMemoryRevokedTokenStore };
export { createMemorySessionStore, createMemoryInteractionStore };

/** All stores, in memory. For tests and examples. */
export function createMemoryStores(): Stores {
  const audit = createMemoryAuditLog();
  const codes = createMemoryOneTimeStore<AuthorizationCode>();
  const grants = createMemoryGrantStore({ codes, audit });
  const interactions = createMemoryInteractionStore(grants);
  const sessions = createMemorySessionStore();
  const initialAccessTokens = createMemoryInitialAccessTokenStore();
  const leases = createMemoryLeaseStore();
  const pushedRequests = createMemoryOneTimeStore<PushedRequest>();
  const finishedSignIns = createMemoryOneTimeStore<FinishedSignIn>();
  const replays = createMemoryReplayStore();
  const revokedTokens = createMemoryRevokedTokenStore();
  const once = [codes, pushedRequests, finishedSignIns, replays, revokedTokens];
  const sweepers = [interactions, ...once, grants, sessions, initialAccessTokens, leases, audit];
  return {
    realms: createMemoryRealmStore(),
    clients: createMemoryClientStore(audit),
    initialAccessTokens,
    people: createMemoryPersonStore(),
    audit: keptWithStores(audit),
    interactions,
    codes,
    grants,
    sessions,
    finishedSignIns,
    keys: createMemoryKeyStore(),
    leases,
    pushedRequests,
    replays,
    revokedTokens,
    sweep: async (now, limit) => {
      let count = 0;
      for (const store of sweepers) {
        count += await store.sweep(now, limit);
      }
      return count;
    },
  };
}

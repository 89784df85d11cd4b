import type { ServerStores } from '../stores.ts';
import { createMemoryGrantStore } from './grant-store.ts';
import { createMemoryKeyStore } from './key-store.ts';
import { createMemoryOneTimeStore } from './one-time-store.ts';
import { createMemorySessionStore } from './session-store.ts';
import { createMemoryTransactionStore } from './transaction-store.ts';

export { createMemoryGrantStore, createMemoryKeyStore, createMemoryOneTimeStore };
export { createMemorySessionStore, createMemoryTransactionStore };

/** Everything an authorization server keeps, in memory. For tests and first steps. */
export function createMemoryStores(): ServerStores {
  return {
    transactions: createMemoryTransactionStore(),
    codes: createMemoryOneTimeStore(),
    grants: createMemoryGrantStore(),
    sessions: createMemorySessionStore(),
    keys: createMemoryKeyStore(),
  };
}

import type { Sweeper } from '@vestibule/core';
import type { Transaction } from '../authorization-request/interaction.ts';
import type { TransactionStore } from '../ports/interaction-store.ts';
import { key } from './record-key.ts';
import { sweepMap } from './memory-sweep.ts';

/** Keeps transactions while the process lives. For tests and first steps. */
export function createMemoryTransactionStore(): TransactionStore & Sweeper {
  const transactions = new Map<string, Transaction>();
  return {
    insert: async (transaction) => {
      const place = key(transaction.realm, transaction.id);
      if (transactions.has(place)) return 'exists';
      transactions.set(place, structuredClone(transaction));
      return 'inserted';
    },
    find: async (realm, id) => structuredClone(transactions.get(key(realm, id))),
    decide: async (realm, id, decision) => {
      const transaction = transactions.get(key(realm, id));
      if (transaction === undefined) return undefined;
      if (transaction.decision !== undefined) {
        return { decision: structuredClone(transaction.decision), made: false };
      }
      transactions.set(key(realm, id), { ...transaction, decision: structuredClone(decision) });
      return { decision, made: true };
    },
    sweep: async (now, limit) => sweepMap(transactions, ({ expiresAt }) => expiresAt, now, limit),
  };
}

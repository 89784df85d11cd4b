import type { LeaseStore } from '../ports/lease-store.ts';
import type { Sweeper } from '../ports/sweeper.ts';
import type { Instant } from '../time.ts';
import { sweepMap } from './memory-sweep.ts';

/** Stores leases in memory. For tests and examples. */
export function createMemoryLeaseStore(): LeaseStore & Sweeper {
  const leases = new Map<string, { readonly holder: string; readonly expiresAt: Instant }>();
  return {
    take: async (name, holder, now, expiresAt) => {
      const lease = leases.get(name);
      if (lease !== undefined && lease.holder !== holder && lease.expiresAt > now) return false;
      leases.set(name, { holder, expiresAt });
      return true;
    },
    release: async (name, holder) => {
      if (leases.get(name)?.holder === holder) leases.delete(name);
    },
    sweep: async (now, limit) => sweepMap(leases, now, limit),
  };
}

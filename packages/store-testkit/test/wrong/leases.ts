import type { LeaseStore } from '@vestibule/core';
import type { Stores } from '@vestibule/server';
import { createMemoryStores } from '@vestibule/server/memory';
import { setImmediate as tick } from 'node:timers/promises';

/** All flaws of a lease store. Without a flaw it is correct. */
export type LeaseFlaw =
  | 'reads, then writes'
  | 'expires a moment late'
  | 'does not renew'
  | 'prolongs when asked in vain'
  | 'releases it for every holder'
  | 'looks at a clock'
  | 'knows one lease alone'
  | 'sweeps without a limit'
  | 'sweeps a moment late'
  | 'never sweeps';

/** Stores in memory, with a lease store that may have one flaw. */
export function storesWithLeases(flaw?: LeaseFlaw): Stores {
  const entries = new Map<string, { readonly holder: string; readonly expiresAt: number }>();
  const place = (name: string): string => (flaw === 'knows one lease alone' ? '' : name);

  const leases: LeaseStore = {
    take: async (name, holder, now, expiresAt) => {
      const lease = entries.get(place(name));
      if (flaw === 'reads, then writes') await tick();
      const moment = flaw === 'looks at a clock' ? Date.now() : now;
      const end = (lease?.expiresAt ?? 0) + (flaw === 'expires a moment late' ? 1 : 0);
      const isMine = lease?.holder === holder && flaw !== 'does not renew';
      if (lease !== undefined && !isMine && end > moment) {
        if (flaw === 'prolongs when asked in vain') entries.set(name, { ...lease, expiresAt });
        return false;
      }
      entries.set(place(name), { holder, expiresAt });
      return true;
    },
    release: async (name, holder) => {
      const isMine = entries.get(place(name))?.holder === holder;
      if (isMine || flaw === 'releases it for every holder') entries.delete(place(name));
    },
  };
  const stores = createMemoryStores();
  return {
    ...stores,
    leases,
    sweep: async (now, limit) => {
      const last = flaw === 'sweeps a moment late' ? now - 1 : now;
      const expired = [...entries].filter(
        ([, { expiresAt }]) => expiresAt <= last && flaw !== 'never sweeps',
      );
      const gone = expired.slice(0, flaw === 'sweeps without a limit' ? Infinity : limit);
      for (const [name] of gone) entries.delete(name);
      return gone.length + (await stores.sweep(now, limit));
    },
  };
}

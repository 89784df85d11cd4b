import type { Instant, Sweeper } from '@vestibule/core';
import type { ReplayStore } from '../ports/replay-store.ts';
import { key } from './record-key.ts';
import { sweepMap } from './memory-sweep.ts';

/** Stores used ids in memory. For tests and examples. */
export function createMemoryReplayStore(): ReplayStore & Sweeper {
  const noted = new Map<string, Instant>();
  return {
    note: async (realm, id, expiresAt) => {
      const place = key(realm, id);
      if (noted.has(place)) return 'repeated';
      noted.set(place, expiresAt);
      return 'first';
    },
    sweep: async (now, limit) => sweepMap(noted, (expiresAt) => expiresAt, now, limit),
  };
}

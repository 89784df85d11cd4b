import type { Instant, Sweeper } from '@vestibule/core';
import type { ReplayStore } from '../ports/replay-store.ts';
import { createJournal, type Journal, promised, type Synchronous } from '@vestibule/core/memory';
import { key } from './record-key.ts';
import { sweepMap } from './memory-sweep.ts';

/** Stores used ids in memory. For tests and examples. */
export const createMemoryReplayStore = (): ReplayStore & Sweeper =>
  promised(createReplayTable(createJournal()));

/** Used ids in memory. */
export function createReplayTable(journal: Journal): Synchronous<ReplayStore & Sweeper> {
  const noted = journal.map<Instant>();
  return {
    note: (realm, id, expiresAt) => {
      const place = key(realm, id);
      if (noted.has(place)) return 'repeated';
      noted.set(place, expiresAt);
      return 'first';
    },
    has: (realm, id) => noted.has(key(realm, id)),
    sweep: (now, limit) => sweepMap(noted, (expiresAt) => expiresAt, now, limit),
  };
}

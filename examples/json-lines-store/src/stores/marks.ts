import type { LeaseStore, Sweeper } from '@vestibule/core';
import type { QuotaTable, Synchronous } from '@vestibule/core/memory';
import type { ReplayStore, RevokedTokenStore } from '@vestibule/server';
import type { Ledger } from './ledger.ts';
import { createTable } from './table.ts';

/** What is known about a key until a time. */
interface Mark {
  readonly key: readonly string[];
  readonly expiresAt: number;
  readonly holder?: string;
  readonly uses?: number;
}

const createMarks = (ledger: Ledger, name: string) => {
  const marks = createTable<Mark>(ledger, name, ({ key }) => key);
  const sweep: Synchronous<Sweeper>['sweep'] = (now, limit) =>
    marks.remove(({ expiresAt }) => expiresAt <= now, limit);
  return { ...marks, sweep };
};

/** Used ids. The first call adds the mark; later ones find it. */
export function createReplays(ledger: Ledger): Synchronous<ReplayStore & Sweeper> {
  const { find, insert, sweep } = createMarks(ledger, 'replays');
  return {
    note: (realm, key, expiresAt) =>
      insert({ key: [realm, key], expiresAt }) === 'inserted' ? 'first' : 'repeated',
    has: (realm, key) => find(realm, key) !== undefined,
    sweep,
  };
}

/** Individually revoked tokens. */
export function createRevokedTokens(ledger: Ledger): Synchronous<RevokedTokenStore & Sweeper> {
  const { all, find, insert, sweep } = createMarks(ledger, 'revoked-tokens');
  return {
    add: (realm, id, expiresAt) =>
      insert({ key: [realm, id], expiresAt }) === 'inserted' ? 'added' : 'known',
    has: (realm, id) => find(realm, id) !== undefined,
    list: (realm, now, limit) =>
      all()
        .flatMap(({ key: [of, id], expiresAt }) =>
          of === realm && id !== undefined && expiresAt > now ? [id] : [],
        )
        .slice(0, limit),
    sweep,
  };
}

/** Leases. A ledger is for one process, which does not need leases; they are stored like everything else. */
export function createLeases(ledger: Ledger): Synchronous<LeaseStore & Sweeper> {
  const leases = createMarks(ledger, 'leases');
  return {
    take: (name, holder, now, expiresAt) => {
      const lease = leases.find(name);
      if (lease !== undefined && lease.holder !== holder && lease.expiresAt > now) return false;
      leases.set({ key: [name], holder, expiresAt });
      return true;
    },
    release: (name, holder) => {
      if (leases.find(name)?.holder === holder) leases.delete(name);
    },
    sweep: leases.sweep,
  };
}

/** Uses of limits, in fixed windows. */
export function createQuotas(ledger: Ledger): Pick<QuotaTable, 'reserve' | 'sweep'> {
  const windows = createMarks(ledger, 'quotas');
  return {
    reserve: (key, limit, at) => {
      const window = windows.find(key);
      const { uses = 0, expiresAt } =
        window === undefined || window.expiresAt <= at ? { expiresAt: at + limit.seconds * 1_000 } : window;
      if (uses >= limit.uses) return Math.max(1, Math.ceil((expiresAt - at) / 1_000));
      windows.set({ key: [key], uses: uses + 1, expiresAt });
      return undefined;
    },
    sweep: windows.sweep,
  };
}

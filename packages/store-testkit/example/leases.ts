import type { LeaseStore } from '@vestibule/core';
import type { Ledger } from './ledger.ts';
import { createRecords, type Records } from './records.ts';

interface LeaseRow {
  readonly name: string;
  readonly holder: string;
  readonly expiresAt: number;
}

/** Leases. A ledger is for one process, which does not need leases; they are stored like everything else. */
export function createLeases(ledger: Ledger): LeaseStore & Pick<Records<LeaseRow>, 'sweep'> {
  const leases = createRecords<LeaseRow>(ledger, 'leases', ({ name }) => [name]);
  return {
    sweep: leases.sweep,
    take: (name, holder, now, expiresAt) =>
      ledger.operate(() => {
        const lease = leases.get(name);
        if (lease !== undefined && lease.holder !== holder && lease.expiresAt > now) return false;
        leases.set({ name, holder, expiresAt }, name);
        return true;
      }),
    release: (name, holder) =>
      ledger.operate(() => {
        if (leases.get(name)?.holder === holder) leases.delete(name);
      }),
  };
}

import type { ReplayStore } from '@vestibule/server';
import type { Ledger } from './ledger.ts';
import { createRecords, type Records } from './records.ts';

interface ReplayRow {
  readonly realm: string;
  readonly key: string;
  readonly expiresAt: number;
}

/** Used ids. The first call adds the row; later ones find it. */
export function createReplays(ledger: Ledger): ReplayStore & Pick<Records<ReplayRow>, 'sweep'> {
  const rows = createRecords<ReplayRow>(ledger, 'replays', ({ realm, key }) => [realm, key]);
  return {
    sweep: rows.sweep,
    note: async (realm, key, expiresAt) =>
      (await rows.insert({ realm, key, expiresAt })) === 'inserted' ? 'first' : 'repeated',
  };
}

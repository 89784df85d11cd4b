import type { RevokedTokenStore } from '@vestibule/server';
import type { Ledger } from './ledger.ts';
import { createRecords, type Records } from './records.ts';

interface RevokedTokenRow {
  readonly realm: string;
  readonly id: string;
  readonly expiresAt: number;
}

/** Individually revoked tokens. */
export function createRevokedTokens(
  ledger: Ledger,
): RevokedTokenStore & Pick<Records<RevokedTokenRow>, 'sweep'> {
  const rows = createRecords<RevokedTokenRow>(ledger, 'revoked-tokens', ({ realm, id }) => [realm, id]);
  return {
    sweep: rows.sweep,
    add: async (realm, id, expiresAt) =>
      (await rows.insert({ realm, id, expiresAt })) === 'inserted' ? 'added' : 'known',
    has: async (realm, id) => (await rows.find(realm, id)) !== undefined,
    list: (realm, now, limit) =>
      ledger.operate(() =>
        rows
          .all()
          .filter((row) => row.realm === realm && row.expiresAt > now)
          .map(({ id }) => id)
          .slice(0, limit),
      ),
  };
}

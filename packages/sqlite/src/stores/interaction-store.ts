import type { Interaction, InteractionStore } from '@vestibule/server';
import type { SqliteDatabase } from '../database/database.ts';
import type { InteractionRow } from './interaction-writes.ts';

/** Interactions on SQLite, in the table `transactions`. */
export function createSqliteInteractionStore({ prepare, write }: SqliteDatabase): InteractionStore {
  const select = prepare<[string, string], InteractionRow>(
    'SELECT * FROM transactions WHERE realm = ? AND id = ?',
  );
  return {
    insert: (transaction) => write('insertInteraction', transaction),
    find: async (realm, id) => {
      const row = select.get(realm, id);
      return row && toInteraction(row);
    },
    decide: (realm, id, decision, grant) => write('decideInteraction', realm, id, decision, grant),
  };
}

function toInteraction(row: InteractionRow): Interaction {
  return {
    realm: row.realm,
    id: row.id,
    browserHash: row.browser_hash,
    request: JSON.parse(row.request),
    startedAt: row.started_at,
    expiresAt: row.expires_at,
    ...(row.decision !== null && { decision: JSON.parse(row.decision) }),
  };
}

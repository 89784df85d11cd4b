import type { Decision, Grant, StandingDecision, Interaction } from '@vestibule/server';
import type { Database } from 'better-sqlite3';
import type { GrantWrites } from './grant/grant-writes.ts';

export interface InteractionRow {
  readonly realm: string;
  readonly id: string;
  readonly browser_hash: string;
  readonly request: string;
  readonly decision: string | null;
  readonly started_at: number;
  readonly expires_at: number;
}

export interface InteractionWrites {
  readonly insertInteraction: (transaction: Interaction) => 'inserted' | 'exists';
  readonly decideInteraction: (
    realm: string,
    id: string,
    decision: Decision,
    grant?: Grant,
  ) => StandingDecision | undefined;
}

export function interactionWrites(
  database: Database,
  { insertGrant }: Pick<GrantWrites, 'insertGrant'>,
): InteractionWrites {
  const insert = database.prepare<[InteractionRow]>(`
    INSERT INTO transactions (realm, id, browser_hash, request, decision, started_at, expires_at)
    VALUES (@realm, @id, @browser_hash, @request, @decision, @started_at, @expires_at) ON CONFLICT DO NOTHING`);
  const decide = database.prepare<[string, string, string]>(
    'UPDATE transactions SET decision = ? WHERE realm = ? AND id = ? AND decision IS NULL',
  );
  const select = database.prepare<[string, string], Pick<InteractionRow, 'decision'>>(
    'SELECT decision FROM transactions WHERE realm = ? AND id = ?',
  );
  // Of several statements: undone together where one of them fails.
  const decideInteraction = database.transaction(
    (realm: string, id: string, decision: Decision, grant?: Grant): StandingDecision | undefined => {
      if (decide.run(JSON.stringify(decision), realm, id).changes === 1) {
        if (grant !== undefined && insertGrant(grant) === 'exists') throw new Error('The grant exists.');
        return { decision, made: true };
      }
      const standing = select.get(realm, id)?.decision ?? null;
      return standing === null ? undefined : { decision: JSON.parse(standing), made: false };
    },
  );
  return {
    insertInteraction: (transaction) =>
      insert.run(toRow(transaction)).changes === 1 ? 'inserted' : 'exists',
    decideInteraction,
  };
}

function toRow({
  realm,
  id,
  browserHash,
  request,
  decision,
  startedAt,
  expiresAt,
}: Interaction): InteractionRow {
  return {
    realm,
    id,
    browser_hash: browserHash,
    request: JSON.stringify(request),
    decision: decision === undefined ? null : JSON.stringify(decision),
    started_at: startedAt,
    expires_at: expiresAt,
  };
}

import type { Instant } from '@vestibule/core';
import type { Database } from 'better-sqlite3';

export interface SweepWrites {
  /** @param auditUntil deletes events of this time and earlier */
  readonly sweep: (now: Instant, auditUntil: Instant, limit: number) => number;
}

/** Events are in the order of realm and time, so each realm begins with its oldest. Realms are found one after the other. */
export const DELETE_OLD_EVENTS = `
  WITH RECURSIVE known(realm) AS (
    SELECT min(realm) FROM audit_events
    UNION ALL
    SELECT (SELECT min(realm) FROM audit_events WHERE realm > known.realm) FROM known WHERE known.realm IS NOT NULL
  )
  DELETE FROM audit_events WHERE (realm, at, id) IN (
    SELECT event.realm, event.at, event.id FROM known CROSS JOIN audit_events AS event ON event.realm = known.realm
    WHERE event.at <= @until LIMIT @limit
  )`;

interface SweepParameters {
  readonly until: Instant;
  readonly limit: number;
}

export function sweepWrites(database: Database): SweepWrites {
  const prepare = (table: string, key: string, time: string) =>
    database.prepare<[SweepParameters]>(`
      DELETE FROM ${table} WHERE (${key}) IN
        (SELECT ${key} FROM ${table} WHERE ${time} <= @until LIMIT @limit)`);
  const expired = [
    prepare('transactions', 'realm, id', 'expires_at'),
    prepare('codes', 'realm, key', 'expires_at'),
    prepare('pushed_requests', 'realm, key', 'expires_at'),
    prepare('finished_sign_ins', 'realm, key', 'expires_at'),
    prepare('replays', 'realm, key', 'expires_at'),
    prepare('revoked_tokens', 'realm, id', 'expires_at'),
    prepare('sessions', 'realm, hash', 'expires_at'),
    prepare('refresh_tokens', 'realm, hash', 'expires_at'),
    prepare('initial_access_tokens', 'realm, id', 'expires_at'),
    prepare('leases', 'name', 'expires_at'),
    prepare('provider_tokens', 'realm, grant_id', 'expires_at'),
  ];
  // A refresh prolongs a grant without moving its entry in this index, so the entry is moved when its time has come.
  const postpone = database.prepare<[SweepParameters]>(`
    UPDATE grants SET sweep_at = expires_at WHERE rowid IN
      (SELECT rowid FROM grants WHERE sweep_at <= @until AND expires_at > @until LIMIT @limit)`);
  const expiredGrants = database.prepare<[SweepParameters]>(`
    DELETE FROM grants WHERE rowid IN
      (SELECT rowid FROM grants WHERE sweep_at <= @until AND expires_at <= @until LIMIT @limit)`);
  const oldEvents = database.prepare<[SweepParameters]>(DELETE_OLD_EVENTS);

  /** Returns how many were deleted. */
  function sweepGrants(until: Instant, limit: number): number {
    const postponed = postpone.run({ until, limit }).changes;
    // As many as the limit are perhaps not all, so that the caller has to come again.
    return expiredGrants.run({ until, limit }).changes + (postponed === limit ? postponed : 0);
  }

  // Several statements, which are undone together if one of them fails.
  const sweep = database.transaction(
    (now: Instant, auditUntil: Instant, limit: number): number =>
      expired.reduce((count, statement) => count + statement.run({ until: now, limit }).changes, 0) +
      sweepGrants(now, limit) +
      oldEvents.run({ until: auditUntil, limit }).changes,
  );
  return { sweep };
}

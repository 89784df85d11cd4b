import type { AuditEvent } from '@vestibule/core/audit';
import type { AuditTrail, Sweeper } from '@vestibule/core';
import type { QuotaTable, Synchronous } from '@vestibule/core/memory';
import type { Tables } from './tables.ts';

/** How often each limit was used. A window begins with the first use and ends exactly at its end. */
export const createQuotas = ({ run, rows }: Tables): Pick<QuotaTable, 'reserve' | 'sweep'> => ({
  reserve: (key, { uses, seconds }, at) => {
    const counted = run(
      `INSERT INTO quotas SELECT :key, 1, :ends WHERE :uses > 0
       ON CONFLICT DO UPDATE SET uses = iif(ends_at <= :at, 1, uses + 1), ends_at = iif(ends_at <= :at, :ends, ends_at)
       WHERE ends_at <= :at OR uses < :uses`,
      { key, uses, at, ends: at + seconds * 1_000 },
    );
    if (counted > 0) return undefined;
    const [window] = rows('SELECT ends_at FROM quotas WHERE key = :key AND ends_at > :at', { key, at });
    const endsAt = Number(window?.['ends_at'] ?? at + seconds * 1_000);
    return Math.max(1, Math.ceil((endsAt - at) / 1_000));
  },
  sweep: (now, limit) =>
    run('DELETE FROM quotas WHERE key IN (SELECT key FROM quotas WHERE ends_at <= :now LIMIT :limit)', {
      now,
      limit,
    }),
});

/** How long events are stored, in milliseconds. */
const KEPT = 90 * 86_400_000;

/** What happened, newest first. */
export const createEvents = (tables: Tables): Synchronous<Pick<AuditTrail, 'record' | 'list'> & Sweeper> => ({
  sweep: (now, limit) =>
    tables.run(
      'DELETE FROM events WHERE number IN (SELECT number FROM events WHERE at <= :until LIMIT :limit)',
      { until: now - KEPT, limit },
    ),
  record: (event) =>
    void tables.run('INSERT INTO events (record) VALUES (:record)', { record: JSON.stringify(event) }),
  list: (realm, { after, limit }) => {
    const [at = Number.MAX_SAFE_INTEGER, number = 0] = after?.split('.').map(Number) ?? [];
    const found = tables.rows(
      `SELECT number, at, record FROM events WHERE realm = :realm AND (at, number) < (:at, :number)
       ORDER BY at DESC, number DESC LIMIT :most`,
      { realm, at, number, most: limit + 1 },
    );
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return {
      items: items.map(({ record }): AuditEvent => JSON.parse(String(record))),
      ...(last && { next: `${String(last['at'])}.${String(last['number'])}` }),
    };
  },
});

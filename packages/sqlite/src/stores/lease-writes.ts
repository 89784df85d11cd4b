import type { Instant } from '@vestibule/core';
import type { Database } from 'better-sqlite3';

interface LeaseParameters {
  readonly name: string;
  readonly holder: string;
  readonly now: Instant;
  readonly expiresAt: Instant;
}

export interface LeaseWrites {
  readonly takeLease: (name: string, holder: string, now: Instant, expiresAt: Instant) => boolean;
  readonly releaseLease: (name: string, holder: string) => void;
}

export function leaseWrites(database: Database): LeaseWrites {
  const take = database.prepare<[LeaseParameters]>(`
    INSERT INTO leases (name, holder, expires_at) VALUES (@name, @holder, @expiresAt)
    ON CONFLICT DO UPDATE SET holder = @holder, expires_at = @expiresAt
    WHERE leases.holder = @holder OR leases.expires_at <= @now`);
  const release = database.prepare<[string, string]>('DELETE FROM leases WHERE name = ? AND holder = ?');
  return {
    takeLease: (name, holder, now, expiresAt) => take.run({ name, holder, now, expiresAt }).changes === 1,
    releaseLease: (name, holder) => void release.run(name, holder),
  };
}

import type { Instant } from '@vestibule/core';
import type { Database } from 'better-sqlite3';

export interface ReplayWrites {
  readonly noteReplay: (realm: string, key: string, expiresAt: Instant) => 'first' | 'repeated';
}

export function replayWrites(database: Database): ReplayWrites {
  const note = database.prepare<[string, string, number]>(
    'INSERT INTO replays (realm, key, expires_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  return {
    noteReplay: (realm, key, expiresAt) =>
      note.run(realm, key, expiresAt).changes === 1 ? 'first' : 'repeated',
  };
}

// One row for each entry, one commit for each write, as a plain adapter of this package is written.
import Database from 'better-sqlite3';
import { join } from 'node:path';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS entries (
    model TEXT NOT NULL,
    id TEXT NOT NULL,
    payload TEXT NOT NULL,
    grant_id TEXT,
    uid TEXT,
    consumed_at INTEGER,
    expires_at INTEGER,
    PRIMARY KEY (model, id)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS entries_of_grant ON entries (grant_id) WHERE grant_id IS NOT NULL;
  CREATE INDEX IF NOT EXISTS sessions_by_uid ON entries (uid) WHERE uid IS NOT NULL;
`;

/** A class of adapters that share one database. */
export function createAdapter({ folder, synchronous }) {
  const database = new Database(join(folder, 'oidc.db'));
  database.pragma('journal_mode = WAL');
  database.pragma(`synchronous = ${synchronous}`);
  database.exec(SCHEMA);
  const write = database.prepare(`
    INSERT INTO entries (model, id, payload, grant_id, uid, expires_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (model, id) DO UPDATE SET payload = excluded.payload, grant_id = excluded.grant_id,
      uid = excluded.uid, expires_at = excluded.expires_at`);
  const readById = database.prepare(
    'SELECT payload, consumed_at, expires_at FROM entries WHERE model = ? AND id = ?',
  );
  const readByUid = database.prepare('SELECT payload, consumed_at, expires_at FROM entries WHERE uid = ?');
  const markConsumed = database.prepare('UPDATE entries SET consumed_at = ? WHERE model = ? AND id = ?');
  const remove = database.prepare('DELETE FROM entries WHERE model = ? AND id = ?');
  const removeOfGrant = database.prepare('DELETE FROM entries WHERE grant_id = ?');

  return class SqliteAdapter {
    constructor(model) {
      this.model = model;
    }

    async upsert(id, payload, lifetime) {
      const grantId = this.model === 'Grant' ? null : (payload.grantId ?? null);
      const uid = this.model === 'Session' ? payload.uid : null;
      const expiresAt = lifetime === undefined ? null : seconds() + lifetime;
      write.run(this.model, id, JSON.stringify(payload), grantId, uid, expiresAt);
    }

    async find(id) {
      return payloadOf(readById.get(this.model, id));
    }

    async findByUid(uid) {
      return payloadOf(readByUid.get(uid));
    }

    async findByUserCode() {
      return undefined;
    }

    async consume(id) {
      markConsumed.run(seconds(), this.model, id);
    }

    async destroy(id) {
      remove.run(this.model, id);
    }

    async revokeByGrantId(grantId) {
      removeOfGrant.run(grantId);
    }
  };
}

const seconds = () => Math.floor(Date.now() / 1_000);

function payloadOf(row) {
  if (row === undefined || (row.expires_at !== null && row.expires_at <= seconds())) return undefined;
  const payload = JSON.parse(row.payload);
  return row.consumed_at === null ? payload : { ...payload, consumed: row.consumed_at };
}

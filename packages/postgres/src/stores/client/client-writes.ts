import {
  type Client,
  type ClientInsertion,
  type ClientRow,
  type DynamicClient,
  type ExpiredClient,
  fromClientRow,
  type Instant,
  toExpiredClientRow,
} from '@vestibule/core';
import type { Queryable } from '../../database/statement.ts';
import {
  EXPIRE,
  FORGET_EXPIRED,
  INSERT,
  INSERT_UNLESS_SAME,
  MAKE_WAY,
  REMOVE,
  REPLACE,
  RESTORE,
  TOUCH,
  toValues,
} from './client-statements.ts';

interface Found {
  readonly version: number;
}

interface Removed {
  readonly version: number | null;
  readonly forgotten: boolean;
}

/** Adds a client. With a time, only unless the same one was added after it. */
export const insertClient = (
  database: Queryable,
  client: Client,
  duplicateSince: Instant | undefined,
): Promise<ClientInsertion> =>
  duplicateSince === undefined || client.kind !== 'dynamic' || client.registration.fingerprint === undefined
    ? insertAny(database, client)
    : insertUnlessSame(database, client, duplicateSince);

async function insertAny(database: Queryable, client: Client): Promise<ClientInsertion> {
  const values = toValues({ ...client, version: 1 });
  const { rowCount } = await database.query({ name: 'clients.insert', text: INSERT, values });
  return { outcome: rowCount === 1 ? 'inserted' : 'exists' };
}

/**
 * Adds a client unless the same one was added after `since`. The common case is one statement. If it returns no row, the
 * client that guards the fingerprint does not count, or was not visible yet: it gives up the fingerprint, or is seen in the
 * next round. Each statement is its own transaction, and another round happens only after a concurrent change.
 */
async function insertUnlessSame(
  database: Queryable,
  client: DynamicClient,
  since: Instant,
): Promise<ClientInsertion> {
  const insertion = {
    name: 'clients.insert-unless-same',
    text: INSERT_UNLESS_SAME,
    values: [...toValues({ ...client, version: 1 }), since],
  };
  const makeWay = {
    name: 'clients.make-way',
    text: MAKE_WAY,
    values: [client.realm, client.registration.fingerprint ?? null, since],
  };
  for (;;) {
    const { rows } = await database.query<ClientRow & Pick<ClientInsertion, 'outcome'>>(insertion);
    if (rows[0] !== undefined) {
      const { outcome, ...row } = rows[0];
      return outcome === 'coalesced' ? { outcome, client: fromClientRow(row) } : { outcome };
    }
    await database.query(makeWay);
  }
}

export async function replaceClient(
  database: Queryable,
  next: Client,
  expectedVersion: number,
): Promise<'replaced' | 'stale' | 'missing'> {
  const values = [...toValues({ ...next, version: expectedVersion + 1 }), expectedVersion];
  const { rows } = await database.query<Found>({ name: 'clients.replace', text: REPLACE, values });
  if (rows[0] === undefined) return 'missing';
  return rows[0].version === expectedVersion ? 'replaced' : 'stale';
}

/**
 * Removes a client, or what is kept of an expired one. A statement that waited while the client expired or was restored
 * finds it in neither table, because it reads both as of its beginning. A second statement finds it.
 */
export async function removeClient(
  database: Queryable,
  realm: string,
  id: string,
  expectedVersion?: number,
): Promise<'removed' | 'stale' | 'missing'> {
  const outcome = await removeOnce(database, realm, id, expectedVersion);
  if (outcome !== 'missing' || expectedVersion !== undefined) return outcome;
  return removeOnce(database, realm, id);
}

async function removeOnce(
  database: Queryable,
  realm: string,
  id: string,
  expectedVersion?: number,
): Promise<'removed' | 'stale' | 'missing'> {
  const values = [realm, id, expectedVersion ?? null];
  const { rows } = await database.query<Removed>({ name: 'clients.remove', text: REMOVE, values });
  const { version = null, forgotten = false } = rows[0] ?? {};
  if (version === null) return forgotten ? 'removed' : 'missing';
  return version === (expectedVersion ?? version) ? 'removed' : 'stale';
}

export async function touchClient(
  database: Queryable,
  realm: string,
  id: string,
  at: Instant,
): Promise<'touched' | 'missing'> {
  const { rowCount } = await database.query({ name: 'clients.touch', text: TOUCH, values: [realm, id, at] });
  return rowCount === 1 ? 'touched' : 'missing';
}

export async function expireClient(
  database: Queryable,
  expired: ExpiredClient,
  expectedVersion: number,
): Promise<'expired' | 'stale' | 'missing'> {
  const { realm, id, client, expired_at: expiredAt } = toExpiredClientRow(expired);
  const values = [realm, id, client, expiredAt, expectedVersion];
  const { rows } = await database.query<Found>({ name: 'clients.expire', text: EXPIRE, values });
  if (rows[0] === undefined) return 'missing';
  return rows[0].version === expectedVersion ? 'expired' : 'stale';
}

export async function restoreClient(
  database: Queryable,
  client: DynamicClient,
): Promise<'restored' | 'missing'> {
  const values = toValues({ ...client, version: 1 });
  const { rowCount } = await database.query({ name: 'clients.restore', text: RESTORE, values });
  return rowCount === 1 ? 'restored' : 'missing';
}

export async function forgetExpiredClients(
  database: Queryable,
  realm: string,
  until: Instant,
  keep: number,
  limit: number,
): Promise<number> {
  const values = [realm, until, keep, limit];
  return (await database.query({ name: 'clients.forget-expired', text: FORGET_EXPIRED, values })).rowCount;
}

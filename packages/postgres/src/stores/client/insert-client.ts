import type { Client, ClientInsertion, DynamicClient, Instant } from '@vestibule/core';
import type { Queryable } from '../../database/statement.ts';
import { COLUMNS, NEXT, PARAMETERS, parameterOf, toValues } from './client-columns.ts';
import { type ClientRow, toClient } from './client-row.ts';
import { selectSame } from './duplicate.ts';

const INSERT = `INSERT INTO clients (${COLUMNS}) VALUES (${PARAMETERS}) ON CONFLICT DO NOTHING`;

const SAME = selectSame({
  realm: parameterOf('realm'),
  fingerprint: parameterOf('fingerprint'),
  since: `$${NEXT}`,
});

/**
 * The statement does not see concurrent commits, but an added client guards the fingerprint, of which a unique index allows
 * one. A second statement waits for the first, and then adds and returns no row.
 */
const INSERT_UNLESS_SAME = `
  WITH taken AS MATERIALIZED (
    SELECT ${COLUMNS} FROM clients WHERE realm = ${parameterOf('realm')} AND id = ${parameterOf('id')}
  ), same AS MATERIALIZED (${SAME}), inserted AS (
    INSERT INTO clients (${COLUMNS}, guards_fingerprint)
    SELECT ${PARAMETERS}, true WHERE NOT EXISTS (SELECT 1 FROM same)
    ON CONFLICT DO NOTHING RETURNING ${COLUMNS}
  )
  SELECT 'inserted' AS outcome, ${COLUMNS} FROM inserted
  UNION ALL SELECT 'exists', ${COLUMNS} FROM taken
  UNION ALL SELECT 'coalesced', ${COLUMNS} FROM same WHERE NOT EXISTS (SELECT 1 FROM taken)`;

/** A client that no longer counts gives up the fingerprint. */
const MAKE_WAY = `
  UPDATE clients SET guards_fingerprint = NULL
  WHERE realm = $1 AND fingerprint = $2 AND guards_fingerprint AND (issued_at <= $3 OR blocked_at IS NOT NULL)`;

export async function insertClient(database: Queryable, client: Client): Promise<ClientInsertion> {
  const values = toValues({ ...client, version: 1 });
  const { rowCount } = await database.query({ name: 'clients.insert', text: INSERT, values });
  return { outcome: rowCount === 1 ? 'inserted' : 'exists' };
}

/**
 * Adds a client unless the same one was added after `since`. The common case is one statement. If it returns no row, the
 * client that guards the fingerprint does not count, or was not visible yet: it gives up the fingerprint, or is seen in the
 * next round. Each statement is its own transaction, and another round happens only after a concurrent change.
 */
export async function insertUnlessSame(
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
      return outcome === 'coalesced' ? { outcome, client: toClient(row) } : { outcome };
    }
    await database.query(makeWay);
  }
}

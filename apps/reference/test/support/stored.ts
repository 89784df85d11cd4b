import { readStored, violationsOf } from '@vestibule/conformance';
import type { AuditEvent } from '@vestibule/core/audit';
import { createPostgresStores, openDatabase } from '@vestibule/postgres';
import { decodeJwt } from 'jose';
import { expect, onTestFinished } from 'vitest';
import type { Tally } from './tally.ts';

/**
 * Checks a PostgreSQL: everything with a response is stored, and nothing twice.
 *
 * @returns its audit events
 */
export async function expectStored(databaseUrl: string, tally: Tally): Promise<readonly AuditEvent[]> {
  const database = await openDatabase({ url: databaseUrl });
  onTestFinished(() => database.close());
  const stores = createPostgresStores(database);

  const events: AuditEvent[] = [];
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const page = await stores.audit.list('test', { limit: 500, ...(after !== undefined && { after }) });
    events.push(...page.items);
    after = page.next;
  }
  const accepted = new Set(
    events.flatMap((event) => (event.type === 'registration.accepted' ? [event.clientId] : [])),
  );
  const issued = events.flatMap((event) => (event.type === 'token.issued' ? [event] : []));
  const tokenIds = new Set(issued.map(({ tokenId }) => tokenId));
  expect(tally.clients.filter((id) => !accepted.has(id))).toEqual([]);
  expect(tally.accessTokens.filter((jwt) => !tokenIds.has(decodeJwt(jwt).jti ?? ''))).toEqual([]);
  for (const id of tally.clients) expect(await stores.clients.find('test', id)).toBeDefined();

  // The invariants of the simulation hold for what the clients saw, too.
  const subjects = [...new Set(issued.map(({ subject }) => subject))];
  const realm = await stores.realms.find('test');
  expect(
    violationsOf({
      now: Date.now(),
      history: tally.history,
      stored: await readStored(stores, ['test'], subjects),
      errors: [],
      left: [],
      realmStates: realm === undefined ? [] : [{ since: 0, realm }],
    }),
  ).toEqual([]);

  // Each grant was opened by one code, and each family is of one grant, which has one current token.
  const codes = issued.filter(({ grantType }) => grantType === 'authorization_code');
  expect(new Set(codes.map(({ grantId }) => grantId)).size).toBe(codes.length);
  const forked = await database.query({
    text: `SELECT family_hash FROM grants WHERE family_hash IS NOT NULL GROUP BY realm, family_hash HAVING count(*) > 1`,
  });
  expect(forked.rows).toEqual([]);
  // One key signs on all nodes.
  expect(await stores.keys.list('test')).toHaveLength(1);
  return events;
}

import type { GrantStore } from '@vestibule/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPostgresStores, type Database, openDatabase } from '../src/index.ts';
import { grant, NOW, rotation } from './support/family.ts';
import { createSchema, type Schema } from './support/schema.ts';

let schema: Schema;
let database: Database;
let grants: GrantStore;

beforeEach(async () => {
  schema = await createSchema();
  database = await openDatabase({ url: schema.url });
  ({ grants } = createPostgresStores(database));
  await grants.insert(grant('g'));
});
afterEach(async () => {
  await database.close();
  await schema.drop();
});

/** The grant is locked by a connection of the test until the call waits for it. */
async function held(change: string, waiting: () => Promise<unknown>): Promise<unknown> {
  await schema.sql(`BEGIN; ${change}`);
  const answer = waiting();
  await schema.untilWaiting('');
  await schema.sql('COMMIT');
  return answer;
}

test('a grant that was ended while its code was on its way is not opened', async () => {
  const token = { hash: 'r', expiresAt: NOW + 1_000 };
  const opening = { realm: 'main', id: 'g', at: NOW, expiresAt: NOW + 1_000, token };
  const answer = await held(`UPDATE grants SET ended_at = ${NOW}`, () => grants.open(opening));
  expect(answer).toBe('already-open');
  expect(await schema.sql('SELECT hash FROM refresh_tokens')).toEqual([]);
});

test('a grant that is just being opened is ended', async () => {
  const opened = `
    UPDATE grants SET opened_at = ${NOW};
    INSERT INTO refresh_tokens (realm, hash, grant_id, expires_at) VALUES ('main', 'r', 'g', ${NOW + 1_000})`;
  expect(await held(opened, () => grants.endAll('main', 'app', NOW))).toBe(1);
  expect(await grants.findByRefreshToken('main', 'r')).toBeUndefined();
  expect(await grants.rotate(rotation('r', 'r2'))).toEqual({ outcome: 'invalid' });
});

test('a grant that was ended meanwhile is not counted', async () => {
  expect(await held(`UPDATE grants SET ended_at = 7`, () => grants.endAll('main', 'app', NOW))).toBe(0);
  expect(await schema.sql('SELECT ended_at FROM grants')).toEqual([{ ended_at: '7' }]);
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from '../src/index.ts';
import { DUE, SAME } from '../src/stores/client/client-statements.ts';
import {
  END_OF,
  LIST_ENDED,
  SELECT_OF_FAMILY,
  SELECT_OF_TOKEN,
} from '../src/stores/grant/grant-statements.ts';
import { createSchema, type Schema } from './support/schema.ts';

let schema: Schema;
let database: Database;

beforeEach(async () => {
  schema = await createSchema();
  database = await openDatabase({ url: schema.url });
});
afterEach(async () => {
  await database.close();
  await schema.drop();
});

/** Every person has a grant of one client, and one person has a grant of every client. */
const FILL = `
  INSERT INTO grants (realm, id, client_id, subject, resource, scopes, created_at, expires_at, authentication)
  SELECT 'main', 'person ' || n, 'app', 'person ' || n, 'https://a.example', '[]', 0, 99, '{}'
  FROM generate_series(1, 2000) AS n
  UNION ALL
  SELECT 'main', 'client ' || n, 'client ' || n, 'person 1', 'https://a.example', '[]', 0, 99, '{}'
  FROM generate_series(1, 2000) AS n`;

const planOf = async (statement: string): Promise<string> => {
  const rows = await schema.sql(`EXPLAIN ${statement}`);
  return rows.map((row) => String(row['QUERY PLAN'])).join('\n');
};

test('ending an app’s access reads the grants of that person to that app alone', async () => {
  await schema.sql(FILL);
  await schema.sql('ANALYZE grants');
  await schema.sql(`PREPARE end_of (text, text, text, bigint) AS ${END_OF}`);
  await schema.sql('SET plan_cache_mode = force_generic_plan');
  const plan = await planOf(`EXECUTE end_of ('main', 'person 1', 'app', 5)`);
  expect(plan).toMatch(/Index Scan using grants_by_client on grants/);
  expect(plan).toMatch(/Index Cond: \(.*realm.* AND .*client_id.* AND .*subject.*\)/);
});

/** Without statistics, as in the first hours of a database. */
test.each([
  ['those of one fingerprint', SAME, `'r', 'f', 5`, 'clients_by_fingerprint', 'fingerprint'],
  ['those that were never used', DUE.unused, `'r', 5, 9`, 'clients_unused', 'issued_at'],
  ['those that have not been used for long', DUE.dormant, `'r', 5, 9`, 'clients_awake', 'last_used_at'],
  ['those that have slept for long', DUE.asleep, `'r', 5, 9`, 'clients_asleep', 'hibernated_at'],
  ['the grant of a family', SELECT_OF_FAMILY, `'r', 'f'`, 'grants_by_family', 'family_hash'],
  [
    'the grant of a token without a family secret',
    SELECT_OF_TOKEN,
    `'r', 'h'`,
    'refresh_tokens_pkey',
    'hash',
  ],
  ['grants that ended', LIST_ENDED, `'r', 5, 9`, 'grants_by_end', 'ended_at'],
])('finds %s by an index', async (_, statement, values, index, column) => {
  await schema.sql(`PREPARE found AS ${statement}`);
  await schema.sql(
    'SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_bitmapscan = off',
  );
  const plan = await planOf(`EXECUTE found (${values})`);
  expect(plan).toMatch(new RegExp(`Index (?:Only )?Scan (?:Backward )?using ${index} on`));
  expect(plan).toMatch(new RegExp(`Index Cond: .*${column}`));
});

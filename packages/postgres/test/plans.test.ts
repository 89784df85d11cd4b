import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from '../src/index.ts';
import { insertClients, PLANNING, reserveQuotas } from '../src/schema/020-commits-together.ts';
import { DUE, SAME } from '../src/stores/client/client-statements.ts';
import {
  END,
  END_ALL,
  END_OF,
  LIST_ENDED,
  LIST_OF,
  LIST_OF_CLIENT,
  OPEN,
  SELECT,
  SELECT_OF_FAMILY,
  SELECT_OF_TOKEN,
  SELECT_UNOPENED,
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

/** Without statistics, as in the first minutes of a database: several indexes seem equal then. */
test.each([
  ['a grant', SELECT, `'main', 'person 7'`, 'grants_pkey', 'id'],
  ['a grant that is not open', SELECT_UNOPENED, `'main', 'person 7'`, 'grants_pkey', 'id'],
  ['the grant that is opened', OPEN, `'main', 'person 7', 1, 9, 'p', 'f', 'h', 9`, 'grants_pkey', 'id'],
  ['the grant that ends', END, `'main', 'person 7', 1`, 'grants_pkey', 'id'],
  ['the grant of a family', SELECT_OF_FAMILY, `'main', 'f'`, 'grants_by_family', 'family_hash'],
  ['the grants of a person', LIST_OF, `'main', 'person 1', 1`, 'grants_by_subject', 'subject'],
  ['those to a client', LIST_OF_CLIENT, `'main', 'person 1', 1, 'app'`, 'grants_by_client', 'client_id'],
  ['those that end with access', END_OF, `'main', 'person 1', 'app', 1`, 'grants_by_client', 'client_id'],
  ['those that end with a client', END_ALL, `'main', 'client 7', 1`, 'grants_by_client', 'client_id'],
])(
  'finds %s by their own index in a table that was just filled',
  async (_, statement, values, index, column) => {
    await schema.sql(`PREPARE found AS ${statement}`);
    await schema.sql('SET plan_cache_mode = force_generic_plan');
    const empty = await planOf(`EXECUTE found (${values})`);
    await schema.sql(FILL);
    for (const plan of [empty, await planOf(`EXECUTE found (${values})`)]) {
      expect(plan).toMatch(new RegExp(`Scan (?:using|on) ${index}`));
      expect(plan).toMatch(new RegExp(`Index Cond: .*${column} =`));
      expect(plan).not.toMatch(/Seq Scan on grants/);
    }
  },
);

/** Without statistics too. */
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

const FILL_LIMITS_AND_CLIENTS = `
  INSERT INTO rate_limits (key, points, expire) SELECT 'limit ' || n, 1, 99 FROM generate_series(1, 2000) AS n;
  INSERT INTO clients (realm, id, client, issued_at, fingerprint)
  SELECT 'main', 'client ' || n, '{}', n, 'print ' || n FROM generate_series(1, 2000) AS n`;

test.each([
  ['uses its limits', reserveQuotas('$1'), 'rate_limits_pkey', /Index Cond: \(key = /],
  [
    'looks for duplicates of its clients',
    insertClients('$1'),
    'clients_by_fingerprint',
    /Index Cond: \(\(realm = .*fingerprint = /,
  ],
])(
  'a statement of several commits %s by an index in an empty table and in one that was just filled',
  async (_, statement, index, condition) => {
    await schema.sql(`PREPARE found (jsonb) AS ${statement}; ${PLANNING.join('; ')}`);
    const empty = await planOf(`EXECUTE found ('[]')`);
    await schema.sql(FILL_LIMITS_AND_CLIENTS);
    for (const plan of [empty, await planOf(`EXECUTE found ('[]')`)]) {
      expect(plan).toMatch(new RegExp(`Index (?:Only )?Scan using ${index}`));
      expect(plan).toMatch(condition);
      expect(plan).not.toMatch(/Materialize|Seq Scan|Bitmap/);
    }
  },
);

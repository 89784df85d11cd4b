import { rowsOf } from '@vestibule/testing/earlier-rows';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabaseWith } from '../src/database/open.ts';
import { createPostgresStores, openDatabase } from '../src/index.ts';
import { MIGRATIONS } from '../src/schema/migrations.ts';
import { expectWorking } from './support/expect-working.ts';
import { createSchema, type Schema } from './support/schema.ts';

let schema: Schema;
beforeEach(async () => {
  schema = await createSchema();
});
afterEach(() => schema.drop());

const EARLIER = MIGRATIONS.slice(1).map((_, index) => index + 1);

test.each(EARLIER)(
  'clients keep their kind, and tokens, codes and grants go on working, after schema %i is migrated',
  async (version) => {
    const before = await openDatabaseWith(MIGRATIONS.slice(0, version), { url: schema.url });
    await before.close();
    for (const row of rowsOf(version)) await schema.sql(row);
    const database = await openDatabase({ url: schema.url });
    try {
      await expect(expectWorking(createPostgresStores(database), version)).resolves.toBeUndefined();
    } finally {
      await database.close();
    }
  },
);

/** As a node of schema 11 writes, which does not know the column. */
const OLD_NODE = `INSERT INTO clients (realm, id, name, redirect_uris, grant_types, application_type, issued_at, preregistration)
  VALUES ('main', 'app', 'App', '[]', '[]', 'web', 7, `;

test('a node that does not know the kind of clients can register a dynamic client, and no pre-registered one', async () => {
  const database = await openDatabase({ url: schema.url });
  try {
    await expect(schema.sql(`${OLD_NODE}'{}')`)).rejects.toThrow(/violates check constraint/);
    await schema.sql(`${OLD_NODE}NULL)`);
    const { clients } = createPostgresStores(database);
    expect(await clients.find('main', 'app')).toMatchObject({ kind: 'dynamic', registration: {} });
  } finally {
    await database.close();
  }
});

test.each([
  ['a pre-registered client without terms', `kind = 'pre-registered'`],
  ['a dynamic client with terms', `preregistration = '{}'`],
  ['a client of a document without the document', `kind = 'metadata-document'`],
  ['a client of an unknown kind', `kind = 'other'`],
])('the table refuses %s', async (_, change) => {
  await (await openDatabase({ url: schema.url })).close();
  await schema.sql(`${OLD_NODE}NULL)`);
  await expect(schema.sql(`UPDATE clients SET ${change}`)).rejects.toThrow(/violates check constraint/);
});

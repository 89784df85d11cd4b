import { DEFAULT_REALM_SETTINGS } from '@vestibule/core/realm';
import { openDatabase as openPostgres } from '@vestibule/postgres';
import { openDatabase as openSqlite } from '@vestibule/sqlite';
import { startPostgres } from '@vestibule/testing/postgres';
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';

const PAGE = readFileSync(new URL('../../docs/storage-schema.md', import.meta.url), 'utf8');

/** What SQLite does not need, because it has one writer and a version in the file's header. */
const POSTGRES_ALONE = /^schema_version\.|^clients\.guards_fingerprint$/;

/** `table.column` of everything that the page describes. */
const described = PAGE.split(/^## /m)
  .slice(1)
  .flatMap((section) => {
    const [table = ''] = section.split('\n', 1);
    return [...section.matchAll(/^\| `(\w+)` +\| \S/gm)].map(([, column]) => `${table}.${column}`);
  })
  .toSorted();

const sections = PAGE.split(/^## /m).slice(1);

test.each(sections.map((section) => [section.split('\n', 1)[0] ?? '', section]))(
  'the page says what bounds the table %s',
  (_, section) => {
    expect(section).toMatch(/^Bounded by: \S/m);
  },
);

test.each(
  sections.flatMap((section) => {
    const [bound = ''] = /^Bounded by: [^|]*/m.exec(section) ?? [];
    return [...bound.matchAll(/`limits\.(\w+)`/g)].map(([, name = '']) => name);
  }),
)('what the page names as a bound is a setting: limits.%s', (name) => {
  expect(DEFAULT_REALM_SETTINGS.limits).toHaveProperty(name);
});

test('the page describes every table and column of a PostgreSQL database, and nothing else', async () => {
  const postgres = await startPostgres();
  onTestFinished(() => postgres.stop());
  const database = await openPostgres({ url: await postgres.createDatabase() });
  onTestFinished(() => database.close());
  const { rows } = await database.query<{ readonly name: string }>({
    text: `SELECT table_name || '.' || column_name AS name FROM information_schema.columns WHERE table_schema = 'public'`,
  });
  expect(rows.map(({ name }) => name).toSorted()).toEqual(described);
});

test('the page describes every table and column of a SQLite database', async () => {
  const database = openSqlite({ path: ':memory:' });
  onTestFinished(() => database.close());
  const rows = database
    .prepare<[], { readonly name: string }>(
      `SELECT tables.name || '.' || columns.name AS name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'`,
    )
    .all();
  expect(rows.map(({ name }) => name).toSorted()).toEqual(
    described.filter((name) => !POSTGRES_ALONE.test(name)),
  );
});

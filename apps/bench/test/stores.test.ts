import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { countStatements } from '../src/stores/postgres-statements.ts';
import { measureInserts } from '../src/stores/sqlite-inserts.ts';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('each way of inserting is measured, and named as in the README', async () => {
  const rates = await measureInserts({ inserts: 128 });
  for (const [name, { 'inserts/s': rate }] of Object.entries(rates)) {
    expect(rate).toBeGreaterThan(0);
    expect(README).toContain(`| ${name} `);
  }
});

test('each operation asks PostgreSQL as often as the README says', async () => {
  const described = new Map(
    [...README.matchAll(/^\| `([\w.]+)`(.*?) +\| +(\d+) \| +(\d+) \|$/gm)].map(
      ([, operation = '', how = '', statements, trips]) => [
        `${operation}${how}`,
        { statements: Number(statements), 'round trips': Number(trips) },
      ],
    ),
  );
  expect(described.size).toBeGreaterThan(0);
  const plain = { statements: 1, 'round trips': 1 };
  for (const [operation, asked] of Object.entries(await countStatements())) {
    expect([operation, asked]).toEqual([operation, described.get(operation) ?? plain]);
  }
});

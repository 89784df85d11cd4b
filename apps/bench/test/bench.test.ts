import { expect, test } from 'vitest';
import { countStatements } from '../src/postgres-statements.ts';
import { measureInserts } from '../src/sqlite-inserts.ts';

test('each way of inserting inserts something', async () => {
  const rates = await measureInserts({ seconds: 0.2 });
  expect(Object.keys(rates)).toHaveLength(4);
  for (const { 'inserts/s': rate } of Object.values(rates)) expect(rate).toBeGreaterThan(0);
});

test('what happens at every request asks PostgreSQL once', async () => {
  const counts = await countStatements();
  const more = Object.entries(counts).filter(([, { 'round trips': trips }]) => trips > 1);
  expect(more.map(([name]) => name)).toEqual(['grants.rotate, retry', 'grants.rotate, replay']);
});

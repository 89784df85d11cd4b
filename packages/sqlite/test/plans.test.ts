import { expect, test } from 'vitest';
import { COUNT_AWAKE, DUE, NEWEST_SAME } from '../src/client/statements.ts';
import { open } from './fixtures/folder.ts';

test.each([
  ['the newest of one fingerprint', NEWEST_SAME, 'clients_by_fingerprint'],
  ['how many are awake', COUNT_AWAKE, 'clients_awake'],
  ['those that were never used', DUE.unused, 'clients_unused'],
  ['those that have not been used for long', DUE.dormant, 'clients_awake'],
  ['those that have slept for long', DUE.asleep, 'clients_asleep'],
])('of many clients, %s are found by an index and in its order', (_, sql, index) => {
  const database = open({ path: ':memory:' });
  const plan = database
    .prepare<[], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql.replaceAll('?', '1')}`)
    .all()
    .map(({ detail }) => detail);
  expect(plan.filter((step) => /^SEARCH clients USING (COVERING )?INDEX/.test(step))).toEqual([
    expect.stringContaining(index),
  ]);
  expect(plan.join('\n')).not.toContain('TEMP B-TREE');
});

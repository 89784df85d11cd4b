import { temporaryFolder } from '@vestibule/testing/folder';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { COUNT_AWAKE, DUE, SAME } from '../src/stores/client/client-statements.ts';
import {
  END_ALL,
  END_OF,
  LIST_ENDED,
  LIST_OF,
  LIST_OF_CLIENT,
  ROTATE,
  SELECT_FAMILY,
  SELECT_LIVING,
  SELECT_OF_FAMILY,
  SELECT_TOKEN,
} from '../src/stores/grant/grant-statements.ts';
import { LIST_REVOKED } from '../src/stores/revoked-token-store.ts';
import { DELETE_OLD_EVENTS } from '../src/stores/sweep-writes.ts';
import { open } from './support/open.ts';

/** A connection to a new database, which can also explain statements that write. */
function migrated(): Database.Database {
  const path = join(temporaryFolder(), 'vestibule.db');
  open({ path });
  const database = new Database(path);
  onTestFinished(() => void database.close());
  return database;
}

test.each([
  ['those of one fingerprint', SAME, 'clients_by_fingerprint'],
  ['how many are active', COUNT_AWAKE, 'active_clients'],
  ['those that were never used', DUE.unused, 'clients_unused'],
  ['those that have not been used for long', DUE.dormant, 'clients_awake'],
  ['those that have slept for long', DUE.asleep, 'clients_asleep'],
  ['the grants of a person', LIST_OF, 'grants_by_subject'],
  [
    'the grants of a person to a client',
    LIST_OF_CLIENT,
    'grants_by_client (realm=? AND client_id=? AND subject=?)',
  ],
  ['a refresh token without a family secret', SELECT_TOKEN, 'PRIMARY KEY (realm=? AND hash=?)'],
  ['the grant of a family', SELECT_OF_FAMILY, 'grants_by_family (realm=? AND family_hash=?)'],
  ['the tokens of a family', SELECT_FAMILY, 'grants_by_family (realm=? AND family_hash=?)'],
  ['the token that is replaced', ROTATE, 'grants_by_family (realm=? AND family_hash=?)'],
  ['a grant', SELECT_LIVING, 'autoindex_grants_1 (realm=? AND id=?)'],
  ['grants that ended', LIST_ENDED, 'grants_by_end'],
  [
    'the grants of a person that end with an app’s access',
    END_OF,
    'grants_by_client (realm=? AND client_id=? AND subject=?)',
  ],
  ['the grants that end with a client', END_ALL, 'grants_by_client (realm=? AND client_id=?)'],
  ['tokens that were revoked', LIST_REVOKED, 'revoked_tokens_of_realm'],
])('finds %s by an index and in its order', (_, sql, index) => {
  const database = migrated();
  const plan = database
    .prepare<[], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql.replaceAll('?', '1')}`)
    .all()
    .map(({ detail }) => detail);
  expect(plan.filter((step) => /^SEARCH \w+ USING (COVERING INDEX|INDEX|PRIMARY KEY)/.test(step))).toEqual([
    expect.stringContaining(index),
  ]);
  expect(plan.join('\n')).not.toContain('TEMP B-TREE');
});

test('old events are found realm by realm, without reading the others', () => {
  const plan = migrated()
    .prepare<[], { readonly detail: string }>(
      `EXPLAIN QUERY PLAN ${DELETE_OLD_EVENTS.replaceAll(/@\w+/g, '1')}`,
    )
    .all()
    .map(({ detail }) => detail);
  expect(plan.filter((step) => step.startsWith('SCAN'))).toEqual(['SCAN known', 'SCAN known']);
  expect(plan).toContain('SEARCH event USING PRIMARY KEY (realm=? AND at<?)');
});

test.each([
  SAME,
  LIST_OF,
  LIST_OF_CLIENT,
  SELECT_TOKEN,
  SELECT_OF_FAMILY,
  SELECT_FAMILY,
  SELECT_LIVING,
  ROTATE,
  COUNT_AWAKE,
])('a statement of requests is not prepared again for each call: %s', (sql) => {
  expect(sql).not.toMatch(/\b(?:JOIN|ORDER BY)\b/);
});

test('a refresh changes one row and no index', () => {
  const database = migrated();
  const steps = database
    .prepare<[], { readonly opcode: string }>(`EXPLAIN ${ROTATE.replaceAll('?', '1')}`)
    .all()
    .map(({ opcode }) => opcode);
  expect(steps.filter((step) => /^(?:Idx)?(?:Insert|Delete)$/.test(step))).toEqual(['Insert']);
});

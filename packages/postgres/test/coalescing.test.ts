import type { Stores } from '@vestibule/server';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createPostgresStores, type Database, openDatabase, type StatementEvent } from '../src/index.ts';
import { client } from './support/client.ts';
import { NOW } from './support/family.ts';
import { createSchema, type Schema } from './support/schema.ts';

const SINCE = NOW - 600_000;

let schema: Schema;
let database: Database;
let stores: Stores;
let told: StatementEvent[];

beforeEach(async () => {
  schema = await createSchema();
  told = [];
  database = await openDatabase({ url: schema.url, onStatement: (event) => void told.push(event) });
  stores = createPostgresStores(database);
});
afterEach(async () => {
  await database.close();
  await schema.drop();
});

const statementsOf = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
  told = [];
  await work();
  return told.map(({ name }) => name);
};

const ids = async (): Promise<readonly unknown[]> =>
  (await schema.sql('SELECT id::text FROM clients ORDER BY id')).map(({ id }) => id);

const guards = () =>
  schema.sql(
    'SELECT id::text, fingerprint::text FROM clients WHERE guards_fingerprint ORDER BY fingerprint, id',
  );

describe('what it takes', () => {
  test.each<[string, () => Promise<unknown>, readonly string[]]>([
    ['the first of its fingerprint is one statement', async () => {}, ['clients.insert-unless-same']],
    [
      'one that is coalesced is one statement',
      () => stores.clients.insert(client('a'), SINCE),
      ['clients.insert-unless-same'],
    ],
    [
      'one after another that does not count any more is three',
      () => stores.clients.insert(client('a', { issuedAt: SINCE }), 0),
      ['clients.insert-unless-same', 'clients.make-way', 'clients.insert-unless-same'],
    ],
    [
      'one after another that was not coalesced itself is one statement',
      () => stores.clients.insert(client('a', { issuedAt: SINCE })),
      ['clients.insert-unless-same'],
    ],
  ])('%s', async (_, prepare, statements) => {
    await prepare();
    expect(await statementsOf(() => stores.clients.insert(client('b'), SINCE))).toEqual(statements);
  });

  test('one without a fingerprint is added as any other', async () => {
    const plain = client('a', { registration: {} });
    expect(await statementsOf(() => stores.clients.insert(plain, SINCE))).toEqual(['clients.insert']);
  });
});

/** The first is added by a connection of the test, which holds it back until the second waits for it. */
describe('a call that waited for the first', () => {
  const FIRST = `
    BEGIN;
    INSERT INTO clients (realm, id, issued_at, fingerprint, guards_fingerprint, client)
    VALUES ('main', 'first', ${NOW}, 'same', true, '{"name":"First","registration":{}}')`;

  test.each([
    ['is given it', 'COMMIT', 'coalesced', ['first']],
    ['is added where it did not come to be', 'ROLLBACK', 'inserted', ['second']],
    [
      'is added where it is blocked already',
      `UPDATE clients SET blocked_at = ${NOW}; COMMIT`,
      'inserted',
      ['first', 'second'],
    ],
    ['is added where it is gone already', 'DELETE FROM clients; COMMIT', 'inserted', ['second']],
    [
      'is added where it became another already',
      `UPDATE clients SET fingerprint = 'other'; COMMIT`,
      'inserted',
      ['first', 'second'],
    ],
    [
      'is told of it where both have one id',
      `UPDATE clients SET id = 'second'; COMMIT`,
      'exists',
      ['second'],
    ],
  ])('%s', async (_, change, outcome, left) => {
    await schema.sql(FIRST);
    const answer = stores.clients.insert(client('second'), SINCE);
    await schema.untilWaiting('WITH taken');
    await schema.sql(change);
    expect(await answer).toMatchObject({ outcome });
    expect(await ids()).toEqual(left);
  });
});

describe('a client that is replaced', () => {
  test('still guards its fingerprint', async () => {
    await stores.clients.insert(client('a'), SINCE);
    await stores.clients.replace(client('a', { name: 'Another' }), 1);
    expect(await guards()).toEqual([{ id: 'a', fingerprint: 'same' }]);
  });

  test('can get the fingerprint of another, which still guards it', async () => {
    await stores.clients.insert(client('a'), SINCE);
    await stores.clients.insert(client('b', { registration: { fingerprint: 'other' } }), SINCE);
    expect(await stores.clients.replace(client('a', { registration: { fingerprint: 'other' } }), 1)).toBe(
      'replaced',
    );
    expect(await guards()).toEqual([{ id: 'b', fingerprint: 'other' }]);
  });
});

describe.each(['read committed', 'serializable'])('of 30 at once over three pools, %s', (isolation) => {
  const ROUNDS = Array.from({ length: 10 }, (_, round) => `round ${round}`);

  async function connectThree(): Promise<readonly Stores[]> {
    const strict = await createSchema(
      `default_transaction_isolation=${isolation.replace(' ', String.raw`\ `)}`,
    );
    const nodes = await Promise.all([1, 2, 3].map(() => openDatabase({ url: strict.url })));
    onTestFinished(async () => {
      await Promise.all(nodes.map((node) => node.close()));
      await strict.drop();
    });
    return nodes.map((node) => createPostgresStores(node));
  }

  const insertAll = (nodes: readonly Stores[], fingerprint: string) =>
    Array.from({ length: 10 }, (_, i) =>
      nodes.map(({ clients }, node) =>
        clients.insert(client(`${fingerprint}.${i}${node}`, { registration: { fingerprint } }), SINCE),
      ),
    ).flat();

  /** The rows before, and what happens to them meanwhile. */
  test.each<[string, (stores: Stores, round: string) => Promise<unknown>]>([
    ['the first ones of their fingerprint', async () => {}],
    [
      'after one that does not count any more',
      ({ clients }, fingerprint) =>
        clients.insert(client(`old ${fingerprint}`, { registration: { fingerprint }, issuedAt: SINCE }), 0),
    ],
  ])('one is added, and all others are given it: %s', async (_, prepare) => {
    const nodes = await connectThree();
    const [one] = nodes;
    if (one === undefined) throw new Error('There is no node.');
    for (const fingerprint of ROUNDS) {
      await prepare(one, fingerprint);
      const calls = insertAll(nodes, fingerprint);
      await one.clients.remove('main', `old ${fingerprint}`);
      const outcomes = await Promise.all(calls);
      expect(outcomes.filter(({ outcome }) => outcome === 'inserted')).toHaveLength(1);
      const given = outcomes.flatMap((answer) => (answer.outcome === 'coalesced' ? [answer.client.id] : []));
      expect(given).toHaveLength(29);
      const same = await one.clients.findDuplicate('main', fingerprint, SINCE);
      expect(new Set(given)).toEqual(new Set([same?.id]));
    }
  });
});

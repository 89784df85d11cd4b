import type { Change, Stores } from '@vestibule/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPostgresStores, type Database, openDatabase, type StatementEvent } from '../src/index.ts';
import { client } from './support/client.ts';
import { grant, NOW, openFamily, rotation } from './support/family.ts';
import { createSchema, type Schema } from './support/schema.ts';

let schema: Schema;
let databases: Database[];
let told: StatementEvent[] = [];

beforeEach(async () => {
  schema = await createSchema();
  databases = [];
});
afterEach(async () => {
  await Promise.all(databases.map((database) => database.close()));
  await schema.drop();
});

async function openNode(): Promise<Stores> {
  const database = await openDatabase({ url: schema.url, onStatement: (event) => void told.push(event) });
  databases.push(database);
  told = [];
  return createPostgresStores(database);
}

const namesTold = (): readonly string[] => told.map(({ name }) => name);

const reserve = (key: string, uses = 1_000): Change => ({
  kind: 'quota.reserve',
  key,
  limit: { uses, seconds: 60 },
  at: NOW,
});

const note = (key: string): Change => ({ kind: 'replay.note', realm: 'main', key, expiresAt: NOW });

const decideFor = (id: string): readonly Change[] => {
  const request = {
    clientId: 'app',
    redirectUri: 'https://app.example/cb',
    refreshable: true,
    resource: 'https://a.example',
    scopes: ['a'],
    codeChallenge: 'c',
  };
  const interaction = { realm: 'main', id, browserHash: 'h', request, startedAt: NOW, expiresAt: NOW };
  const decision = { kind: 'denied', at: NOW } as const;
  return [
    { kind: 'interaction.insert', interaction },
    { kind: 'interaction.decide', realm: 'main', id, decision, grant: grant('taken') },
  ];
};

test('the commits of one turn are one statement, and each has its own result', async () => {
  const { commit } = await openNode();
  const outcomes = await Promise.all([
    commit([note('a')]),
    commit([note('b'), note('a')]),
    commit([note('b')]),
    commit([note('a')]),
  ]);
  const repeated = { committed: false, unmet: { kind: 'replay.note' } };
  expect(outcomes).toEqual([
    { committed: true },
    { ...repeated, index: 1 },
    { committed: true },
    { ...repeated, index: 0 },
  ]);
  expect(namesTold()).toEqual(['commit-changes']);
});

test('a commit that throws undoes none of those beside it', async () => {
  const { commit, grants } = await openNode();
  await grants.insert(grant('taken'));
  told = [];
  const outcomes = await Promise.allSettled([
    commit([note('a')]),
    commit([note('b'), ...decideFor('i')]),
    commit([note('c')]),
  ]);
  const made = { status: 'fulfilled', value: { committed: true } };
  expect(outcomes).toMatchObject([made, { status: 'rejected', reason: { code: '23505' } }, made]);
  expect(namesTold()).toEqual(Array.from({ length: 4 }, () => 'commit-changes'));
  expect(await schema.sql('SELECT key::text FROM replays ORDER BY key')).toEqual([
    { key: 'a' },
    { key: 'c' },
  ]);
});

test('a statement that fails with others is made again after a conflict, whatever the isolation of the database is', async () => {
  const { commit } = await openNode();
  await schema.sql(`
    CREATE SEQUENCE failures;
    CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF nextval('failures') = 1 THEN RAISE EXCEPTION 'made to fail' USING ERRCODE = '40001'; END IF;
        IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION 'isolation'; END IF;
        RETURN NEW;
      END $$;
    CREATE TRIGGER fail BEFORE INSERT ON replays FOR EACH ROW EXECUTE FUNCTION fail()`);
  expect(await Promise.all([commit([note('a')]), commit([note('b')])])).toEqual([
    { committed: true },
    { committed: true },
  ]);
  expect(namesTold()).toEqual(['commit-changes', 'begin', 'commit-changes', 'commit']);
});

test('statements of two nodes never wait for each other, in whatever order they use what both need', async () => {
  const nodes = [await openNode(), await openNode()] as const;
  await nodes[0].clients.insert(client('one', { registration: {} }));
  await nodes[0].clients.insert(client('two', { registration: {} }));
  for (const id of ['g1', 'g2']) await openFamily(nodes[0], id);
  told = [];
  const use = (id: string): Change => ({ kind: 'client.use', realm: 'main', id, at: NOW });
  const rotate = (id: string, next: string): Change => ({
    kind: 'refresh-token.rotate',
    ...rotation(id, next),
  });
  const rounds = Array.from({ length: 30 }, (_, round) => round);
  for (const round of rounds) {
    const [first, second] = round % 2 === 0 ? nodes : [nodes[1], nodes[0]];
    await Promise.all([
      first.commit([reserve('a'), reserve('b')]),
      first.commit([use('one')]),
      first.commit([use('two')]),
      first.commit([rotate('g1', `x${round}`)]),
      first.commit([rotate('g2', `y${round}`)]),
      second.commit([rotate('g2', `z${round}`)]),
      second.commit([rotate('g1', `u${round}`)]),
      second.commit([use('two')]),
      second.commit([use('one')]),
      second.commit([reserve('b'), reserve('a')]),
    ]);
  }
  expect(told.filter(({ error }) => error !== undefined)).toEqual([]);
});

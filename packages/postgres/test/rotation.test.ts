import type { Stores } from '@vestibule/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Database, StatementEvent } from '../src/index.ts';
import { createPostgresStores, openDatabase } from '../src/index.ts';
import { NOW, openFamily, rotation } from './support/family.ts';
import { createSchema, type Schema } from './support/schema.ts';

let schema: Schema;
let databases: Database[];
let told: StatementEvent[];

beforeEach(async () => {
  schema = await createSchema();
  databases = [];
  told = [];
});
afterEach(async () => {
  await Promise.all(databases.map((database) => database.close()));
  await schema.drop();
});

async function connect(): Promise<Stores> {
  const database = await openDatabase({ url: schema.url, onStatement: (event) => void told.push(event) });
  databases.push(database);
  return createPostgresStores(database);
}

const statements = (): readonly string[] => told.map(({ name }) => name);

describe('what it takes', () => {
  test('a rotation is one statement', async () => {
    const stores = await connect();
    await openFamily(stores, 'g');
    told = [];
    expect(await stores.grants.rotate(rotation('g', 'r2'))).toEqual({ outcome: 'rotated' });
    expect(statements()).toEqual(['grants.rotate']);
  });

  test('engines that refuse that statement rotate in a transaction', async () => {
    const stores = await connect();
    const [database] = databases;
    if (database === undefined) throw new Error('There is no database.');
    const refusal = Object.assign(new Error('not supported'), { code: '0A000' });
    const { grants } = createPostgresStores({
      ...database,
      query: (statement) =>
        statement.name === 'grants.rotate' ? Promise.reject(refusal) : database.query(statement),
    });
    await openFamily(stores, 'g');
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, i) => grants.rotate(rotation('g', `r${i}`))),
    );
    expect(outcomes.filter(({ outcome }) => outcome === 'rotated')).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'repeated')).toHaveLength(9);
    expect(await unusedTokens('g')).toBe(1);
    const [grant] = await schema.sql('SELECT expires_at FROM grants');
    expect(grant).toEqual({ expires_at: `${NOW + 1_000_000}` });
  });
});

/** The grant is locked by a connection of the test until all calls wait for it. */
describe('a call that waited for the grant decides by what was done before', () => {
  const held = async (change: string, waiting: () => Promise<unknown>): Promise<unknown> => {
    await schema.sql('BEGIN');
    await schema.sql(change);
    const answer = waiting();
    await schema.untilWaiting('WITH family');
    await schema.sql('COMMIT');
    return answer;
  };

  test('a grant that was ended gets no new token', async () => {
    const { grants } = await setUp();
    const answer = await held(`UPDATE grants SET ended_at = ${NOW}`, () =>
      grants.rotate(rotation('g', 'r2')),
    );
    expect(answer).toEqual({ outcome: 'invalid' });
    expect(await schema.sql('SELECT hash FROM refresh_tokens')).toEqual([{ hash: 'g' }]);
  });

  test('a token that was used is repeated', async () => {
    const { grants } = await setUp();
    const answer = await held(rotateByHand('g', 'r2'), () => grants.rotate(rotation('g', 'r9')));
    expect(answer).toEqual({ outcome: 'repeated', seed: 'seed of r2' });
    expect(await unusedTokens('g')).toBe(1);
  });

  test('a token whose successor was used before the grace is a replay, and the grant has ended', async () => {
    const { grants } = await setUp();
    const both = `${rotateByHand('g', 'r2')}; ${rotateByHand('r2', 'r3')}`;
    const late = rotation('g', 'r9', NOW + 20_000);
    expect(await held(both, () => grants.rotate(late))).toEqual({ outcome: 'replayed' });
    expect(await grants.rotate(rotation('r3', 'r4'))).toEqual({ outcome: 'invalid' });
  });

  test('a grant that lost leaves its expiry to the one that won', async () => {
    const { grants } = await setUp();
    await held(rotateByHand('g', 'r2'), () => grants.rotate(rotation('g', 'r9', NOW + 10)));
    expect(await schema.sql('SELECT expires_at FROM grants')).toEqual([{ expires_at: `${NOW + 42_000}` }]);
  });

  async function setUp(): Promise<Stores> {
    const stores = await connect();
    await openFamily(stores, 'g');
    return stores;
  }

  const rotateByHand = (from: string, to: string): string => `
    UPDATE grants SET expires_at = ${NOW + 42_000};
    UPDATE refresh_tokens SET used_at = ${NOW}, successor_hash = '${to}', successor_seed = 'seed of ${to}' WHERE hash = '${from}';
    INSERT INTO refresh_tokens (realm, hash, grant_id, expires_at) VALUES ('main', '${to}', 'g', ${NOW + 1_000_000})`;
});

describe('of 30 rotations at once over three pools', () => {
  const ROUNDS = 15;
  const rounds = Array.from({ length: ROUNDS }, (_, round) => `family ${round}`);

  const connectThree = (): Promise<readonly Stores[]> => Promise.all([connect(), connect(), connect()]);

  const rotateAll = (nodes: readonly Stores[], shown: string, now = NOW) =>
    Array.from({ length: 10 }, (_, i) =>
      nodes.map(({ grants }, node) => grants.rotate(rotation(shown, `${shown}.${i}${node}`, now))),
    ).flat();

  test('one rotates, and all others get the same successor', async () => {
    const nodes = await connectThree();
    for (const family of rounds) {
      await openFamily(nodes[0] ?? (await connect()), family);
      const outcomes = await Promise.all(rotateAll(nodes, family));
      expect(outcomes.filter(({ outcome }) => outcome === 'rotated')).toHaveLength(1);
      const seeds = outcomes.flatMap((answer) => (answer.outcome === 'repeated' ? [answer.seed] : []));
      expect(seeds).toHaveLength(29);
      expect(new Set(seeds).size).toBe(1);
      expect(await unusedTokens(family)).toBe(1);
    }
  });

  test('mixed with an end, none leaves a token that can be used', async () => {
    const nodes = await connectThree();
    for (const family of rounds) {
      const [one = await connect()] = nodes;
      await openFamily(one, family);
      const rotations = rotateAll(nodes, family);
      const ended = await Promise.all(nodes.map(({ grants }) => grants.end('main', family, NOW)));
      const outcomes = await Promise.all(rotations);
      expect(ended.filter((grant) => grant !== undefined)).toHaveLength(1);
      expect(outcomes.filter(({ outcome }) => outcome === 'rotated').length).toBeLessThanOrEqual(1);
      await expectNothingUsable(one, family);
    }
  });

  test('mixed with rotations of the successor, the family never forks', async () => {
    const nodes = await connectThree();
    for (const family of rounds) {
      const [one = await connect()] = nodes;
      await openFamily(one, family);
      await one.grants.rotate(rotation(family, `${family}+`));
      const outcomes = await Promise.all([...rotateAll(nodes, family), ...rotateAll(nodes, `${family}+`)]);
      const rotated = outcomes.filter(({ outcome }) => outcome === 'rotated').length;
      const replayed = outcomes.filter(({ outcome }) => outcome === 'replayed').length;
      expect(rotated).toBeLessThanOrEqual(1);
      expect(replayed).toBeLessThanOrEqual(1);
      expect(await tokens(family)).toBe(2 + rotated);
      expect(await unusedTokens(family)).toBe(1);
      if (replayed === 1) await expectNothingUsable(one, family);
    }
  });

  test('without grace, one rotates, one ends the grant, and nothing can be used', async () => {
    const nodes = await connectThree();
    for (const family of rounds) {
      const [one = await connect()] = nodes;
      await openFamily(one, family);
      const outcomes = await Promise.all(
        rotateAll(nodes, family).concat(rotateAll(nodes, family, NOW + 30_000)),
      );
      expect(outcomes.filter(({ outcome }) => outcome === 'rotated')).toHaveLength(1);
      if (outcomes.some(({ outcome }) => outcome === 'replayed')) await expectNothingUsable(one, family);
      expect(outcomes.filter(({ outcome }) => outcome === 'replayed').length).toBeLessThanOrEqual(1);
    }
  });

  async function expectNothingUsable({ grants }: Stores, family: string): Promise<void> {
    const found = await schema.sql(`SELECT hash FROM refresh_tokens WHERE grant_id = '${family}'`);
    for (const { hash } of found) {
      expect(await grants.findByRefreshToken('main', String(hash))).toBeUndefined();
      expect(await grants.rotate(rotation(String(hash), `${String(hash)}.later`))).toEqual({
        outcome: 'invalid',
      });
    }
    expect(await tokens(family)).toBe(found.length);
  }
});

const tokens = async (family: string): Promise<number> =>
  (await schema.sql(`SELECT 1 FROM refresh_tokens WHERE grant_id = '${family}'`)).length;

const unusedTokens = async (family: string): Promise<number> =>
  (await schema.sql(`SELECT 1 FROM refresh_tokens WHERE grant_id = '${family}' AND used_at IS NULL`)).length;

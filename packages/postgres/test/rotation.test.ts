import type { Rotation, Stores } from '@vestibule/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Database, StatementEvent } from '../src/index.ts';
import { createPostgresStores, openDatabase } from '../src/index.ts';
import { encodeChange } from '../src/stores/commit/encode-change.ts';
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

/** As servers issue tokens, and as earlier versions did. */
const FORMS = [
  ['in a family', 'family'],
  ['without a family secret', undefined],
] as const;

describe('what it takes', () => {
  test.each(FORMS)('a rotation %s is one statement, and a replay is one more', async (_, family) => {
    const stores = await connect();
    await openFamily(stores, 'g', family);
    told = [];
    expect(await stores.grants.rotate(rotation('g', 'r2', NOW, family))).toEqual({ outcome: 'rotated' });
    expect(await stores.grants.rotate(rotation('r2', 'r3', NOW, family))).toEqual({ outcome: 'rotated' });
    expect(statements()).toEqual(['commit-changes', 'commit-changes']);
    told = [];
    const replay = rotation('g', 'x', NOW + 20_000, family);
    expect(await stores.grants.rotate(replay)).toEqual({ outcome: 'replayed' });
    expect(statements()).toEqual(['commit-changes', 'grants.end-of-token']);
  });

  test('a rotation in a family changes one row, and no index', async () => {
    const stores = await connect();
    for (const id of ['g', 'h', 'i']) await openFamily(stores, id, `family of ${id}`);
    await stores.grants.rotate(rotation('g', 'r2', NOW, 'family of g'));
    const change = encodeChange({
      kind: 'refresh-token.rotate',
      ...rotation('r2', 'r3', NOW + 5, 'family of g'),
    });
    await schema.sql('BEGIN');
    const [made] = await schema.sql(
      `SELECT commit_changes('${JSON.stringify([[change]])}', '{}') AS failures`,
    );
    const written = await schema.sql(`
      SELECT relname::text AS table, n_tup_ins::int AS inserted, n_tup_upd::int AS updated, n_tup_hot_upd::int AS in_place,
        n_tup_del::int AS deleted
      FROM pg_stat_xact_user_tables
      WHERE schemaname = current_schema() AND n_tup_ins + n_tup_upd + n_tup_del > 0`);
    await schema.sql('COMMIT');
    expect(made).toEqual({ failures: null });
    expect(written).toEqual([{ table: 'grants', inserted: 0, updated: 1, in_place: 1, deleted: 0 }]);
  });
});

/** Rotates as another node does, without its commit. */
const ROTATE_BY_HAND = {
  'in a family': (from: string, to: string): string => `
    UPDATE grants SET expires_at = ${NOW + 42_000},
      oldest_hash = previous_hash, oldest_expires_at = previous_expires_at, oldest_used_at = previous_used_at,
      oldest_seed = previous_seed,
      previous_hash = token_hash, previous_expires_at = token_expires_at, previous_used_at = ${NOW},
      previous_seed = 'seed of ${to}', token_hash = '${to}', token_expires_at = ${NOW + 1_000_000}
    WHERE token_hash = '${from}'`,
  'without a family secret': (from: string, to: string): string => `
    UPDATE grants SET expires_at = ${NOW + 42_000};
    UPDATE refresh_tokens SET used_at = ${NOW}, successor_hash = '${to}', successor_seed = 'seed of ${to}' WHERE hash = '${from}';
    INSERT INTO refresh_tokens (realm, hash, grant_id, expires_at) VALUES ('main', '${to}', 'g', ${NOW + 1_000_000})`,
} as const;

/** The grant is locked by a connection of the test until all calls wait for it. */
describe.each(FORMS)(
  'a call that waited for the grant decides by what was done before, %s',
  (form, family) => {
    const rotateByHand = ROTATE_BY_HAND[form];

    const held = async (change: string, waiting: () => Promise<unknown>): Promise<unknown> => {
      await schema.sql('BEGIN');
      await schema.sql(change);
      const answer = waiting();
      await schema.untilWaiting('SELECT commit_changes');
      await schema.sql('COMMIT');
      return answer;
    };

    test('a grant that was ended gets no new token', async () => {
      const { grants } = await setUp();
      const answer = await held(`UPDATE grants SET ended_at = ${NOW}`, () =>
        grants.rotate(rotation('g', 'r2', NOW, family)),
      );
      expect(answer).toEqual({ outcome: 'invalid' });
      expect(await unusedTokens('g')).toEqual(['g']);
    });

    test('a token that was used is repeated', async () => {
      const { grants } = await setUp();
      const answer = await held(rotateByHand('g', 'r2'), () =>
        grants.rotate(rotation('g', 'r9', NOW, family)),
      );
      expect(answer).toEqual({ outcome: 'repeated', seed: 'seed of r2' });
      expect(await unusedTokens('g')).toEqual(['r2']);
    });

    test('a token whose successor was used before the grace is a replay, and the grant has ended', async () => {
      const { grants } = await setUp();
      const both = `${rotateByHand('g', 'r2')}; ${rotateByHand('r2', 'r3')}`;
      const late = rotation('g', 'r9', NOW + 20_000, family);
      expect(await held(both, () => grants.rotate(late))).toEqual({ outcome: 'replayed' });
      expect(await grants.rotate(rotation('r3', 'r4', NOW, family))).toEqual({ outcome: 'invalid' });
    });

    test('a grant that lost leaves its expiry to the one that won', async () => {
      const { grants } = await setUp();
      await held(rotateByHand('g', 'r2'), () => grants.rotate(rotation('g', 'r9', NOW + 10, family)));
      expect(await schema.sql('SELECT expires_at FROM grants')).toEqual([{ expires_at: `${NOW + 42_000}` }]);
    });

    async function setUp(): Promise<Stores> {
      const stores = await connect();
      await openFamily(stores, 'g', family);
      return stores;
    }
  },
);

describe.each(FORMS)('of 30 rotations at once over three pools, %s', (_, secret) => {
  const ROUNDS = 15;
  const rounds = Array.from({ length: ROUNDS }, (_unused, round) => `family ${round}`);

  /** The secret of a family, which is named after its first token. */
  const secretOf = (family: string): string | undefined => secret && `${secret} of ${family}`;

  /** A rotation with the secret of the family that the presented token belongs to. */
  const of = ({ presented: { hash }, successor, ...others }: Rotation): Rotation => {
    const family = secretOf(/^family \d+/.exec(hash)?.[0] ?? '');
    const carried = family === undefined ? {} : { family };
    return { ...others, presented: { hash, ...carried }, successor: { ...successor, ...carried } };
  };

  const connectThree = (): Promise<readonly Stores[]> => Promise.all([connect(), connect(), connect()]);

  const rotateAll = (nodes: readonly Stores[], shown: string, now = NOW) =>
    Array.from({ length: 10 }, (_unused, i) =>
      nodes.map(({ grants }, node) => grants.rotate(of(rotation(shown, `${shown}.${i}${node}`, now)))),
    ).flat();

  test('one rotates, and all others get the same successor', async () => {
    const nodes = await connectThree();
    for (const family of rounds) {
      await openFamily(nodes[0] ?? (await connect()), family, secretOf(family));
      const outcomes = await Promise.all(rotateAll(nodes, family));
      expect(outcomes.filter(({ outcome }) => outcome === 'rotated')).toHaveLength(1);
      const seeds = outcomes.flatMap((answer) => (answer.outcome === 'repeated' ? [answer.seed] : []));
      expect(seeds).toHaveLength(29);
      expect(new Set(seeds).size).toBe(1);
      expect(await unusedTokens(family)).toHaveLength(1);
    }
  });

  test('mixed with an end, none leaves a token that can be used', async () => {
    const nodes = await connectThree();
    for (const family of rounds) {
      const [one = await connect()] = nodes;
      await openFamily(one, family, secretOf(family));
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
      await openFamily(one, family, secretOf(family));
      await one.grants.rotate(of(rotation(family, `${family}+`)));
      const outcomes = await Promise.all([...rotateAll(nodes, family), ...rotateAll(nodes, `${family}+`)]);
      const rotated = outcomes.filter(({ outcome }) => outcome === 'rotated').length;
      const replayed = outcomes.filter(({ outcome }) => outcome === 'replayed').length;
      expect(rotated).toBeLessThanOrEqual(1);
      expect(replayed).toBeLessThanOrEqual(1);
      expect(await tokens(family)).toHaveLength(2 + rotated);
      expect(await unusedTokens(family)).toHaveLength(1);
      if (replayed === 1) await expectNothingUsable(one, family);
    }
  });

  test('without grace, one rotates, one ends the grant, and nothing can be used', async () => {
    const nodes = await connectThree();
    for (const family of rounds) {
      const [one = await connect()] = nodes;
      await openFamily(one, family, secretOf(family));
      const outcomes = await Promise.all(
        rotateAll(nodes, family).concat(rotateAll(nodes, family, NOW + 30_000)),
      );
      expect(outcomes.filter(({ outcome }) => outcome === 'rotated')).toHaveLength(1);
      if (outcomes.some(({ outcome }) => outcome === 'replayed')) await expectNothingUsable(one, family);
      expect(outcomes.filter(({ outcome }) => outcome === 'replayed').length).toBeLessThanOrEqual(1);
    }
  });

  test('one replay ends the grant, and all others are invalid', async () => {
    const nodes = await connectThree();
    for (const family of rounds) {
      const [one = await connect()] = nodes;
      await openFamily(one, family, secretOf(family));
      await one.grants.rotate(of(rotation(family, `${family}+`)));
      await one.grants.rotate(of(rotation(`${family}+`, `${family}++`)));
      const outcomes = await Promise.all(rotateAll(nodes, family, NOW + 20_000));
      expect(outcomes.filter(({ outcome }) => outcome === 'replayed')).toHaveLength(1);
      expect(outcomes.filter(({ outcome }) => outcome === 'invalid')).toHaveLength(29);
      await expectNothingUsable(one, family);
    }
  });

  async function expectNothingUsable({ grants }: Stores, family: string): Promise<void> {
    const found = await tokens(family);
    for (const { hash } of found) {
      expect(await grants.findByRefreshToken('main', hash, secretOf(family))).toBeUndefined();
      expect(await grants.rotate(of(rotation(hash, `${hash}.later`)))).toEqual({ outcome: 'invalid' });
    }
    expect(await tokens(family)).toHaveLength(found.length);
  }
});

interface Token {
  readonly hash: string;
  readonly isUsed: boolean;
}

/** What is stored of the tokens of a grant, wherever. */
async function tokens(id: string): Promise<readonly Token[]> {
  const rows = await schema.sql(`
    SELECT hash, used_at IS NOT NULL AS used FROM refresh_tokens WHERE grant_id = '${id}'
    UNION ALL
    SELECT hash, used FROM grants, LATERAL (
      VALUES (token_hash, false), (previous_hash, true), (oldest_hash, true)
    ) AS token (hash, used)
    WHERE id = '${id}' AND hash IS NOT NULL`);
  return rows.map(({ hash, used }) => ({ hash: String(hash), isUsed: used === true }));
}

const unusedTokens = async (id: string): Promise<readonly string[]> =>
  (await tokens(id)).flatMap(({ hash, isUsed }) => (isUsed ? [] : [hash]));

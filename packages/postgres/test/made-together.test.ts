import type { Client } from '@vestibule/core';
import type { AuditEvent } from '@vestibule/core/audit';
import type { Change, Stores } from '@vestibule/server';
import { createMemoryStores } from '@vestibule/server/memory';
import { ACTOR } from '@vestibule/testing/operator';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresStores, type Database, openDatabase, type StatementEvent } from '../src/index.ts';
import { CLEAR } from './support/clear.ts';
import { client } from './support/client.ts';
import { NOW } from './support/family.ts';
import { createSchema, type Schema } from './support/schema.ts';

let schema: Schema;
let database: Database;
let stores: Stores;
let told: StatementEvent[] = [];

beforeAll(async () => {
  schema = await createSchema();
  database = await openDatabase({ url: schema.url, onStatement: (event) => void told.push(event) });
  stores = createPostgresStores(database);
});
afterAll(async () => {
  await database.close();
  await schema.drop();
});

const at = fc.nat({ max: 3 }).map((steps) => NOW + steps * 400);
const id = fc.constantFrom('a', 'b', 'c', 'd');

const reserve = (key: string, members: Partial<Extract<Change, { kind: 'quota.reserve' }>> = {}): Change => ({
  kind: 'quota.reserve',
  key,
  limit: { uses: 1_000, seconds: 60 },
  at: NOW,
  ...members,
});

const endedAt = (time: number): AuditEvent => ({
  type: 'grant.ended',
  realm: 'main',
  at: time,
  grantId: 'g',
  clientId: 'a',
  reason: 'operator',
  actor: ACTOR,
});

const PART_OF = { whole: {}, share: { partOf: 'whole' } } as const;

const use = (uses: fc.Arbitrary<number>): fc.Arbitrary<Change> =>
  fc
    .record({
      key: fc.constantFrom<keyof typeof PART_OF>('whole', 'share'),
      uses,
      seconds: fc.constantFrom(1, 60),
      at,
    })
    .map(({ key, at: used, ...limit }) => reserve(key, { ...PART_OF[key], limit, at: used }));

const insert = (inserted: Client, bounds: object): Change => ({
  kind: 'client.insert',
  client: inserted,
  ...bounds,
});

const insertion: fc.Arbitrary<Change> = fc
  .record({
    id,
    fingerprint: fc.constantFrom(undefined, 'p', 'q'),
    issuedAt: at,
    bounds: fc.record({ duplicateSince: at, mostActive: fc.constantFrom(2, 3) }, { requiredKeys: [] }),
  })
  .map(({ id: name, fingerprint, issuedAt, bounds }) => {
    const registration = fingerprint === undefined ? {} : { fingerprint };
    return insert(client(name, { issuedAt, registration }), bounds);
  });

/** Few names and small limits: most groups have a condition that fails. */
const anyChange: fc.Arbitrary<Change> = fc.oneof(
  use(fc.constantFrom(0, 3, 9)),
  insertion,
  fc.record({ kind: fc.constant('client.use' as const), realm: fc.constant('main'), id, at }),
  id.map((name) => ({ kind: 'client.remove', realm: 'main', id: name, expectedVersion: 1 }) as const),
  id.map((key) => ({ kind: 'replay.note', realm: 'main', key, expiresAt: NOW }) as const),
  at.map((time) => ({ kind: 'event.append', event: endedAt(time) }) as const),
);

/** The commits of several turns of the event loop. */
type Turns = readonly (readonly (readonly Change[])[])[];

/** Every commit uses a limit, as a registration does, so that those of one turn are one statement. */
const turnsOf = (change: fc.Arbitrary<Change>): fc.Arbitrary<Turns> => {
  const commit = fc
    .array(change, { minLength: 1, maxLength: 3 })
    .map((changes) => [reserve('all')].concat(changes));
  return fc.array(fc.array(commit, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 3 });
};

const left = async ({ clients, audit, commit: make }: Stores) => ({
  clients: await clients.list('main', { limit: 100 }),
  active: await clients.countAwake('main', 100),
  events: (await audit.list('main', { limit: 100 })).items.length,
  uses: await Promise.all(
    Object.entries(PART_OF).flatMap(([key, partOf]) =>
      [1, 2, 3, 4, 9, 20].map((uses) =>
        make([
          reserve(key, { ...partOf, limit: { uses, seconds: 60 } }),
          reserve('none', { limit: { uses: 0, seconds: 1 } }),
        ]),
      ),
    ),
  ),
});

const usedAt = (...times: readonly number[]): readonly (readonly Change[])[] =>
  times.map((time) => [reserve('all'), reserve('whole', { limit: { uses: 9, seconds: 1 }, at: NOW + time })]);

test.each<[string, fc.Arbitrary<Change>, Turns[]]>([
  ['of any kind', anyChange, []],
  [
    'that use limits whose windows end between them',
    use(fc.constantFrom(4, 9, 40)),
    [[usedAt(0), usedAt(800, 1_200, 900)]],
  ],
])('commits %s have the outcomes together that they have one after the other', async (_, change, known) => {
  await fc.assert(
    fc.asyncProperty(turnsOf(change), async (groups) => {
      await schema.sql(CLEAR);
      const memory = createMemoryStores();
      for (const group of groups) {
        told = [];
        const outcomes = await Promise.all(group.map((changes) => stores.commit(changes)));
        expect(told.map(({ name }) => name)).toEqual(['commit-changes']);
        const expected: unknown[] = [];
        for (const changes of group) expected.push(await memory.commit(changes));
        expect(outcomes).toEqual(expected);
      }
      expect(await left(stores)).toEqual(await left(memory));
    }),
    { numRuns: 150, examples: known.map((groups): [Turns] => [groups]) },
  );
});

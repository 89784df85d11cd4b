import { type Realm, realmSettings } from '@vestibule/core/realm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { followRealms, FRESH } from './served-realms.ts';

const realmAt = (id: string, issuer: string, resources: readonly string[] = []): Realm => ({
  id,
  name: id,
  issuer,
  settings: realmSettings(),
  scopes: [],
  apis: resources.map((resource) => ({
    id: resource,
    name: 'API',
    resource,
    scopes: [],
    openToDynamicClients: true,
  })),
});

/** Followed realms whose list, clock and state of the store the test sets. Each realm has one route, named by its id. */
function follow(first: readonly Realm[]) {
  let now = 0;
  let list = first;
  let isDown = false;
  const counts = { reads: 0, made: 0 };
  const errors: string[] = [];
  const served = followRealms({
    realms: {
      list: async () => {
        counts.reads += 1;
        if (isDown) throw new Error('The database is down.');
        return list;
      },
    },
    routesOf: ({ id }) => {
      counts.made += 1;
      if (id === 'broken') throw new Error('The realm is broken.');
      return [{ path: `/${id}`, endpoint: async () => new Response(id) }];
    },
    routesOfOrigin: [],
    clock: () => now,
    onError: (error) => errors.push(String(error)),
  });
  const paths = async (): Promise<Record<string, readonly string[]>> => {
    const { sites } = await served();
    return Object.fromEntries(sites.map(({ origin, routes }) => [origin, routes.map(({ path }) => path)]));
  };
  return {
    served,
    paths,
    counts,
    errors,
    pass: (milliseconds: number) => void (now += milliseconds),
    set: (realms: readonly Realm[]) => void (list = realms),
    fail: (fails: boolean) => void (isDown = fails),
  };
}

const A = 'https://a.example';
const B = 'https://b.example';
const one = realmAt('one', A);

test.each<[string, readonly Realm[], Record<string, readonly string[]>]>([
  ['is added below a path', [one, realmAt('two', `${A}/two`)], { [A]: ['/one', '/two'] }],
  ['is added at another host', [one, realmAt('two', B)], { [A]: ['/one'], [B]: ['/two'] }],
  ['is removed', [], {}],
  ['is replaced by another one', [realmAt('two', A)], { [A]: ['/two'] }],
])('a realm that %s counts when the list is no longer fresh, and not before', async (_, next, expected) => {
  const { paths, pass, set } = follow([one]);
  expect(await paths()).toEqual({ [A]: ['/one'] });
  set(next);
  pass(FRESH - 1);
  expect(await paths()).toEqual({ [A]: ['/one'] });
  pass(1);
  expect(await paths()).toEqual(expected);
});

describe('the store is read once', () => {
  test('for any number of requests while the list is fresh', async () => {
    const { served, counts } = follow([one]);
    for (let request = 0; request < 1_000; request += 1) await served();
    expect(counts.reads).toBe(1);
  });

  test('for concurrent requests', async () => {
    const { served, counts, pass } = follow([one]);
    await Promise.all(Array.from({ length: 1_000 }, served));
    pass(FRESH);
    await Promise.all(Array.from({ length: 1_000 }, served));
    expect(counts.reads).toBe(2);
  });

  test('in a period if the store fails, and the last list counts meanwhile', async () => {
    const { paths, counts, pass, fail, set } = follow([one]);
    await paths();
    fail(true);
    set([]);
    pass(FRESH);
    for (let request = 0; request < 100; request += 1) expect(await paths()).toEqual({ [A]: ['/one'] });
    expect(counts.reads).toBe(2);
    fail(false);
    pass(FRESH);
    expect(await paths()).toEqual({});
  });
});

test('the first read fails if the store fails', async () => {
  const { served, fail } = follow([one]);
  fail(true);
  await expect(served()).rejects.toThrow('The database is down.');
});

test('a clock that is set back does not keep an old list', async () => {
  const { paths, pass, set } = follow([one]);
  await paths();
  set([]);
  pass(-3_600_000);
  expect(await paths()).toEqual({});
});

describe('routes', () => {
  test('stay the same objects, as their sites do, while only settings change', async () => {
    const { served, counts, pass, set } = follow([one]);
    const { sites } = await served();
    set([{ ...one, settings: realmSettings({ registration: { open: true } }) }]);
    pass(FRESH);
    expect((await served()).sites).toBe(sites);
    expect(counts.made).toBe(1);
  });

  test.each<[string, readonly Realm[]]>([
    ['its APIs', [realmAt('one', A, [`${A}/mcp`]), realmAt('two', `${A}/two`)]],
    ['its issuer', [realmAt('one', B), realmAt('two', `${A}/two`)]],
  ])('are made again for a realm when %s change, and not for another realm', async (_, next) => {
    const { served, counts, pass, set } = follow([one, realmAt('two', `${A}/two`)]);
    await served();
    set(next);
    pass(FRESH);
    await served();
    expect(counts.made).toBe(3);
  });
});

test('a realm that cannot be served is reported once, and the others are served', async () => {
  const { paths, errors, pass } = follow([realmAt('broken', `${A}/broken`), one]);
  expect(await paths()).toEqual({ [A]: ['/one'] });
  pass(FRESH);
  await paths();
  expect(errors).toEqual(['Error: The realm is broken.']);
});

test('a realm at the host of another realm with another scheme is reported and not served', async () => {
  const { paths, errors } = follow([
    realmAt('one', 'https://localhost:4000'),
    realmAt('two', 'http://localhost:4000'),
  ]);
  expect(await paths()).toEqual({ 'https://localhost:4000': ['/one'] });
  expect(errors).toEqual([expect.stringContaining('The realm two is not served')]);
});

/** Realms of some ids, each at a path or a host of its own. */
const anyRealms = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('one', 'two', 'three', 'four'),
    host: fc.constantFrom(A, B),
    isBelow: fc.boolean(),
  }),
  { selector: ({ id }) => id },
);

test('whatever happens to the store, exactly its realms are served, each at its origin', async () => {
  const steps = fc.array(fc.record({ realms: anyRealms, after: fc.integer({ min: 0, max: 3 * FRESH }) }));
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const { served, counts, pass, set } = follow([]);
      await served();
      let sinceRead = 0;
      let current: readonly Realm[] = [];
      for (const { realms, after } of all) {
        const list = realms.map(({ id, host, isBelow }) =>
          realmAt(id, isBelow ? `${host}/${id}` : `${host}/r/${id}`),
        );
        set(list);
        pass(after);
        sinceRead += after;
        if (sinceRead >= FRESH) {
          current = list;
          sinceRead = 0;
        }
        const { sites, realms: now } = await served();
        expect(now.map(({ id }) => id).toSorted()).toEqual(current.map(({ id }) => id).toSorted());
        const expected = current.map(({ id, issuer }) => `${new URL(issuer).origin} /${id}`);
        const actual = sites.flatMap(({ origin, routes }) => routes.map(({ path }) => `${origin} ${path}`));
        expect(actual.toSorted()).toEqual(expected.toSorted());
        expect(sites.every(({ routes }) => routes.length > 0)).toBe(true);
      }
      expect(counts.reads).toBeLessThanOrEqual(all.length + 1);
    }),
  );
});

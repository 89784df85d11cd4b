import { createProcessCounts } from '@vestibule/core';
import type { CountedNetwork } from '@vestibule/core/registration';
import { expect, test } from 'vitest';
import type { FetchOutcome, FetchRequest } from './fetch-document.ts';
import { createFetchGovernor } from './fetch-governor.ts';

const FETCHED: FetchOutcome = {
  ok: true,
  status: 'fetched',
  body: {},
  bytes: 2,
  freshness: { noStore: false, noCache: false, mustRevalidate: false },
};

const GOVERNED = { ok: false, reason: 'governed' };

/** An address, in an organization of its own unless one is named. */
const at = (address: string, organization = address): readonly CountedNetwork[] => [
  { name: 'address', key: `address:${address}`, times: 1 },
  { name: 'organization', key: `organization:${organization}`, times: 16 },
];

/** A governor over a fetch that ends when the test says so. */
function setUp() {
  let now = 0;
  const asked: FetchRequest[] = [];
  let ends: (() => void)[] = [];
  const governor = createFetchGovernor({
    fetch: {
      fetch: (request) => {
        asked.push(request);
        return new Promise((resolve) => {
          ends.push(() => resolve(FETCHED));
        });
      },
    },
    counts: createProcessCounts(),
    clock: () => now,
  });
  const fetch = (url: string, networks?: readonly CountedNetwork[]) =>
    governor.fetch({ url }, { host: new URL(url).host, ...(networks !== undefined && { networks }) });
  const endAll = () => {
    const ending = ends;
    ends = [];
    for (const end of ending) end();
  };
  return { fetch, asked, endAll, pass: (seconds: number) => void (now += seconds * 1_000) };
}

test('a hundred requests for one document at once are one fetch', async () => {
  const { fetch, asked, endAll } = setUp();
  const all = Promise.all(
    Array.from({ length: 100 }, (_, number) => fetch('https://a.example/c', at(`${number}`))),
  );
  expect(asked).toHaveLength(1);
  endAll();
  expect(new Set(await all)).toEqual(new Set([FETCHED]));
});

test('a document is fetched again once the earlier fetch has ended', async () => {
  const { fetch, asked, endAll } = setUp();
  for (const count of [1, 2]) {
    const one = fetch('https://a.example/c');
    endAll();
    await one;
    expect(asked).toHaveLength(count);
  }
});

test('four documents of one host are fetched at once, and others are fetched meanwhile', async () => {
  const { fetch, asked, endAll } = setUp();
  const waiting = ['a', 'b', 'c', 'd'].map((path) => fetch(`https://a.example/${path}`));
  expect(await fetch('https://a.example/e')).toEqual(GOVERNED);
  waiting.push(fetch('https://b.example/a'));
  expect(asked).toHaveLength(5);
  endAll();
  await Promise.all(waiting);
  const later = fetch('https://a.example/e');
  endAll();
  expect(await later).toEqual(FETCHED);
});

test('at most 32 documents are fetched at once', async () => {
  const { fetch, asked, endAll } = setUp();
  const waiting = Array.from({ length: 32 }, (_, number) =>
    fetch(`https://h${number}.example/c`, at(`${number}`)),
  );
  expect(await fetch('https://other.example/c', at('other'))).toEqual(GOVERNED);
  expect(asked).toHaveLength(32);
  endAll();
  await Promise.all(waiting);
});

test.each<[string, number, (number: number) => readonly [string, (readonly CountedNetwork[])?]]>([
  ['of those that no request waits for', 16, (number) => [`https://h${number}.example/c`]],
  ['because of one address', 4, (number) => [`https://h${number}.example/c`, at('one')]],
  ['because of one organization', 8, (number) => [`https://h${number}.example/c`, at(`${number}`, 'one')]],
])('a part of the fetches at once is left to others: %s there are at most %i', async (_, most, call) => {
  const { fetch, asked, endAll } = setUp();
  const waiting = Array.from({ length: most }, (_element, number) => fetch(...call(number)));
  expect(await fetch(...call(most))).toEqual(GOVERNED);
  expect(asked).toHaveLength(most);
  waiting.push(fetch('https://other.example/c', at('other')));
  expect(asked).toHaveLength(most + 1);
  endAll();
  await Promise.all(waiting);
  const later = fetch(...call(most));
  endAll();
  expect(await later).toEqual(FETCHED);
});

test.each<[string, number, (number: number) => readonly [string, readonly CountedNetwork[]]]>([
  ['30 of one host', 30, (number) => [`https://a.example/${number}`, at(`${number}`)]],
  [
    '10 of one host because of one organization',
    10,
    (number) => [`https://a.example/${number}`, at(`${number}`, 'one')],
  ],
  ['10 because of one address', 10, (number) => [`https://h${number}.example/c`, at('one')]],
  [
    '160 because of one organization',
    160,
    (number) => [`https://h${number}.example/c`, at(`${number}`, 'one')],
  ],
])('in a minute there are at most %s', async (_, most, call) => {
  const { fetch, asked, endAll, pass } = setUp();
  const next = async (number: number) => {
    const one = fetch(...call(number));
    endAll();
    return one;
  };
  for (let number = 0; number < most; number += 1) expect(await next(number)).toEqual(FETCHED);
  expect(await next(most)).toEqual(GOVERNED);
  expect(asked).toHaveLength(most);
  pass(60);
  expect(await next(most)).toEqual(FETCHED);
});

test('a host whose fetches fail can be fetched from again', async () => {
  const failing = createFetchGovernor({
    fetch: { fetch: () => Promise.reject(new Error('a bug')) },
    counts: createProcessCounts(),
    clock: () => 0,
  });
  for (let number = 0; number < 6; number += 1) {
    await expect(failing.fetch({ url: 'https://a.example/c' }, { host: 'a.example' })).rejects.toThrow(
      'a bug',
    );
  }
});

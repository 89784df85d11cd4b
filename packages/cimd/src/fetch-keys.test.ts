import { createProcessCounts } from '@vestibule/core';
import type { CountedNetwork } from '@vestibule/core/registration';
import { expect, test } from 'vitest';
import type { FetchOutcome, FetchRequest } from './fetch-document.ts';
import { createFetchGovernor } from './fetch-governor.ts';
import { keysThrough } from './fetch-keys.ts';

const SILENT = { noStore: false, noCache: false, mustRevalidate: false };

const at = (address: string): readonly CountedNetwork[] => [
  { name: 'address', key: `address:${address}`, times: 1 },
];

function setUp(respond: () => FetchOutcome) {
  const asked: FetchRequest[] = [];
  const fetch = async (request: FetchRequest): Promise<FetchOutcome> => {
    asked.push(request);
    return respond();
  };
  const governor = createFetchGovernor({ fetch: { fetch }, counts: createProcessCounts(), clock: () => 0 });
  const fetchKeys = keysThrough(governor);
  const get = (url: string, from = 'one', clientId = 'https://app.example/client.json') =>
    fetchKeys({ url, maxBytes: 9, cause: { clientId, networks: at(from) } });
  return { asked, governor, get };
}

const found = (): FetchOutcome => ({
  ok: true,
  status: 'fetched',
  body: { keys: [] },
  bytes: 2,
  freshness: SILENT,
});

test('keys are fetched as a URL that a stranger chose', async () => {
  const { get, asked } = setUp(found);
  expect(await get('https://app.example/jwks')).toEqual({ ok: true, body: { keys: [] } });
  expect(asked).toEqual([
    { url: 'https://app.example/jwks', accept: 'jwks', maxBytes: 9, chosenBy: 'stranger' },
  ]);
});

test('a failed fetch of keys says why', async () => {
  const failed = { ok: false, reason: 'address', detail: 'The address is inside.' } as const;
  expect(await setUp(() => failed).get('https://app.example/jwks')).toEqual(failed);
});

test('a response to a conditional request that was not made holds no keys', async () => {
  const { get } = setUp(() => ({ ok: true, status: 'not-modified', freshness: SILENT }));
  expect(await get('https://app.example/jwks')).toEqual({ ok: true });
});

test('keys and documents share the fetches that one address may cause', async () => {
  const { get, governor, asked } = setUp(found);
  for (let number = 0; number < 5; number += 1) {
    await get(`https://k${number}.example/jwks`);
    const host = `d${number}.example`;
    await governor.fetch({ url: `https://${host}/client` }, { host, networks: at('one') });
  }
  expect(await get('https://more.example/jwks')).toMatchObject({ ok: false, reason: 'governed' });
  expect(asked).toHaveLength(10);
  expect(await get('https://more.example/jwks', 'other')).toMatchObject({ ok: true });
});

test('one host is asked for keys thirty times a minute at most', async () => {
  const { get, asked } = setUp(found);
  for (let number = 0; number < 40; number += 1) await get(`https://victim.example/${number}`, `${number}`);
  expect(asked).toHaveLength(30);
});

test('a document and keys at the same URL are two fetches', async () => {
  const { get, governor, asked } = setUp(found);
  const url = 'https://app.example/both';
  await Promise.all([
    get(url),
    governor.fetch({ url, accept: 'document' }, { host: 'app.example', networks: at('one') }),
  ]);
  expect(asked.map(({ accept }) => accept)).toEqual(['jwks', 'document']);
});

test('a host that others name without end still gives its own clients their keys', async () => {
  const { get, governor, asked } = setUp(found);
  const host = 'app.example';
  for (let number = 0; number < 40; number += 1) {
    await get(`https://${host}/${number}`, `${number}`, 'https://evil.example/client.json');
    await governor.fetch({ url: `https://${host}/c${number}` }, { host, networks: at(`${number}`) });
  }
  expect(asked).toHaveLength(30);
  expect(await get(`https://${host}/jwks`, 'other')).toMatchObject({ ok: true });
});

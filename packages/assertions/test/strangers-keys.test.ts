import type { KeysCause } from '@vestibule/core';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  createSignatureCheck,
  type KeySetFetch,
  type KeySetOutcome,
  type KeySetRequest,
} from '../src/index.ts';
import { type IssuerKey, jwksOf, makeKey, NOW, statementOf } from './support/issuer.ts';

let key: IssuerKey;
beforeAll(async () => {
  key = await makeKey('ES256', 'k');
});

const GOVERNED: KeySetOutcome = { ok: false, reason: 'governed', detail: 'Too many fetches.' };

const causeOf = (name: string): KeysCause => ({
  clientId: 'https://app.example/client.json',
  networks: [{ name: 'address', key: `address:${name}`, times: 1 }],
});

/** A check of signatures whose fetches the test responds to, with the requests. */
function checking(respond: (request: KeySetRequest) => KeySetOutcome | Promise<KeySetOutcome>) {
  const requests: KeySetRequest[] = [];
  const fetch: KeySetFetch = {
    fetch: async (request) => {
      requests.push(request);
      return respond(request);
    },
  };
  const signatures = createSignatureCheck({ fetch });
  const check = async (
    from: string,
    {
      jwksUri = 'https://app.example/jwks',
      chosenBy = 'stranger',
      seconds = 0,
    }: { jwksUri?: string; chosenBy?: 'operator' | 'stranger'; seconds?: number } = {},
  ) => {
    const source = { owner: `the client '${jwksUri}'`, jwksUri, chosenBy, cause: causeOf(from) };
    const header = { alg: 'ES256', kid: 'k' } as const;
    return signatures.check(await statementOf(key), header, source, NOW + seconds * 1_000);
  };
  return { check, requests };
}

const found = (): KeySetOutcome => ({ ok: true, body: jwksOf(key) });

const isGoverned = (request: KeySetRequest): boolean => request.cause?.networks[0]?.key === 'address:noisy';

test('keys of a stranger are fetched with a smaller limit on their size, and with whose request needs them', async () => {
  const { check, requests } = checking(found);
  expect(await check('quiet')).toBe('good');
  expect(requests).toEqual([
    {
      url: 'https://app.example/jwks',
      accept: 'jwks',
      maxBytes: 16_384,
      chosenBy: 'stranger',
      cause: causeOf('quiet'),
    },
  ]);
});

describe('a fetch that a limit of its network prevented', () => {
  test('does not keep the keys from others afterwards', async () => {
    const { check } = checking((request) => (isGoverned(request) ? GOVERNED : found()));
    await expect(check('noisy')).rejects.toMatchObject({ keys: { reason: 'governed' } });
    expect(await check('quiet')).toBe('good');
  });

  test('does not keep the keys from others who waited for it', async () => {
    const gate = Promise.withResolvers<KeySetOutcome>();
    const { check, requests } = checking((request) => (isGoverned(request) ? gate.promise : found()));
    const noisy = check('noisy');
    await expect.poll(() => requests.length).toBe(1);
    const quiet = ['a', 'b', 'c'].map((from) => check(from));
    gate.resolve(GOVERNED);
    await expect(noisy).rejects.toMatchObject({ keys: { reason: 'governed' } });
    expect(await Promise.all(quiet)).toEqual(['good', 'good', 'good']);
  });

  test('is tried again by the next request of that network', async () => {
    let isLimited = true;
    const { check } = checking(() => (isLimited ? GOVERNED : found()));
    await expect(check('noisy')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    isLimited = false;
    expect(await check('noisy')).toBe('good');
  });

  test('leaves the keys that are known', async () => {
    let isLimited = false;
    const { check } = checking(() => (isLimited ? GOVERNED : found()));
    expect(await check('noisy')).toBe('good');
    isLimited = true;
    expect(await check('noisy', { seconds: 599 })).toBe('good');
  });
});

test('any other failure counts for everybody, for five seconds', async () => {
  const { check, requests } = checking(() => ({ ok: false, reason: 'timeout', detail: 'It took too long.' }));
  for (const from of ['one', 'other']) {
    await expect(check(from)).rejects.toMatchObject({ keys: { reason: 'timeout' } });
  }
  expect(requests).toHaveLength(1);
});

test('keys of as many strangers are kept as memory allows, and those of operators always', async () => {
  const { check, requests } = checking(found);
  const operators = { jwksUri: 'https://operator.example/jwks', chosenBy: 'operator' } as const;
  expect(await check('one', operators)).toBe('good');
  expect(await check('one')).toBe('good');
  const others = Array.from({ length: 600 }, (_, number) => `https://h${number}.example/jwks`);
  for (const jwksUri of others) expect(await check('one', { jwksUri })).toBe('good');
  expect(requests).toHaveLength(602);
  expect(await check('one', operators)).toBe('good');
  expect(requests).toHaveLength(602);
  expect(await check('one')).toBe('good');
  expect(requests).toHaveLength(603);
});

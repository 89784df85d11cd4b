import { cite } from '@vestibule/requirements';
import { describe, expect, test, vi } from 'vitest';
import { IssuerUnavailable, type RevocationOptions } from '../src/index.ts';
import { apiWith, ISSUER } from './issuer.ts';

const LIST = `${ISSUER}/connect/revocations`;
const credentials = { id: 'notes', secret: 'sé:cret' };

async function apiWithList(more: Partial<RevocationOptions> = {}) {
  const world = await apiWith({ revocations: { credentials, ...more } });
  const { answers, asked, admit, accessToken } = world;
  const publish = (token_ids: readonly string[] = [], grant_ids: readonly string[] = []) =>
    void answers.set(LIST, Response.json({ token_ids, grant_ids }));
  publish();
  return {
    ...world,
    publish,
    fall: () => void answers.set(LIST, undefined),
    fetched: () => asked.filter(({ uri }) => uri === LIST).length,
    admitted: async () => (await admit({ authorization: `Bearer ${await accessToken()}` })).ok,
  };
}

test('requests the list as this API, and only for otherwise valid tokens', async () => {
  const { admitted, admit, asked, fetched } = await apiWithList();
  await admit({ authorization: 'Bearer nonsense' });
  expect(fetched()).toBe(0);
  expect(await admitted()).toBe(true);
  expect(asked.at(-1)).toMatchObject({ uri: LIST, authorization: `Basic ${btoa('notes:s%C3%A9%3Acret')}` });
});

test.each<[string, string[], string[], boolean]>([
  ['of its id', ['token-1'], [], false],
  ['of its grant', [], ['grant-1'], false],
  ['of others', ['token-2', 'grant-1'], ['grant-2', 'token-1'], true],
])(cite('a token is judged by a list %s', 'rfc7009:3:list'), async (_, tokens, grants, expected) => {
  const { publish, admitted } = await apiWithList();
  publish(tokens, grants);
  expect(await admitted()).toBe(expected);
});

test('a token lives no longer than the list is old', async () => {
  const { publish, admitted, pass, fetched } = await apiWithList({ refreshSeconds: 20 });
  expect(await admitted()).toBe(true);
  publish([], ['grant-1']);
  pass(19);
  expect([await admitted(), fetched()]).toEqual([true, 1]);
  pass(1);
  expect([await admitted(), fetched()]).toEqual([false, 2]);
});

test('many concurrent requests fetch the list once', async () => {
  const { admit, accessToken, admitted, fetched, pass, hold } = await apiWithList();
  await admitted();
  pass(30);
  const release = hold();
  const headers = { authorization: `Bearer ${await accessToken()}` };
  const many = Promise.all(Array.from({ length: 20 }, () => admit(headers)));
  await vi.waitFor(() => expect(fetched()).toBe(2));
  release();
  expect((await many).every(({ ok }) => ok)).toBe(true);
  expect(fetched()).toBe(2);
});

describe('while no list can be had', () => {
  test('the last one is used for some minutes, and then all tokens are refused', async () => {
    const { publish, fall, admitted, pass } = await apiWithList();
    publish(['token-1']);
    expect(await admitted()).toBe(false);
    fall();
    pass(299);
    expect(await admitted()).toBe(false);
    pass(1);
    await expect(admitted()).rejects.toThrow(IssuerUnavailable);
    publish();
    pass(5);
    expect(await admitted()).toBe(true);
  });

  test('all tokens are refused if there was none', async () => {
    const { fall, admitted } = await apiWithList();
    fall();
    await expect(admitted()).rejects.toMatchObject({
      name: 'IssuerUnavailable',
      status: 503,
      code: 'STORE_UNAVAILABLE',
    });
  });

  test('tokens count where the operator said so, but those of the last list', async () => {
    const { publish, fall, admitted, pass } = await apiWithList({ withoutList: 'accept' });
    fall();
    expect(await admitted()).toBe(true);
    publish([], ['grant-1']);
    pass(30);
    expect(await admitted()).toBe(false);
    fall();
    pass(600);
    expect(await admitted()).toBe(false);
  });

  test('the issuer is asked every five seconds at most', async () => {
    const { fall, admitted, pass, fetched } = await apiWithList({ withoutList: 'accept' });
    fall();
    for (let second = 0; second < 10; second += 1) {
      await admitted();
      pass(1);
    }
    expect(fetched()).toBe(2);
  });
});

test.each<[string, () => Response]>([
  ['an error', () => new Response('{"token_ids":[],"grant_ids":[]}', { status: 500 })],
  ['that the credentials are wrong', () => Response.json({ error: 'invalid_client' }, { status: 401 })],
  ['a page', () => new Response('<html>')],
  ['nothing', () => Response.json({})],
  ['null', () => Response.json(null)],
  ['half a list', () => Response.json({ token_ids: [] })],
  ['a list of numbers', () => Response.json({ token_ids: [1], grant_ids: [] })],
])('what answers %s has given no list', async (_, answer) => {
  const { answers, admitted } = await apiWithList();
  answers.set(LIST, answer());
  await expect(admitted()).rejects.toThrow(IssuerUnavailable);
});

describe('a list that passes a bound', () => {
  const many = Array.from({ length: 50 }, (_, index) => `token-of-others-${index}`);

  test.each<[string, Partial<RevocationOptions>, RegExp]>([
    ['in entries', { maxEntries: 49 }, /50 entries, more than maxEntries \(49\)/],
    ['in bytes', { maxBytes: 1_000 }, /more than 1000 bytes/],
  ])('counts as no list, and the reason is told: %s', async (_, bound, reason) => {
    const { publish, admitted } = await apiWithList(bound);
    publish(many);
    const error = await admitted().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(IssuerUnavailable);
    expect(reasonsOf(error)).toMatch(reason);
  });

  test('refuses all tokens when the list before is stale', async () => {
    const { publish, admitted, pass } = await apiWithList({ maxEntries: 49, staleSeconds: 60 });
    expect(await admitted()).toBe(true);
    publish(many);
    pass(30);
    expect(await admitted()).toBe(true);
    pass(30);
    await expect(admitted()).rejects.toThrow(IssuerUnavailable);
  });

  test('is read where it just keeps it', async () => {
    const { publish, admitted } = await apiWithList({ maxEntries: 50 });
    publish(many);
    expect(await admitted()).toBe(true);
  });
});

/** The messages of an error and of its causes. */
function reasonsOf(error: unknown): string {
  return error instanceof Error ? `${error.message}\n${reasonsOf(error.cause)}` : '';
}

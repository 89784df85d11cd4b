import { beforeAll, describe, expect, test } from 'vitest';
import type { ServerResponse } from 'node:http';
import {
  createSignatureCheck,
  type KeySetFetch,
  type KeySetOutcome,
  type KeySetRequest,
} from '../src/index.ts';
import { createStatementVerifier } from '../src/software-statements/index.ts';
import { type IssuerKey, jwksOf, makeKey, NOW, statementOf, trusted } from './support/issuer.ts';
import { answerJson, startKeyServer } from './support/key-server.ts';

let old: IssuerKey;
let fresh: IssuerKey;
beforeAll(async () => {
  [old, fresh] = await Promise.all([makeKey('ES256', 'old'), makeKey('ES256', 'fresh')]);
});

const unavailable = { code: 'STORE_UNAVAILABLE', retryAfter: 5 };
const verified = { outcome: 'verified' };
const unknown = { outcome: 'invalid', problem: expect.stringContaining('does not publish for its kid') };

async function start() {
  const server = await startKeyServer(jwksOf(old));
  const { verify } = createStatementVerifier({ fetch: server });
  const issuers = [trusted({ jwksUri: server.jwksUri })];
  /** The result for a statement with a key, the given number of seconds later. */
  const at = async (seconds: number, key: IssuerKey) =>
    verify(await statementOf(key), issuers, NOW + seconds * 1000, []);
  return { server, verify, at };
}

test('keys are fetched once, for ten minutes', async () => {
  const { server, at } = await start();
  for (const seconds of [0, 1, 599.999]) expect(await at(seconds, old)).toMatchObject(verified);
  expect(server.asked).toEqual(['/jwks']);
  expect(await at(600, old)).toMatchObject(verified);
  expect(server.asked).toHaveLength(2);
});

test('a key that was withdrawn counts for ten minutes at most', async () => {
  const { server, at } = await start();
  expect(await at(0, old)).toMatchObject(verified);
  server.answer(answerJson(jwksOf(fresh)));
  expect(await at(600, old)).toMatchObject(unknown);
});

test('a new key is found, at most half a minute after the last look', async () => {
  const { server, at } = await start();
  expect(await at(0, old)).toMatchObject(verified);
  server.answer(answerJson(jwksOf(old, fresh)));
  expect(await at(29.999, fresh)).toMatchObject(unknown);
  expect(server.asked).toHaveLength(1);
  expect(await at(30, fresh)).toMatchObject(verified);
  expect(await at(31, old)).toMatchObject(verified);
  expect(server.asked).toHaveLength(2);
});

test('unknown keys cause one fetch in half a minute', async () => {
  const { server, at } = await start();
  for (const seconds of [0, 10, 20, 30, 40, 50, 59]) expect(await at(seconds, fresh)).toMatchObject(unknown);
  expect(server.asked).toHaveLength(2);
});

test('a clock that is set back is not waited for', async () => {
  const { server, at } = await start();
  expect(await at(1800, old)).toMatchObject(verified);
  server.answer(answerJson(jwksOf(fresh)));
  expect(await at(0, fresh)).toMatchObject(verified);
});

test('many statements at once fetch once, whether they know the key or not', async () => {
  const { server, at } = await start();
  const many = (seconds: number, key: IssuerKey) =>
    Promise.all(Array.from({ length: 50 }, () => at(seconds, key)));
  for (const verdict of await many(0, old)) expect(verdict).toMatchObject(verified);
  expect(server.asked).toHaveLength(1);
  server.answer(answerJson(jwksOf(old, fresh)));
  for (const verdict of await many(30, fresh)) expect(verdict).toMatchObject(verified);
  expect(server.asked).toHaveLength(2);
  server.answer((response) => response.writeHead(500).end());
  const failures = await Promise.allSettled(Array.from({ length: 50 }, () => at(600 + 30, old)));
  expect(failures.every(({ status }) => status === 'rejected')).toBe(true);
  expect(server.asked).toHaveLength(3);
});

test('issuers with the same address do not wait for one another', async () => {
  const { server, verify } = await start();
  const issuers = ['https://a.example', 'https://b.example'].map((issuer) =>
    trusted({ issuer, jwksUri: server.jwksUri }),
  );
  for (const { issuer: iss } of issuers) {
    expect(await verify(await statementOf(old, { iss }), issuers, NOW, [])).toMatchObject(verified);
  }
  expect(server.asked).toHaveLength(2);
});

describe('while the issuer is down', () => {
  test.each<[what: string, answer: (response: ServerResponse, path: string) => void]>([
    ['hangs up', (response) => response.destroy()],
    ['is broken', (response) => response.writeHead(503).end('{"keys":[]}')],
    ['has nothing', (response) => response.writeHead(204).end()],
    ['sends a page', (response) => response.end('<!doctype html>')],
    ['sends no key set', (response) => response.end('{"keys":{}}')],
    ['sends half of it', (response) => response.end('{"keys":[')],
  ])('no statement is verified if the issuer %s', async (_, answer) => {
    const { server, at } = await start();
    server.answer(answer);
    await expect(at(0, old)).rejects.toMatchObject({
      ...unavailable,
      message: expect.stringContaining(
        "The keys of the trusted issuer 'https://vouch.example' cannot be fetched from its jwksUri. The ",
      ),
    });
  });

  test('an unreachable issuer is asked again after five seconds', async () => {
    const { server, at } = await start();
    server.answer((response) => response.writeHead(500).end());
    for (const seconds of [0, 1, 4.999]) await expect(at(seconds, old)).rejects.toMatchObject(unavailable);
    expect(server.asked).toHaveLength(1);
    server.answer(answerJson(jwksOf(old)));
    expect(await at(5, old)).toMatchObject(verified);
    expect(await at(6, old)).toMatchObject(verified);
    expect(server.asked).toHaveLength(2);
  });

  test('keys that are known serve on until they are old; of others nothing can be said', async () => {
    const { server, at } = await start();
    expect(await at(0, old)).toMatchObject(verified);
    await server.stop();
    await expect(at(30, fresh)).rejects.toMatchObject(unavailable);
    await expect(at(31, fresh)).rejects.toMatchObject(unavailable);
    expect(await at(599, old)).toMatchObject(verified);
    await expect(at(600, old)).rejects.toMatchObject(unavailable);
  });
});

test.each<[what: string, outcome: KeySetOutcome, keys: object]>([
  [
    'that may not be reached',
    { ok: false, reason: 'address', detail: 'The address is inside.' },
    { reason: 'address', detail: 'The address is inside.' },
  ],
  ['that sends no key set', { ok: true, body: { keys: {} } }, { reason: 'not-a-key-set' }],
  ['that sends nothing', { ok: true }, { reason: 'not-a-key-set' }],
])('the error for an issuer %s says why, and how long to wait', async (_, outcome, keys) => {
  const { verify } = createStatementVerifier({ fetch: { fetch: async () => outcome } });
  const issuers = [trusted({ jwksUri: 'https://vouch.example/jwks' })];
  await expect(verify(await statementOf(old), issuers, NOW, [])).rejects.toMatchObject({
    ...unavailable,
    keys: { owner: "the trusted issuer 'https://vouch.example'", ...keys },
  });
});

test('keys are fetched with a limit on their size, as a URL that an operator chose', async () => {
  const requests: KeySetRequest[] = [];
  const fetch: KeySetFetch = {
    fetch: async (request) => {
      requests.push(request);
      return { ok: true, body: jwksOf(old) };
    },
  };
  const url = 'https://vouch.example/jwks?v=2';
  const { verify } = createStatementVerifier({ fetch });
  expect(await verify(await statementOf(old), [trusted({ jwksUri: url })], NOW, [])).toMatchObject(verified);
  expect(requests).toEqual([{ url, accept: 'jwks', maxBytes: 65_536, chosenBy: 'operator' }]);
});

test('keys of a party are fetched as a URL of a stranger unless an operator chose it', async () => {
  const requests: KeySetRequest[] = [];
  const fetch: KeySetFetch = {
    fetch: async (request) => {
      requests.push(request);
      return { ok: true, body: jwksOf(old) };
    },
  };
  const { check } = createSignatureCheck({ fetch });
  const source = { owner: 'somebody', jwksUri: 'https://vouch.example/jwks' };
  for (const chosenBy of [undefined, 'operator'] as const) {
    const statement = await statementOf(old);
    const whose = { ...source, ...(chosenBy && { chosenBy }) };
    expect(await check(statement, { alg: 'ES256', kid: 'old' }, whose, NOW)).toBe('good');
  }
  expect(requests.map(({ chosenBy }) => chosenBy)).toEqual(['stranger', 'operator']);
});

test('keys at an address are not fetched without a fetch that is given', async () => {
  const { server } = await start();
  const { verify } = createStatementVerifier();
  const issuers = [trusted({ jwksUri: server.jwksUri })];
  await expect(verify(await statementOf(old), issuers, NOW, [])).rejects.toThrow(
    /Pass createGuardedFetch\(\)/,
  );
  expect(server.asked).toEqual([]);
});

import { beforeAll, describe, expect, test } from 'vitest';
import type { ServerResponse } from 'node:http';
import type { AssertionOptions } from '../src/index.ts';
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

async function start(options: AssertionOptions = {}) {
  const server = await startKeyServer(jwksOf(old));
  const { verify } = createStatementVerifier(options);
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
      message:
        "The keys of the trusted issuer 'https://vouch.example' cannot be fetched just now. Look at what its jwksUri answers.",
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
    server.stop();
    await expect(at(30, fresh)).rejects.toMatchObject(unavailable);
    await expect(at(31, fresh)).rejects.toMatchObject(unavailable);
    expect(await at(599, old)).toMatchObject(verified);
    await expect(at(600, old)).rejects.toMatchObject(unavailable);
  });
});

test('a redirect is not followed', async () => {
  const { server, at } = await start();
  server.answer((response, path) => {
    if (path === '/elsewhere') return answerJson(jwksOf(old))(response, path);
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  await expect(at(0, old)).rejects.toMatchObject(unavailable);
  expect(server.asked).toEqual(['/jwks']);
});

test('a response after a redirect is not trusted', async () => {
  const { server, at } = await start({ fetch: (url, init) => fetch(url, { ...init, redirect: 'follow' }) });
  server.answer((response, path) => {
    if (path === '/elsewhere') return answerJson(jwksOf(old))(response, path);
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  await expect(at(0, old)).rejects.toMatchObject(unavailable);
});

test('an answer without end is cut off', async () => {
  const { server, at } = await start();
  const closed = new Promise<void>((resolve) => {
    server.answer((response) => {
      response.on('close', resolve);
      const more = (): void => {
        while (response.write(' '.repeat(65_536)));
        response.once('drain', more);
      };
      more();
    });
  });
  await expect(at(0, old)).rejects.toMatchObject({
    ...unavailable,
    cause: { message: 'The answer has more than 131072 bytes.' },
  });
  await closed;
});

test('a large answer is read to the last key', async () => {
  const { server, at } = await start();
  const padded = (length: number): object => {
    const bare = JSON.stringify({ ...jwksOf(old), pad: '' }).length;
    return { ...jwksOf(old), pad: 'x'.repeat(length - bare) };
  };
  server.answer(answerJson(padded(131_073)));
  await expect(at(0, old)).rejects.toMatchObject(unavailable);
  server.answer(answerJson(padded(131_072)));
  expect(await at(5, old)).toMatchObject(verified);
});

test.each<[what: string, answer: (response: ServerResponse) => void]>([
  ['an answer that does not begin', () => {}],
  ['an answer that does not end', (response) => response.write('{"keys":[')],
])('%s is given up', async (_, answer) => {
  const { server, at } = await start({ timeout: 1 });
  const closed = new Promise<void>((resolve) => {
    server.answer((response) => {
      response.on('close', resolve);
      answer(response);
    });
  });
  await expect(at(0, old)).rejects.toMatchObject(unavailable);
  await closed;
});

test.each([
  'https://vouch.example/jwks?v=2',
  'http://localhost:8080/jwks',
  'http://127.0.0.1/jwks',
  'http://127.9.9.9/jwks',
  'http://[::1]:8080/jwks',
])('keys may be at %s, and are fetched as the operator says', async (jwksUri) => {
  const asked: string[] = [];
  const verifier = createStatementVerifier({
    fetch: async (url, { redirect, signal }) => {
      asked.push(url);
      expect([redirect, signal instanceof AbortSignal]).toEqual(['manual', true]);
      return Response.json(jwksOf(old));
    },
  });
  expect(await verifier.verify(await statementOf(old), [trusted({ jwksUri })], NOW, [])).toMatchObject(
    verified,
  );
  expect(asked).toEqual([jwksUri]);
});

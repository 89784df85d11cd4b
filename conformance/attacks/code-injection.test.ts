/**
 * Code injection: a stolen code is used in another session or by another client, so that the attacker gets its tokens.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.5 RFC 9700 §4.5}
 *
 * Taken out: packages/server/src/token/authorization-code-grant.ts: `challenge !== undefined && equalInConstantTime(challenge, codeChallenge)` → `challenge !== undefined`
 * Then fails: refuses a stolen code in another session
 * Taken out: packages/server/src/token/authorization-code-grant.ts: `grant.clientId !== client.id` → `false`
 * Then fails: refuses the code of another client although verifier and redirect URI match
 * Taken out: packages/server/src/token/authorization-code-grant.ts: `named !== code.redirectUri` → `false`
 * Then fails: accepts a code only with its redirect URI
 */
import { challengeOf } from '@vestibule/testing/pkce';
import { describe, expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { CALLBACK, newClient } from './support/client.ts';

const app = attackedApp();

const refused = { status: 400, body: { error: 'invalid_grant' } };

test('refuses a stolen code in another session', async () => {
  const client = await newClient(app());
  const stolen = await client.code();
  // The attacker began their own session at the same client, which therefore has another verifier.
  const verifier = 'the-verifier-of-the-session-of-the-attacker-0';
  const challenge = challengeOf(verifier);
  await client.code({ code_challenge: challenge });
  expect(await client.exchange(stolen, { code_verifier: verifier })).toMatchObject(refused);
});

test('consumes a code at the first wrong verifier', async () => {
  const client = await newClient(app());
  const stolen = await client.code();
  const wrong = { code_verifier: 'a-guess-that-is-long-enough-to-be-a-verifier' };
  expect(await client.exchange(stolen, wrong)).toMatchObject(refused);
  expect(await client.exchange(stolen)).toMatchObject(refused);
});

test('refuses the code of another client although verifier and redirect URI match', async () => {
  const [client, thief] = [await newClient(app()), await newClient(app())];
  expect(await thief.exchange(await client.code())).toMatchObject(refused);
});

describe('accepts a code only with its redirect URI', () => {
  const others = [
    'http://127.0.0.1:4712/cb',
    'http://127.0.0.1:4711/cb/',
    'http://127.0.0.1:4711/cb?',
    'http://127.0.0.1:4711/CB',
    'http://localhost:4711/cb',
    'http://127.0.0.1/cb',
    'https://app.example/cb',
    ' http://127.0.0.1:4711/cb',
  ];
  test.each(others)('refuses a code with %j', async (other) => {
    const redirectUris = [CALLBACK, 'http://localhost:4711/cb', 'https://app.example/cb'];
    const client = await newClient(app(), CALLBACK, { redirect_uris: redirectUris });
    expect(await client.exchange(await client.code(), { redirect_uri: other })).toMatchObject(refused);
  });
});

test('accepts a code only for its own API', async () => {
  const client = await newClient(app());
  const { status, body } = await client.exchange(await client.code(), { resource: 'https://mail.example' });
  expect([status, body.error]).toEqual([400, 'invalid_target']);
});

test('does not tell a thief who lacks the verifier what is wrong with a code', async () => {
  const [client, thief] = [await newClient(app()), await newClient(app())];
  const wrongs = [
    await thief.exchange(await client.code()),
    await client.exchange(await client.code(), { code_verifier: 'x'.repeat(43) }),
    await client.exchange(await client.code(), { code: 'no-such-code' }),
  ];
  const descriptions = wrongs.map(({ body }) => body.error_description);
  expect(new Set(descriptions).size).toBe(1);
});

/**
 * PKCE downgrade: the challenge is removed from the authorization request or weakened, so that a code can be used without
 * its verifier.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.8 RFC 9700 §4.8}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7636#section-7.2 RFC 7636 §7.2}
 *
 * Taken out: packages/server/src/authorization/decide-authorization.ts: `value('code_challenge_method') ?? 'plain'` → `'S256'`
 * Then fails: refuses a request with a weakened challenge
 * Taken out: packages/server/src/token/authorization-code-grant.ts: `CODE_VERIFIER.test(verifier) ? sha256(verifier) : undefined` → `sha256(verifier)`
 * Then fails: refuses a code with a wrong, missing or malformed verifier
 */
import { CHALLENGE, challengeOf, VERIFIER } from '@vestibule/testing/pkce';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { newClient } from './support/client.ts';

const app = attackedApp();

describe('refuses a request with a weakened challenge', () => {
  const requests: [string, Record<string, string>][] = [
    ['it is missing', { code_challenge: '' }],
    ['it is missing with its method', { code_challenge: '', code_challenge_method: '' }],
    ['it is plain', { code_challenge: VERIFIER, code_challenge_method: 'plain' }],
    ['it is a hash with the method plain', { code_challenge_method: 'plain' }],
    ['it has no method, which means plain', { code_challenge_method: '' }],
    ['it has a method in another case', { code_challenge_method: 's256' }],
    ['it has a method with a space', { code_challenge_method: 'S256 ' }],
    ['it has two methods', { code_challenge_method: 'S256 plain' }],
    ['it has an unknown method', { code_challenge_method: 'S512' }],
    ['it has the method none', { code_challenge_method: 'none' }],
    ['it is the verifier', { code_challenge: VERIFIER }],
    ['it is too short', { code_challenge: CHALLENGE.slice(1) }],
    ['it is too long', { code_challenge: `${CHALLENGE}A` }],
    ['it is padded', { code_challenge: `${CHALLENGE}=` }],
    ['it is base64 with another alphabet', { code_challenge: `${CHALLENGE.slice(2)}+/` }],
    ['it is in hexadecimal', { code_challenge: createHash('sha256').update(VERIFIER).digest('hex') }],
    ['it ends with a line break', { code_challenge: `${CHALLENGE}\n` }],
  ];
  test.each(requests)('%s', async (_, parameters) => {
    const client = await newClient(app());
    const response = await fetch(client.url(parameters), { redirect: 'manual' });
    const sentBack = new URL(response.headers.get('location') ?? '');
    expect(Object.fromEntries(sentBack.searchParams)).toMatchObject({ error: 'invalid_request' });
    expect(sentBack.searchParams.has('code')).toBe(false);
  });

  test('it is repeated', async () => {
    const client = await newClient(app());
    const url = client.url();
    url.searchParams.append('code_challenge', challengeOf('another'));
    const response = await fetch(url, { redirect: 'manual' });
    expect(response.headers.get('location')).toContain('error=invalid_request');
  });
});

describe('refuses a code with a wrong, missing or malformed verifier', () => {
  test.each([
    ['another verifier', 'another-verifier-that-is-long-enough-0123456'],
    ['the challenge itself, as for plain', CHALLENGE],
    ['the verifier in capitals', VERIFIER.toUpperCase()],
    ['the verifier with an additional character', `${VERIFIER}A`],
    ['the verifier without its last character', VERIFIER.slice(0, -1)],
    ['the verifier with a space', `${VERIFIER} `],
    ['the verifier with a NUL', `${VERIFIER}\u0000`],
    ['null as a word', 'null'],
  ])('%s', async (_, verifier) => {
    const client = await newClient(app());
    const { status, body } = await client.exchange(await client.code(), { code_verifier: verifier });
    expect([status, body.error]).toEqual([400, 'invalid_grant']);
  });

  test('no verifier', async () => {
    const client = await newClient(app());
    const { status, body } = await client.exchange(await client.code(), { code_verifier: '' });
    expect([status, body.error]).toEqual([400, 'invalid_request']);
  });

  test.each([
    ['one of 42 characters', 'x'.repeat(42)],
    ['one of 129 characters', 'x'.repeat(129)],
    ['one with an invalid character', `${'x'.repeat(43)}+`],
    ['one with non-ASCII characters', 'é'.repeat(43)],
  ])('%s, though its hash is the challenge', async (_, verifier) => {
    const client = await newClient(app());
    const code = await client.code({ code_challenge: challengeOf(verifier) });
    const { status, body } = await client.exchange(code, { code_verifier: verifier });
    expect([status, body.error]).toEqual([400, 'invalid_grant']);
  });
});

test('advertises no method that does not protect', async () => {
  const metadata = await (await fetch(`${app().issuer}/.well-known/oauth-authorization-server`)).json();
  expect(metadata.code_challenge_methods_supported).toEqual(['S256']);
});

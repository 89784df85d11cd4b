/**
 * Introspection of other APIs' tokens: an API, or an attacker with its credentials, asks about found tokens, to learn which
 * are valid, whose they are, and for what.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7662#section-4 RFC 7662 §2.1, §4}
 *
 * Taken out: packages/server/src/endpoints/introspect.ts: `!sameResource(standing.token.resource, authenticated.api.resource)` → `false`
 * Then fails: does not reveal to an API that a token for another API exists
 * Taken out: packages/server/src/client/authentication/authenticate-api.ts: `return isTheirs ?` → `return api !== undefined ?`
 * Then fails: refuses a request without valid API credentials
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { apiSecret, introspect } from './support/api.ts';
import { type AttackClient, newClient } from './support/client.ts';

const app = attackedApp();
const MAIL = 'https://mail.example';

let client: AttackClient;
let notes: readonly [string, string];
let mail: readonly [string, string];
beforeAll(async () => {
  client = await newClient(app());
  notes = ['notes', await apiSecret(app(), 'notes')];
  mail = ['mail', await apiSecret(app(), 'mail')];
});

const inactive = { status: 200, body: { active: false } };

test('reveals a token to its API', async () => {
  const { access_token: token } = await client.tokens();
  expect((await introspect(app(), notes, token)).body).toMatchObject({ active: true, client_id: client.id });
});

test('does not reveal to an API that a token for another API exists', async () => {
  const { access_token: token } = await client.tokens();
  expect(await introspect(app(), mail, token)).toEqual(inactive);
  const forMail = await client.exchange(await client.code({ resource: MAIL }), { resource: MAIL });
  expect(await introspect(app(), notes, forMail.body.access_token)).toEqual(inactive);
  expect(await introspect(app(), mail, 'nonsense')).toEqual(inactive);
});

describe('reveals nothing about other texts', () => {
  const texts: [string, () => Promise<string>][] = [
    ['a refresh token', async () => (await client.tokens()).refresh_token],
    ['a code', async () => (await client.code()).searchParams.get('code') ?? ''],
    ['a client_id', async () => client.id],
    ['its own secret', async () => notes[1]],
    ['a token with an additional character', async () => `${(await client.tokens()).access_token}A`],
    ['a token without its signature', async () => (await client.tokens()).access_token.replace(/[^.]*$/, '')],
    ['a pattern', async () => '%'],
    ['something long', async () => 'x'.repeat(30_000)],
  ];
  test.each(texts)('%s', async (_, text) => {
    expect(await introspect(app(), notes, await text())).toEqual(inactive);
  });
});

describe('refuses a request without valid API credentials', () => {
  const strangers: [string, () => readonly [string, string]][] = [
    ['a wrong secret', () => ['notes', 'a-guess']],
    ['no secret', () => ['notes', '']],
    ['the secret of another API', () => ['notes', mail[1]]],
    ['an unknown API', () => ['nothing', notes[1]]],
    ['the secret in capitals', () => ['notes', notes[1].toUpperCase()]],
    ['a client', () => [client.id, '']],
    ['a client with a secret', () => [client.id, notes[1]]],
    ['__proto__', () => ['__proto__', notes[1]]],
  ];
  test.each(strangers)('%s', async (_, credentials) => {
    const { access_token: token } = await client.tokens();
    const answer = await introspect(app(), credentials(), token);
    expect([answer.status, answer.body.error]).toEqual([401, 'invalid_client']);
  });

  test.each<[string, Record<string, string>, string]>([
    ['no credentials', {}, 'token=x'],
    ['the secret in the body', {}, 'client_id=notes&client_secret=x&token=x'],
    ['a bearer token', { authorization: 'Bearer x' }, 'token=x'],
  ])('%s', async (_, credentials, body) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...credentials };
    const response = await fetch(`${app().issuer}/connect/introspect`, { method: 'POST', headers, body });
    expect(response.status).toBe(401);
  });

  test('serves the revocation list to APIs only', async () => {
    for (const headers of [{}, { authorization: `Basic ${btoa('notes:x')}` }]) {
      const response = await fetch(`${app().issuer}/connect/revocations`, { headers });
      expect([401, 404]).toContain(response.status);
    }
  });
});

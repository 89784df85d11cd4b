/**
 * Revocation of other clients' tokens: a client ends the access of others, or learns from the response which tokens exist.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7009#section-2.1 RFC 7009 §2.1, §5}
 *
 * Taken out: packages/server/src/endpoints/revoke.ts: `if (grant.clientId !== request.client.id) return 'done';` → ``
 * Then fails: does not let a stranger revoke: a refresh token
 * Taken out: packages/server/src/endpoints/revoke.ts: `token?.clientId !== request.client.id` → `token === undefined`
 * Then fails: does not let a stranger revoke: an access token
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { apiSecret, introspect } from './support/api.ts';
import { newClient } from './support/client.ts';

const app = attackedApp();

let notes: readonly [string, string];
beforeAll(async () => {
  notes = ['notes', await apiSecret(app(), 'notes')];
});

async function revoke(fields: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(`${app().issuer}/connect/revoke`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(fields),
  });
  const { date: _date, ...answered } = Object.fromEntries(response.headers);
  return { status: response.status, headers: answered, text: await response.text() };
}

const KINDS = [
  ['a refresh token', 'refresh_token'],
  ['an access token', 'access_token'],
] as const;

describe.each(KINDS)('does not let a stranger revoke: %s', (_, kind) => {
  test.each(['', 'access_token', 'refresh_token', 'nonsense'])(
    'has no effect with the hint %j',
    async (hint) => {
      const [client, stranger] = [await newClient(app()), await newClient(app())];
      const tokens = await client.tokens();
      const fields = { token: tokens[kind], client_id: stranger.id, token_type_hint: hint };
      expect((await revoke(fields)).status).toBe(200);
      expect((await introspect(app(), notes, tokens.access_token)).body.active).toBe(true);
      expect((await client.refresh(tokens.refresh_token)).status).toBe(200);
    },
  );
});

test('responds alike to one’s own token, another’s and an unknown one', async () => {
  const [client, stranger] = [await newClient(app()), await newClient(app())];
  const [mine, theirs] = [await stranger.tokens(), await client.tokens()];
  const answers = [];
  for (const token of [
    mine.refresh_token,
    theirs.refresh_token,
    theirs.access_token,
    'none',
    '%',
    mine.refresh_token,
  ]) {
    answers.push(JSON.stringify(await revoke({ token, client_id: stranger.id })));
  }
  expect(new Set(answers).size).toBe(1);
});

describe('refuses a request without a valid client', () => {
  test.each<[string, Record<string, string>, Record<string, string>]>([
    ['no client', {}, {}],
    ['an unknown client', { client_id: 'nobody' }, {}],
    ['an API', {}, { authorization: `Basic ${btoa('notes:x')}` }],
    ['a client with a secret that it cannot have', { client_id: 'x', client_secret: 'y' }, {}],
  ])('%s', async (_, fields, headers) => {
    const client = await newClient(app());
    const { refresh_token: token } = await client.tokens();
    expect((await revoke({ token, ...fields }, headers)).status).toBe(401);
    expect((await client.refresh(token)).status).toBe(200);
  });

  test('a client that is named twice', async () => {
    const [client, stranger] = [await newClient(app()), await newClient(app())];
    const { refresh_token: token } = await client.tokens();
    const body = new URLSearchParams({ token, client_id: stranger.id });
    body.append('client_id', client.id);
    const response = await fetch(`${app().issuer}/connect/revoke`, { method: 'POST', body });
    expect(response.status).toBe(400);
    expect((await client.refresh(token)).status).toBe(200);
  });
});

/**
 * Code replay: a used code is presented again by an attacker who found it in a log, a history or a proxy.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-10.5 RFC 6749 §10.5, §4.1.2}
 *
 * Taken out: packages/server/src/endpoints/token.ts: `if (ends === undefined) return false;` → `if (true) return false;`
 * Then fails: ends the grant of a code that is presented again
 * Taken out: packages/server/src/token/authorization-code-grant.ts: `if (opened.clientId !== clientId) return denied(asMisused(invalidCode('unknown, expired or used')));` → ``
 * Then fails: does not end the grant for another client that presents a used code
 * Taken out: packages/server/src/token/authorization-code-grant.ts: `if (after(opened.createdAt, realm.settings.lifetimes.code + REPLAY_MARGIN) < now) return unknown;` → ``
 * Then fails: does not end the grant for an old code from the history of a browser
 */
import { describe, expect, test } from 'vitest';
import { OPEN_SEED } from '../support/app.ts';
import { token } from '@vestibule/testing/oauth';
import { attackedApp } from './support/attacked.ts';
import { newClient } from './support/client.ts';

/** How far the clock of the app is ahead, in milliseconds. */
let ahead = 0;
const app = attackedApp(OPEN_SEED, { clock: () => Date.now() + ahead });

const refused = { status: 400, body: { error: 'invalid_grant' } };

test('accepts a code once', async () => {
  const client = await newClient(app());
  const code = await client.code();
  expect((await client.exchange(code)).status).toBe(200);
  expect(await client.exchange(code)).toMatchObject(refused);
  expect(await client.exchange(code)).toMatchObject(refused);
});

test('ends the grant of a code that is presented again', async () => {
  const client = await newClient(app());
  const code = await client.code();
  const { body } = await client.exchange(code);
  const next = await client.refresh(body.refresh_token);
  await client.exchange(code);
  for (const held of [body.refresh_token, next.body.refresh_token]) {
    expect(await client.refresh(held)).toMatchObject(refused);
  }
});

test('does not end the grant for another client that presents a used code', async () => {
  const [client, thief] = [await newClient(app()), await newClient(app())];
  const code = await client.code();
  const { body } = await client.exchange(code);
  expect(await thief.exchange(code)).toMatchObject(refused);
  expect((await client.refresh(body.refresh_token)).status).toBe(200);
});

test('does not end the grant for an old code from the history of a browser', async () => {
  const client = await newClient(app());
  const code = await client.code();
  const { body } = await client.exchange(code);
  ahead += 121_000;
  expect(await client.exchange(code)).toMatchObject(refused);
  expect((await client.refresh(body.refresh_token)).status).toBe(200);
});

test('returns no second code from the same page', async () => {
  const client = await newClient(app());
  const code = await client.code();
  expect((await client.exchange(code)).status).toBe(200);
  const again = await client.code();
  expect(again.searchParams.get('code')).not.toBe(code.searchParams.get('code'));
});

describe('refuses a text that resembles a code, without consuming the code', () => {
  const changes: [string, (code: string) => string][] = [
    ['it is longer', (code) => `${code}A`],
    ['it is shorter', (code) => code.slice(0, -1)],
    ['it has a trailing space', (code) => `${code} `],
    ['it has another character', (code) => (code.startsWith('A') ? 'B' : 'A') + code.slice(1)],
    ['it is in capitals', (code) => code.toUpperCase()],
    ['it is padded', (code) => `${code}=`],
    ['it has a trailing NUL', (code) => `${code}\u0000`],
  ];
  test.each(changes)('%s', async (_, change) => {
    const client = await newClient(app());
    const arrived = await client.code();
    const code = change(arrived.searchParams.get('code') ?? '');
    expect(await client.exchange(arrived, { code })).toMatchObject(refused);
    expect((await client.exchange(arrived)).status).toBe(200);
  });
});

test('does not accept a refresh token as a code, nor a code as a refresh token', async () => {
  const client = await newClient(app());
  const { refresh_token: refreshToken } = await client.tokens();
  const arrived = await client.code();
  expect(await client.exchange(arrived, { code: refreshToken })).toMatchObject(refused);
  const asRefresh = { grant_type: 'refresh_token', refresh_token: arrived.searchParams.get('code') ?? '' };
  expect(await token(app(), { ...asRefresh, client_id: client.id })).toMatchObject(refused);
  expect((await client.exchange(arrived)).status).toBe(200);
});

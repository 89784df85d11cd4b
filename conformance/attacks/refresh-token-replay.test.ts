/**
 * A replayed refresh token: a used or ended one is presented again by an attacker who copied it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2 RFC 9700 §4.14.2}
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-10.4 RFC 6749 §10.4}
 *
 * Taken out: packages/server/src/endpoints/token.ts: `if (ends === undefined) return false;` → `if (true) return false;`
 * Then fails: ends the family of a token that is presented after the grace period
 * Taken out: packages/sqlite/src/stores/grant/token-family.ts: `return { outcome: 'replayed' };` → `return { outcome: 'invalid' };`
 * Then fails: ends the family of a very old token
 * Taken out: packages/server/src/grant/refresh-token.ts: `/^([\w-]{43})\.[\w-]{43}$/` → `/^([^.]+)\./`
 * Then fails: it is longer
 * Taken out: packages/server/src/token/refresh-token-grant.ts: `grant.clientId !== client.id` → `false`
 * Then fails: refuses the token of another client without consuming it
 */
import { describe, expect, test } from 'vitest';
import { token } from '@vestibule/testing/oauth';
import { attackedApp } from './support/attacked.ts';
import { newClient } from './support/client.ts';

let now = Date.now();
const app = attackedApp(undefined, { clock: () => now });

const pass = (seconds: number): void => void (now += seconds * 1_000);
const refused = { status: 400, body: { error: 'invalid_grant' } };

test('ends the family of a token that is presented after the grace period', async () => {
  const client = await newClient(app());
  const { refresh_token: first } = await client.tokens();
  const { body: second } = await client.refresh(first);
  const { body: third } = await client.refresh(second.refresh_token);
  pass(21);
  expect(await client.refresh(first)).toMatchObject(refused);
  expect(await client.refresh(third.refresh_token)).toMatchObject(refused);
});

test('ends the family of a very old token', async () => {
  const client = await newClient(app());
  const { refresh_token: first } = await client.tokens();
  let newest = first;
  for (let round = 0; round < 5; round += 1) {
    newest = (await client.refresh(newest)).body.refresh_token;
    pass(60);
  }
  expect(await client.refresh(first)).toMatchObject(refused);
  expect(await client.refresh(newest)).toMatchObject(refused);
});

test('records whose token was stolen', async () => {
  const client = await newClient(app());
  const { refresh_token: first } = await client.tokens();
  const { body: second } = await client.refresh(first);
  await client.refresh(second.refresh_token);
  pass(21);
  await client.refresh(first);
  const { items } = await app().stores.audit.list(app().realm.id, { limit: 1_000 });
  expect(items).toContainEqual(
    expect.objectContaining({ type: 'grant.ended', clientId: client.id, reason: 'refresh-token-replayed' }),
  );
});

test('refuses the token of another client without consuming it', async () => {
  const [client, thief] = [await newClient(app()), await newClient(app())];
  const { refresh_token: first } = await client.tokens();
  expect(await thief.refresh(first)).toMatchObject(refused);
  expect((await client.refresh(first)).status).toBe(200);
});

describe('refuses a text that resembles a token', () => {
  const changes: [string, (token: string) => string][] = [
    ['it is longer', (held) => `${held}A`],
    ['it is shorter', (held) => held.slice(1)],
    ['it is in capitals', (held) => held.toUpperCase()],
    ['it has a space', (held) => ` ${held}`],
    ['it is padded', (held) => `${held}=`],
    ['it has a NUL', (held) => `${held}\u0000`],
    ['it is a pattern', () => '%'],
    ['it is a word of SQL', () => `' OR 1=1 --`],
  ];
  test.each(changes)('%s', async (_, change) => {
    const client = await newClient(app());
    const { refresh_token: held } = await client.tokens();
    expect(await client.refresh(change(held))).toMatchObject(refused);
    expect((await client.refresh(held)).status).toBe(200);
  });
});

test('refuses a token that was not used for long', async () => {
  const client = await newClient(app());
  const { refresh_token: held } = await client.tokens();
  pass(604_800);
  expect(await client.refresh(held)).toMatchObject(refused);
});

test('refuses an access token as a refresh token', async () => {
  const client = await newClient(app());
  const { access_token: access } = await client.tokens();
  expect(await client.refresh(access)).toMatchObject(refused);
});

test('grants no more than before at a refresh', async () => {
  const client = await newClient(app());
  const { body } = await client.exchange(await client.code({ scope: 'notes:read' }));
  const more = { scope: 'notes:read notes:admin mcp:write' };
  const { body: refreshed } = await client.refresh(body.refresh_token, more);
  expect(refreshed.scope).toBe('notes:read');
  expect((await client.refresh(refreshed.refresh_token, { scope: 'mcp:write' })).body.error).toBe(
    'invalid_scope',
  );
});

test('refuses another API at a refresh', async () => {
  const client = await newClient(app());
  const { refresh_token: held } = await client.tokens();
  expect((await client.refresh(held, { resource: 'https://mail.example' })).body.error).toBe(
    'invalid_target',
  );
});

test('refuses a token without its client', async () => {
  const client = await newClient(app());
  const { refresh_token: held } = await client.tokens();
  const alone = { grant_type: 'refresh_token', refresh_token: held };
  expect(await token(app(), alone)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
});

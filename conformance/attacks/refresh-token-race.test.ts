/**
 * A refresh race: concurrent requests use one refresh token, to get a family each.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2 RFC 9700 §4.14.2}
 *
 * Taken out: packages/sqlite/src/stores/grant/grant-statements.ts: `AND token_hash = ? AND` → `AND ? <> '' AND`
 * Then fails: returns one successor to forty concurrent requests
 */
import { expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { newClient } from './support/client.ts';

const app = attackedApp();

test('returns one successor to forty concurrent requests', async () => {
  const client = await newClient(app());
  const { refresh_token: first } = await client.tokens();
  const answers = await Promise.all(Array.from({ length: 40 }, () => client.refresh(first)));
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.refresh_token}`)).size).toBe(1);
});

test('returns the same tokens to concurrent requests with a token and its predecessor', async () => {
  const client = await newClient(app());
  const { refresh_token: first } = await client.tokens();
  const { body: second } = await client.refresh(first);
  // Current and outdated tokens, concurrently.
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => client.refresh(index % 2 === 0 ? first : second.refresh_token)),
  );
  const held = new Set(answers.flatMap(({ body }) => body.refresh_token ?? []));
  held.delete(second.refresh_token);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(held.size).toBe(1);
  for (const token of held) {
    const { body: fourth } = await client.refresh(token);
    expect((await client.refresh(fourth.refresh_token)).status).toBe(200);
    // Now it is behind all stored tokens.
    expect((await client.refresh(first)).body.error).toBe('invalid_grant');
    expect((await client.refresh(fourth.refresh_token)).body.error).toBe('invalid_grant');
  }
});

test('leaves one grant or none after a concurrent exchange and replay of one code', async () => {
  const client = await newClient(app());
  const code = await client.code();
  const answers = await Promise.all(Array.from({ length: 20 }, () => client.exchange(code)));
  expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
});

/**
 * A code that outlives its permission: a person approves, thinks better of it and ends the app's access, and the app
 * exchanges the code that it has kept.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7009#section-1 RFC 7009 §1}
 *
 * Taken out: packages/sqlite/src/stores/grant/grant-statements.ts: `AND client_id = ? AND subject = ? AND ended_at IS NULL` → `AND client_id = ? AND subject = ? AND ended_at IS NULL AND opened_at IS NOT NULL`
 * Then fails: a code is worth nothing once the person has ended the access
 */
import { expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { newClient } from './support/client.ts';

const app = attackedApp();
const refused = { status: 400, body: { error: 'invalid_grant' } };

test('a code is worth nothing once the person has ended the access', async () => {
  const client = await newClient(app());
  const { access_token: token } = await client.tokens();
  const code = await client.code();
  const { stores, realm } = app();
  const [, payload = ''] = token.split('.');
  const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString());
  expect(await stores.grants.endOf(realm.id, sub, client.id, Date.now())).toHaveLength(2);
  expect(await client.exchange(code)).toMatchObject(refused);
});

/**
 * A code that outlives its grant: a person approves and ends the app's access, and the app exchanges the code later.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7009#section-1 RFC 7009 §1}
 *
 * Taken out: packages/sqlite/src/stores/grant/grant-statements.ts: `subject = ? AND ended_at IS NULL AND expires_at > ? RETURNING id` → `subject = ? AND ended_at IS NULL AND opened_at IS NOT NULL AND expires_at > ? RETURNING id`
 * Then fails: refuses a code after the person has ended the access
 * Taken out: packages/sqlite/src/stores/grant/grant-statements.ts: `WHERE realm = ? AND subject = ? AND ended_at IS NULL` → `WHERE realm = ? AND subject = ? AND ended_at IS NULL AND opened_at IS NOT NULL`
 * Then fails: lists an app that was just approved, and can end its access
 */
import { expect, test } from 'vitest';
import { authorizeUrl, exchange, register } from '@vestibule/testing/oauth';
import { attackedApp } from './support/attacked.ts';
import { filledIn, formOf, handedBack, newBrowser } from '@vestibule/testing/browser';
import { CALLBACK, newClient } from './support/client.ts';

const app = attackedApp();
const refused = { status: 400, body: { error: 'invalid_grant' } };

test('refuses a code after the person has ended the access', async () => {
  const client = await newClient(app());
  const { access_token: token } = await client.tokens();
  const code = await client.code();
  const { stores, realm } = app();
  const [, payload = ''] = token.split('.');
  const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString());
  expect(await stores.grants.endOf(realm.id, sub, client.id, Date.now())).toHaveLength(2);
  expect(await client.exchange(code)).toMatchObject(refused);
});

test('lists an app that was just approved, and can end its access', async () => {
  const { body } = await register(app(), { redirect_uris: [CALLBACK], client_name: 'Just approved' });
  const browser = newBrowser();
  const url = authorizeUrl(app(), body.client_id, { redirect_uri: CALLBACK });
  const arrived = handedBack(await browser.decide(await browser.signIn(await browser.open(url)), 'approve'));
  if (arrived === undefined) throw new Error('Nothing was approved.');
  const apps = await browser.signIn(await browser.open(`${app().issuer}/connect/apps`));
  const entry = apps.page.querySelectorAll('section').find(({ text }) => text.includes('Just approved'));
  if (entry === undefined) throw new Error('The app is not listed.');
  const form = formOf({ ...apps, page: entry });
  const ended = await browser.post(form.action, filledIn(form, {}));
  expect(ended.page.querySelectorAll('section').map(({ text }) => text)).not.toContain(entry.text);
  expect(await exchange(app(), body.client_id, CALLBACK, arrived)).toMatchObject(refused);
});

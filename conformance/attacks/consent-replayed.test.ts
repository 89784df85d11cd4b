/**
 * A replayed consent form: an approval is posted again later, by another person or for another request, to get what was not
 * approved.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-10.12 RFC 6749 §10.12}
 *
 * Taken out: packages/server/src/consent/consent-token.ts: `JSON.stringify([contents, document?.identity])` → `JSON.stringify([{ ...contents, person: undefined }, document?.identity])`
 * Then fails: refuses a form that was displayed to another person
 * Taken out: packages/server/src/consent/decide-consent.ts: `if (decision !== undefined) return { kind: 'hand-back', decision };` → ``
 * Taken out: packages/sqlite/src/stores/interaction-writes.ts: `AND decision IS NULL` → ``
 * Then fails: returns the same code for a repeated approval
 */
import { expect, test } from 'vitest';
import { HOSTED, OPEN_SEED } from '../support/app.ts';
import { attackedApp } from './support/attacked.ts';
import { filledIn, formOf, handedBack, newBrowser } from '@vestibule/testing/browser';
import { newClient } from './support/client.ts';

const EVE = { username: 'eve', password: 'another horse' };
const SEED = { ...OPEN_SEED, people: [...(OPEN_SEED.people ?? []), { name: 'Eve', ...EVE }] };
// A host where a browser has one session.
const app = attackedApp(SEED, { issuer: HOSTED });

test('returns the same code for a repeated approval', async () => {
  const [client, browser] = [await newClient(app()), newBrowser()];
  const form = formOf(await browser.signIn(await browser.open(client.url())));
  const codes = new Set<string | null | undefined>();
  for (let time = 0; time < 3; time += 1) {
    const shown = await browser.post(form.action, filledIn(form, { decision: 'approve' }));
    codes.add(handedBack(shown)?.searchParams.get('code'));
  }
  expect(codes.size).toBe(1);
  const { items } = await app().stores.audit.list(app().realm.id, { limit: 10_000 });
  const approvals = items.filter(
    (event) => event.type === 'consent.approved' && event.clientId === client.id,
  );
  expect(approvals).toHaveLength(1);
});

test('issues no new code for a repeated approval whose code was used', async () => {
  const [client, browser] = [await newClient(app()), newBrowser()];
  const form = formOf(await browser.signIn(await browser.open(client.url())));
  const approved = handedBack(await browser.post(form.action, filledIn(form, { decision: 'approve' })));
  expect((await client.exchange(approved ?? new URL(client.callback))).status).toBe(200);
  const again = handedBack(await browser.post(form.action, filledIn(form, { decision: 'approve' })));
  expect(again?.searchParams.get('code')).toBe(approved?.searchParams.get('code'));
  expect((await client.exchange(again ?? new URL(client.callback))).body.error).toBe('invalid_grant');
});

test('refuses a form that was displayed to another person', async () => {
  const [client, browser] = [await newClient(app()), newBrowser()];
  const adas = formOf(await browser.signIn(await browser.open(client.url())));
  const signIn = await browser.open(
    `${app().issuer}/connect/sign-in?transaction=${adas.fields['transaction']}`,
  );
  await browser.signIn(signIn, EVE);
  const shown = await browser.post(adas.action, filledIn(adas, { decision: 'approve' }));
  expect([shown.status, shown.text.includes('Eve')]).toEqual([409, true]);
});

test('refuses the form of another client', async () => {
  const [one, other, browser] = [await newClient(app()), await newClient(app()), newBrowser()];
  const { fields } = formOf(await browser.signIn(await browser.open(one.url())));
  const { action, fields: others } = formOf(await browser.open(other.url()));
  const mixed = { transaction: others['transaction'] ?? '', csrf: fields['csrf'] ?? '', decision: 'approve' };
  expect((await browser.post(action, mixed)).status).toBe(409);
});

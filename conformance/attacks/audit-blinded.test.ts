/**
 * Hiding events in the audit log: worthless requests use up the budget of an address, and later events are not recorded.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/778.html CWE-778}
 * @see {@link https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html#attacks-on-logs}
 *
 * Taken out: packages/core/src/audit/bounded-log.ts: `${budgetOf(event)}` → `all`
 * Taken out: packages/core/src/audit/bounded-log.ts: `value === 'telling' ? perAddressPerHour :` → `false ? perAddressPerHour :`
 * Then fails: records wrong passwords after a thousand worthless requests
 * Taken out: packages/core/src/audit/bounded-log.ts: `left.add(event);` → ``
 * Then fails: counts omitted events by type
 * Taken out: packages/core/src/audit/bounded-log.ts: `onOmitted?.(event);` → ``
 * Then fails: writes each worthless request to the log of the process
 */
import type { AuditEvent } from '@vestibule/core/audit';
import { beforeAll, expect, test } from 'vitest';
import { OPEN_SEED } from '../support/app.ts';
import { register } from '@vestibule/testing/oauth';
import { attackedApp } from './support/attacked.ts';
import { newBrowser } from '@vestibule/testing/browser';
import { newClient } from './support/client.ts';

const logged: AuditEvent[] = [];
const app = attackedApp(OPEN_SEED, { onEvent: (event) => void logged.push(event) });
const WORTHLESS = 1_100;

const events = async () => (await app().stores.audit.list(app().realm.id, { limit: 10_000 })).items;

beforeAll(async () => {
  const client = await newClient(app());
  for (let sent = 0; sent < WORTHLESS; sent += 25) {
    await Promise.all(Array.from({ length: 25 }, () => register(app(), { redirect_uris: [] })));
  }
  const browser = newBrowser();
  await browser.signIn(await browser.open(client.url()), { username: 'ada', password: 'wrong' });
});

test('records wrong passwords after a thousand worthless requests', async () => {
  expect(await events()).toContainEqual(expect.objectContaining({ type: 'sign-in.failed', username: 'ada' }));
});

test('writes each worthless request to the log of the process', () => {
  expect(logged.filter(({ type }) => type === 'registration.refused')).toHaveLength(WORTHLESS);
});

test('counts omitted events by type', async () => {
  const kept = (await events()).filter(({ type }) => type === 'registration.refused').length;
  await app().stop();
  const omitted = logged.flatMap((event) => (event.type === 'audit.omitted' ? [event.omitted] : []));
  const refused = omitted.reduce((sum, counts) => sum + (counts['registration.refused'] ?? 0), 0);
  expect(kept).toBe(250);
  expect(kept + refused).toBe(WORTHLESS);
});

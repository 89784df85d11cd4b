/**
 * Names that are costly to normalize: Unicode normalization sorts the marks on a letter in a time that grows with the square
 * of their number, so one request with twenty thousand of them blocks the process for a second.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/407.html CWE-407}
 * @see {@link https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format UAX #15 §13}
 *
 * Taken out: packages/core/src/brand/clean-name.ts: `name.slice(0, MAX_RAW_LENGTH)` → `name`
 * Then fails: does not normalize long names in a registration
 * Taken out: packages/core/src/identifiers/username.ts: `username.slice(0, MAX_USERNAME_LENGTH)` → `username`
 * Taken out: packages/server/src/sign-in/passwords.ts: `length > 0 && length <= MAX_CREDENTIAL_LENGTH` → `length > 0`
 * Then fails: does not normalize long usernames
 */
import { cite } from '@vestibule/requirements';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ADA } from '../support/app.ts';
import { register } from '@vestibule/testing/oauth';
import { attackedApp } from './support/attacked.ts';
import { newBrowser } from '@vestibule/testing/browser';
import { CALLBACK, newClient } from './support/client.ts';

const app = attackedApp();

/** Marks of two classes in the wrong order: every one of the second has to move before every one of the first. */
const marks = (count: number): string => `a${'\u0345'.repeat(count / 2)}${'\u0334'.repeat(count / 2)}`;

/** The lengths of all texts that are normalized. The work for each grows with the square of it. */
let lengths: number[];

beforeEach(() => {
  lengths = [];
  const { normalize } = String.prototype;
  vi.spyOn(String.prototype, 'normalize').mockImplementation(function counted(this: string, form?: string) {
    lengths.push(this.length);
    return normalize.call(this, form);
  });
});

afterEach(() => {
  vi.restoreAllMocks();
});

const longest = (): number => Math.max(0, ...lengths);

test(cite('does not normalize long names in a registration', 'vestibule:texts:cut-first'), async () => {
  const names = Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [`client_name#fr-x-${index}`, marks(1_000)]),
  );
  const { status } = await register(app(), {
    redirect_uris: [CALLBACK],
    client_name: marks(10_000),
    ...names,
  });
  expect(status).toBe(201);
  expect(lengths.length).toBeGreaterThan(10);
  expect(longest()).toBeLessThanOrEqual(1_024);
});

test(cite('does not normalize long usernames', 'vestibule:texts:cut-first'), async () => {
  const client = await newClient(app());
  const browser = newBrowser();
  // A short username is normalized, so the long one would be seen.
  await browser.signIn(await browser.open(client.url()), { ...ADA, username: marks(10) });
  expect(lengths.length).toBeGreaterThan(0);
  const shown = await browser.signIn(await browser.open(client.url()), { ...ADA, username: marks(10_000) });
  expect(shown.status).not.toBe(200);
  expect(longest()).toBeLessThanOrEqual(1_024);
});

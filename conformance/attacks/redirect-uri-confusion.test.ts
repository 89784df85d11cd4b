/**
 * Redirect URI confusion: a string that the server treats as a registered redirect URI, and the browser as another
 * destination.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.1 RFC 9700 §4.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-7 RFC 8252 §7, §8.4}
 *
 * Taken out: packages/core/src/redirect-uri/parse-redirect-uri.ts: `!hasOnlyUriCharacters(raw)` → `false`
 * Then fails: refuses to register a URI that browsers read differently
 * Taken out: packages/core/src/redirect-uri/parse-redirect-uri.ts: `[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*` → `[A-Za-z0-9._-]+`
 * Then fails: refuses a host that an operator refuses with a trailing dot, too
 * Taken out: packages/core/src/redirect-uri/match-redirect-uri.ts: `registered === requested` → `registered.toLowerCase() === requested.toLowerCase()`
 * Then fails: displays an error page for an unregistered URI
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { register } from '@vestibule/testing/oauth';
import { HOSTED, OPEN_SEED } from '../support/app.ts';
import { attackedApp } from './support/attacked.ts';
import { type Browser, newBrowser } from '@vestibule/testing/browser';
import { type AttackClient, newClient } from './support/client.ts';
import { LURES, type Lure, REGISTERED } from './tables/redirect-uris.ts';

// A host where a browser has one session.
const app = attackedApp(OPEN_SEED, { issuer: HOSTED });

let victim: AttackClient;
let signedIn: Browser;
beforeAll(async () => {
  const [callback] = REGISTERED;
  victim = await newClient(app(), callback, { redirect_uris: REGISTERED });
  signedIn = newBrowser();
  await signedIn.signIn(await signedIn.open(victim.url()));
});

const named = (lures: readonly Lure[]): [string, string, Lure][] =>
  lures.map((lure) => [lure.trick, JSON.stringify(lure.uri), lure]);

test('tests at least three hundred different URIs', () => {
  expect(LURES.length).toBeGreaterThanOrEqual(300);
  expect(new Set(LURES.map(({ uri }) => uri)).size).toBe(LURES.length);
});

test.each(REGISTERED)('accepts a registered URI: %s', async (redirect_uri) => {
  const shown = await signedIn.open(victim.url({ redirect_uri }));
  expect([shown.status, shown.away]).toEqual([200, undefined]);
});

describe('displays an error page for an unregistered URI', () => {
  test.each(named(LURES))('%s: %s', async (_trick, _text, { uri }) => {
    const url = victim.url();
    url.searchParams.set('redirect_uri', uri);
    const shown = await signedIn.open(url);
    expect([shown.status, shown.away]).toEqual([400, undefined]);
    expect(shown.page.querySelectorAll('a, form, meta[http-equiv]')).toEqual([]);
  });
});

describe('refuses to register a URI that browsers read differently', () => {
  test.each(named(LURES.filter(({ registrable }) => !registrable)))(
    '%s: %s',
    async (_trick, _text, { uri }) => {
      const { status, body } = await register(app(), { redirect_uris: [uri] });
      expect([status, body.error]).toEqual([400, 'invalid_redirect_uri']);
    },
  );
});

describe('displays the host that a browser goes to', () => {
  test.each(named(LURES.filter(({ registrable }) => registrable)))(
    '%s: %s',
    async (_trick, _text, { uri }) => {
      const client = await newClient(app(), uri);
      const { page } = await signedIn.open(client.url());
      const { protocol, host, hostname } = new URL(uri);
      const real = { 'https:': host, 'http:': hostname }[protocol] ?? `${protocol}${host && '//'}${host}`;
      // The website of a document is a place on the page, too; the destination comes last.
      expect(page.querySelectorAll('.destination').at(-1)?.text.toLowerCase()).toBe(real.toLowerCase());
    },
  );
});

test('refuses a host that an operator refuses with a trailing dot, too', async () => {
  await app().change(({ settings, ...realm }) => ({
    ...realm,
    settings: {
      ...settings,
      registration: { ...settings.registration, refusedRedirectHosts: ['bad.example'] },
    },
  }));
  for (const uri of ['https://bad.example/cb', 'https://bad.example./cb', 'https://BAD.example:443/cb']) {
    const { status, body } = await register(app(), { redirect_uris: [uri] });
    expect([uri, status, body.error]).toEqual([uri, 400, 'invalid_redirect_uri']);
  }
});

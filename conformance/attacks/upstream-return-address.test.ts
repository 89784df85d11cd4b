/**
 * Open redirect through the sign-in at an identity provider: a parameter of the return address, or a forged `Host`, names where the browser
 * goes after the sign-in, or where the provider sends the code.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.11 RFC 9700 §4.11}
 * @see {@link https://cwe.mitre.org/data/definitions/601.html CWE-601}
 *
 * Taken out: packages/server/src/sign-in/sign-in-for-interaction.ts: `return seeOther(interactionPage(issuer, 'consent', onward.id),` → `return seeOther(new URL(request.url).searchParams.get('return_to') ?? interactionPage(issuer, 'consent', onward.id),`
 * Then fails: stays on this server after the sign-in
 */
import { asksForConsent, newBrowser } from '@vestibule/testing/browser';
import { describe, expect, test } from 'vitest';
import { startUpstream } from './support/upstream.ts';

const EVIL = 'https://evil.example/';

describe('stays on this server after the sign-in', () => {
  test.each(['return_to', 'redirect_uri', 'next', 'location', 'RelayState', 'post_logout_redirect_uri'])(
    'whatever %s in the return address says',
    async (name) => {
      const { begin, provider } = await startUpstream();
      const browser = newBrowser();
      const callback = await provider.signIn(await begin(browser));
      callback.searchParams.set(name, EVIL);
      const shown = await browser.open(callback);
      expect([shown.away, asksForConsent(shown)]).toEqual([undefined, true]);
    },
  );
});

describe('gives the provider one return address', () => {
  const parameters: Record<string, string>[] = [
    { return_to: EVIL },
    { login_hint: `ada&redirect_uri=${EVIL}` },
    { ui_locales: `en redirect_uri=${EVIL}` },
    { login_hint: 'x'.repeat(2_000) },
  ];
  test.each(parameters)('for the authorization request %j', async (more) => {
    const { client, app } = await startUpstream();
    const { away } = await newBrowser().open(client.url(more));
    expect(away?.searchParams.getAll('redirect_uri')).toEqual([`${app.issuer}/connect/sign-in/return`]);
    expect([...(away?.searchParams.keys() ?? [])].toSorted()).not.toContain('return_to');
    expect(away?.href.length).toBeLessThan(2_000);
  });
});

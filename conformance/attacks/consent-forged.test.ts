/**
 * A forged consent form: an attacker's page posts an approval with the browser of a signed-in person.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-10.12 RFC 6749 §10.12}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.7 RFC 9700 §4.7}
 *
 * Taken out: packages/server/src/endpoints/consent.ts: `if (verdict === 'stale') return` → `if (false) return`
 * Then fails: ignores a consent form without the token of its page
 * Taken out: packages/server/src/consent/consent-token.ts: `purpose: `consent:${JSON.stringify([contents, document?.identity])}`,` → `purpose: 'consent',`
 * Then fails: refuses a form that was filled in before its page changed
 */
import { describe, expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { asksForConsent, filledIn, formOf, handedBack, newBrowser } from '@vestibule/testing/browser';
import { newClient } from './support/client.ts';

const app = attackedApp();

async function atConsent(parameters: Record<string, string> = {}) {
  const [client, browser] = [await newClient(app()), newBrowser()];
  const shown = await browser.signIn(await browser.open(client.url(parameters)));
  expect(asksForConsent(shown)).toBe(true);
  return { client, browser, shown, form: formOf(shown) };
}

describe('ignores a consent form without the token of its page', () => {
  const forgeries: [string, (csrf: string) => Record<string, string>][] = [
    ['none', () => ({})],
    ['an empty one', () => ({ csrf: '' })],
    ['an invented one', () => ({ csrf: 'A'.repeat(43) })],
    [
      'one with another character',
      (csrf) => ({ csrf: `${csrf.slice(0, -1)}${csrf.endsWith('A') ? 'B' : 'A'}` }),
    ],
    ['one that is too long', (csrf) => ({ csrf: `${csrf}A` })],
    ['one that is too short', (csrf) => ({ csrf: csrf.slice(1) })],
    ['one in capitals', (csrf) => ({ csrf: csrf.toUpperCase() })],
    ['one under another name', (csrf) => ({ token: csrf, _csrf: csrf })],
  ];
  test.each(forgeries)('%s', async (_, forge) => {
    const { browser, form } = await atConsent();
    const { transaction = '', csrf = '' } = form.fields;
    const shown = await browser.post(form.action, { transaction, decision: 'approve', ...forge(csrf) });
    expect([shown.status, asksForConsent(shown)]).toEqual([409, true]);
    // The browser's own interaction is still undecided.
    expect(handedBack(await browser.decide(shown, 'deny'))?.searchParams.get('error')).toBe('access_denied');
  });

  test('refuses the token of another interaction of the same browser', async () => {
    const { client, browser, form } = await atConsent();
    const other = formOf(await browser.open(client.url({ state: 'two' })));
    const { csrf = '' } = other.fields;
    const shown = await browser.post(form.action, filledIn(form, { csrf, decision: 'approve' }));
    expect(shown.status).toBe(409);
  });

  test('refuses the token of the sign-in page of the same interaction', async () => {
    const [client, browser] = [await newClient(app()), newBrowser()];
    const signIn = await browser.open(client.url());
    const { csrf = '' } = formOf(signIn).fields;
    const form = formOf(await browser.signIn(signIn));
    expect((await browser.post(form.action, filledIn(form, { csrf, decision: 'approve' }))).status).toBe(409);
  });
});

test('ignores an approval in a URL', async () => {
  const { browser, form } = await atConsent();
  const query = filledIn(form, { decision: 'approve' });
  expect(asksForConsent(await browser.open(`${form.action}?${query}`))).toBe(true);
});

describe('refuses a form that was filled in before its page changed', () => {
  test('the description of a scope changes', async () => {
    const { browser, form } = await atConsent({ scope: 'mcp:read' });
    await app().change((realm) => ({
      ...realm,
      scopes: realm.scopes.map((scope) =>
        scope.name === 'mcp:read' ? { ...scope, description: 'Read, and tell everybody' } : scope,
      ),
    }));
    const shown = await browser.post(form.action, filledIn(form, { decision: 'approve' }));
    expect([shown.status, shown.text.includes('tell everybody')]).toEqual([409, true]);
  });
});

describe('treats everything except an approval as a denial', () => {
  test.each(['', 'Approve', 'approve ', 'APPROVE', 'yes', 'true', '1', 'deny', 'approve,deny'])(
    'decision=%j',
    async (decision) => {
      const { browser, form } = await atConsent();
      const shown = await browser.post(form.action, filledIn(form, { decision }));
      expect(handedBack(shown)?.searchParams.get('error')).toBe('access_denied');
    },
  );

  test('a denial followed by an approval', async () => {
    const { browser, form } = await atConsent();
    const fields = filledIn(form, { decision: 'deny' });
    fields.append('decision', 'approve');
    const shown = await browser.post(form.action, fields);
    expect(handedBack(shown)?.searchParams.get('error')).toBe('access_denied');
  });
});

test('does not receive cookies with a form of another site', async () => {
  const { browser, shown } = await atConsent();
  const cookies = await browser.jar.getCookies(shown.url.href);
  expect(cookies.map(({ sameSite }) => sameSite)).toEqual(cookies.map(() => 'lax'));
});

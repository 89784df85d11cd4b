/**
 * A program that uses another one's description: a client is verified by a statement issuer or pre-registered, and has a
 * redirect URI on which any program of the device can listen. Another program claims to be it, and the person reads that it
 * is verified.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-8.6 RFC 8252 §8.6}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-5 RFC 7591 §5}
 *
 * Taken out: packages/server/src/consent/consent-view.ts: `...(canBeImitated && { canBeImitated }),` → ``
 * Then fails: says that a confirmed name does not confirm the program
 * Taken out: packages/consent-ui/src/consent-locals.ts: `canBeImitated ? strong` → `canBeImitated && isPreregistered ? strong`
 * Then fails: says that a confirmed name does not confirm the program
 * Taken out: packages/consent-ui/src/consent-locals.ts: `canBeImitated ? strong` → `canBeImitated && !isPreregistered ? strong`
 * Then fails: says that a confirmed name does not confirm the program
 */
import { describe, expect, test } from 'vitest';
import { authorizeUrl } from '@vestibule/testing/oauth';
import { attackedApp } from './support/attacked.ts';
import { asksForConsent, newBrowser } from '@vestibule/testing/browser';
import { CALLBACK, newRegisteredClient } from './support/client.ts';
import { OPERATORS_CLIENT, statementOf, TRUSTING_SEED } from './support/takers.ts';

const APP_CALLBACK = 'com.acme.notes:/cb';

const app = attackedApp({
  ...TRUSTING_SEED,
  clients: [
    ...(TRUSTING_SEED.clients ?? []),
    {
      id: 'acme-notes',
      name: 'Acme Notes',
      redirectUris: [CALLBACK, APP_CALLBACK, 'https://notes.acme.example/cb'],
      authentication: { method: 'none' },
      access: [{ resource: '/mcp', scopes: ['notes:read'] }],
    },
  ],
});

/** What the consent page says about the client. */
async function saidAt(url: URL): Promise<string> {
  const browser = newBrowser();
  const consent = await browser.signIn(await browser.open(url));
  expect(asksForConsent(consent)).toBe(true);
  return consent.page.text.replaceAll(/\s+/g, ' ');
}

const operators = (id: string, redirect_uri: string) =>
  saidAt(authorizeUrl(app(), id, { redirect_uri, scope: 'notes:read' }));

/** The page for the holder of the statement, which is a file in every copy of the program. */
async function holderOf(redirectUri: string): Promise<string> {
  const statement = await statementOf({ redirect_uris: [redirectUri] });
  return saidAt((await newRegisteredClient(app(), redirectUri, { software_statement: statement })).url());
}

const WARNINGS: readonly [callback: string, warning: string][] = [
  [CALLBACK, 'Any program on this computer can still pretend to be this app.'],
  [APP_CALLBACK, 'Any app on this device can still pretend to be this app.'],
];

describe('says that a confirmed name does not confirm the program', () => {
  test.each(WARNINGS)('for a statement that anyone may send, at %s', async (callback, warning) => {
    const said = await holderOf(callback);
    expect(said).toContain('[verified by Vouch]');
    expect(said).toContain(warning);
  });

  test.each(WARNINGS)('for a public pre-registered client, at %s', async (callback, warning) => {
    const said = await operators('acme-notes', callback);
    expect(said).toContain('[set up by Test realm]');
    expect(said).toContain(warning);
  });
});

test('says nothing if no other program can use the redirect URI', async () => {
  for (const said of [
    await holderOf('https://v.example/cb'),
    await operators('acme-notes', 'https://notes.acme.example/cb'),
    await operators(OPERATORS_CLIENT, CALLBACK),
  ]) {
    expect(said).not.toContain('pretend to be');
  }
});

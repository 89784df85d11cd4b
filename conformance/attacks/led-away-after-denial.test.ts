/**
 * An app that is started, or a website that is opened, by a denial: the person denied, and the page still leads them to the
 * destination that the client chose.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.11.2 RFC 9700 §4.11.2}
 *
 * Taken out: packages/consent-ui/src/authorization-response-page.ts: `return destination.kind === 'loopback' ? 'redirecting' : 'optional';` → `return 'redirecting';`
 * Then fails: does not redirect automatically after a denial
 */
import { describe, expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { newBrowser, type Shown } from '@vestibule/testing/browser';
import { CALLBACK, newClient } from './support/client.ts';

const app = attackedApp();

async function decided(callback: string, decision: 'approve' | 'deny', parameters = {}): Promise<Shown> {
  const [client, browser] = [await newClient(app(), callback), newBrowser()];
  return browser.decide(await browser.signIn(await browser.open(client.url(parameters))), decision);
}

/** What makes a browser navigate without a click. */
const leadsBy = ({ headers, page }: Shown): readonly unknown[] => [
  ...['location', 'refresh'].filter((name) => headers.has(name)),
  ...page.querySelectorAll('meta[http-equiv], script, iframe, object, [onload], [autofocus]').map(String),
];

describe.each(['https://evil.example/landing', 'evil-app:/landing', 'evil-app://landing/x'])(
  'does not redirect automatically after a denial: %s',
  (callback) => {
    test('redirects on a click', async () => {
      const denied = await decided(callback, 'deny');
      expect([denied.status, denied.away, leadsBy(denied)]).toEqual([200, undefined, []]);
      expect(denied.page.text).not.toContain('You are being sent');
      const href = denied.page.querySelector('a.button')?.getAttribute('href') ?? '';
      expect(href.startsWith(`${callback}?error=access_denied`)).toBe(true);
    });

    test('when the response page is opened again', async () => {
      const [client, browser] = [await newClient(app(), callback), newBrowser()];
      const denied = await browser.decide(await browser.signIn(await browser.open(client.url())), 'deny');
      expect(leadsBy(await browser.open(denied.url))).toEqual([]);
    });
  },
);

test('does not redirect automatically after a denial: a form that is posted', async () => {
  const denied = await decided('https://evil.example/landing', 'deny', { response_mode: 'form_post' });
  expect([denied.status, leadsBy(denied)]).toEqual([200, []]);
  expect(denied.page.querySelector('form')?.getAttribute('action')).toBe('https://evil.example/landing');
});

test('redirects automatically to a loopback address after a denial, and to every app after an approval', async () => {
  expect(leadsBy(await decided(CALLBACK, 'deny'))).toHaveLength(1);
  expect(leadsBy(await decided('https://good.example/cb', 'approve'))).toHaveLength(1);
});

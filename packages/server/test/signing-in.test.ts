import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import type { View } from './browser.ts';
import { setUp } from './set-up.ts';

describe('signing in', () => {
  test.each([
    ['a wrong password', { username: 'ada', password: 'wrong' }],
    ['nobody’s name', { username: 'nobody', password: 'right' }],
    ['no password', { username: 'ada' }],
    ['no name', { password: 'right' }],
    ['nothing', {}],
    ['a password as long as a book', { username: 'ada', password: 'x'.repeat(2_000) }],
  ])('fails in the same way: %s', async (_, fields) => {
    const { register, authorizeUrl, newBrowser, answer } = setUp();
    const browser = newBrowser();
    const shown = await answer(browser, await browser.open(authorizeUrl(await register())), fields);
    expect(shown).toMatchObject({ status: 403, view: { page: 'sign-in', failure: { kind: 'credentials' } } });
    expect([...browser.cookies.keys()].filter((name) => name.includes('session'))).toEqual([]);
  });

  test(
    cite(
      'too often with a wrong password is slowed down, for that name from that address alone',
      'oauth2.1:7.7:guessing',
    ),
    async () => {
      const { register, authorizeUrl, newBrowser, answer, audit } = setUp();
      const clientId = await register();
      const browser = newBrowser('198.51.100.1');
      const page = await browser.open(authorizeUrl(clientId));
      for (let i = 0; i < 10; i += 1) await answer(browser, page, { username: 'ada', password: 'wrong' });
      const limited = await answer(browser, page, { username: ' ADA ', password: 'right' });
      expect(limited).toMatchObject({ status: 429, view: { failure: { kind: 'limited' } } });
      expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(audit.events.at(-1)).toMatchObject({ type: 'sign-in.limited' });

      expect((await answer(browser, page, { username: 'grace', password: 'right' })).view).toMatchObject({
        page: 'consent',
      });
      const elsewhere = newBrowser('198.51.100.2');
      expect((await openAs(elsewhere, 'ada')).view).toMatchObject({ page: 'consent' });

      async function openAs(other: typeof browser, username: string) {
        return answer(other, await other.open(authorizeUrl(clientId)), { username, password: 'right' });
      }
    },
  );

  test(
    cite('is limited for one password and very many names from one address, too', 'oauth2.1:7.7:guessing'),
    async () => {
      const { register, authorizeUrl, newBrowser, answer } = setUp();
      const browser = newBrowser('198.51.100.9');
      const page = await browser.open(authorizeUrl(await register()));
      const statuses = [];
      for (let i = 0; i < 101; i += 1) {
        statuses.push(
          (await answer(browser, page, { username: `person-${i}`, password: 'Spring2026' })).status,
        );
      }
      expect(statuses.slice(0, 100).every((status) => status === 403)).toBe(true);
      expect(statuses.at(-1)).toBe(429);
    },
  );

  test('as often as one likes with the right one', async () => {
    const { register, authorizeUrl, newBrowser, answer } = setUp();
    const clientId = await register();
    const browser = newBrowser();
    const page = await browser.open(authorizeUrl(clientId));
    for (let i = 0; i < 15; i += 1) {
      expect((await answer(browser, page, { username: 'ada', password: 'right' })).view).toMatchObject({
        page: 'consent',
      });
    }
  });

  test('begins a new session and ends the one that the browser had', async () => {
    const { register, authorizeUrl, newBrowser, openConsent } = setUp();
    const clientId = await register();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(clientId));
    const name = '__Host-vestibule-session-main';
    const former = browser.cookies.get(name) ?? '';
    const signIn = await browser.open(consent.view.switchPerson);
    await browser.post('/connect/sign-in', { ...pick(signIn.view), username: 'ada', password: 'right' });
    expect(browser.cookies.get(name)).not.toBe(former);

    const stolen = newBrowser();
    stolen.cookies.set(name, former);
    expect((await stolen.open(authorizeUrl(clientId))).view).toMatchObject({ page: 'sign-in' });
  });

  test('never uses a planted session', async () => {
    const { register, authorizeUrl, newBrowser, openConsent } = setUp();
    const browser = newBrowser();
    browser.cookies.set('__Host-vestibule-session-main', 'planted');
    await openConsent(browser, authorizeUrl(await register()));
    expect(browser.cookies.get('__Host-vestibule-session-main')).not.toBe('planted');
  });

  test('leaves no password in the audit', async () => {
    const { register, authorizeUrl, newBrowser, answer, audit } = setUp();
    const browser = newBrowser();
    await answer(browser, await browser.open(authorizeUrl(await register())), {
      username: 'ada',
      password: 'hunter2',
    });
    expect(audit.events.at(-1)).toMatchObject({ type: 'sign-in.failed', username: 'ada', ip: '192.0.2.10' });
    expect(JSON.stringify(audit.events)).not.toContain('hunter2');
  });
});

const pick = ({ interaction, csrf }: View) => ({ transaction: interaction, csrf });

import { describe, expect, test } from 'vitest';
import { setUp } from './set-up.ts';

const APPROVE = { decision: 'approve' };

describe('time runs out', () => {
  test('for a transaction', async () => {
    const { register, authorizeUrl, newBrowser, openConsent, answer, pass } = setUp();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(await register()));
    pass(599);
    expect((await browser.open(consent.url)).status).toBe(200);
    pass(1);
    expect(await answer(browser, consent, APPROVE)).toMatchObject({
      status: 410,
      view: { problem: 'transaction-unknown' },
    });
  });

  test('for a session', async () => {
    const { register, authorizeUrl, newBrowser, openConsent, answer, pass } = setUp();
    const clientId = await register();
    const browser = newBrowser();
    await answer(browser, await openConsent(browser, authorizeUrl(clientId)), APPROVE);
    pass(28_799);
    expect((await browser.open(authorizeUrl(clientId))).view).toMatchObject({ page: 'consent' });
    pass(1);
    expect((await browser.open(authorizeUrl(clientId))).view).toMatchObject({ page: 'sign-in' });
  });
});

import { describe, expect, test } from 'vitest';
import { setUp } from './set-up.ts';

const APPROVE = { decision: 'approve' };

const DENY = { decision: 'deny' };

describe('a decision is final', () => {
  test('a double click leads to the same code', async () => {
    const { register, authorizeUrl, newBrowser, openConsent, answer, exchange, audit } = setUp();
    const clientId = await register();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(clientId));
    const [one, two] = await Promise.all([
      answer(browser, consent, APPROVE),
      answer(browser, consent, APPROVE),
    ]);
    expect(one.view.location).toBe(two.view.location);
    expect(audit.events.filter(({ type }) => type === 'consent.approved')).toHaveLength(1);
    const code = new URL(one.view.location).searchParams.get('code') ?? '';
    expect((await exchange(clientId, code)).status).toBe(200);
  });

  test.each([
    ['an approval after a denial', DENY, APPROVE, 'denied'],
    ['a denial after an approval', APPROVE, DENY, 'approved'],
  ])('%s has no effect, and the page says so', async (_, first, second, outcome) => {
    const { register, authorizeUrl, newBrowser, openConsent, answer } = setUp();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(await register()));
    await answer(browser, consent, first);
    const again = await answer(browser, consent, second);
    expect(again).toMatchObject({ status: 409, view: { page: 'problem', problem: 'decided-otherwise' } });
    const reopened = await browser.open(`/connect/consent?transaction=${consent.view.interaction}`);
    expect(reopened.view).toMatchObject({ page: 'hand-back', outcome });
  });

  test('one of many concurrent decisions counts', async () => {
    const { register, authorizeUrl, newBrowser, openConsent, answer } = setUp();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(await register()));
    const answers = Array.from({ length: 20 }, (_, i) =>
      answer(browser, consent, i % 2 === 0 ? APPROVE : DENY),
    );
    const pages = (await Promise.all(answers)).map(({ view }) => view);
    const outcomes = pages.filter(({ page }) => page === 'hand-back').map(({ outcome }) => outcome);
    expect(outcomes).toHaveLength(10);
    expect(new Set(outcomes).size).toBe(1);
    expect(pages.filter(({ page }) => page === 'problem')).toHaveLength(10);
  });

  test('reloading the last page after the code was used brings no new one', async () => {
    const { register, authorizeUrl, newBrowser, openConsent, answer, exchange } = setUp();
    const clientId = await register();
    const browser = newBrowser();
    const done = await answer(browser, await openConsent(browser, authorizeUrl(clientId)), APPROVE);
    const code = new URL(done.view.location).searchParams.get('code') ?? '';
    expect((await exchange(clientId, code)).status).toBe(200);
    const reloaded = await browser.open(done.url);
    expect(reloaded.view.location).toBe(done.view.location);
    expect((await exchange(clientId, code)).body).toMatchObject({ error: 'invalid_grant' });
  });

  test('the last page is not there before a decision', async () => {
    const { register, authorizeUrl, newBrowser, openConsent } = setUp();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(await register()));
    const shown = await browser.open(`/connect/hand-back?transaction=${consent.view.interaction}`);
    expect(shown.view).toMatchObject({ page: 'consent' });
  });
});

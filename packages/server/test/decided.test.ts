import { describe, expect, test } from 'vitest';
import { setUp } from './set-up.ts';

const APPROVE = { decision: 'approve' };
const ONLY_CODES = ['authorization_code'];
const WITH_REFRESH = ['authorization_code', 'refresh_token'];

/** Ada at the consent page of an app that registered these grant types. */
async function atConsent(grantTypes: readonly string[]) {
  const world = setUp();
  const { register, clients, newBrowser, openConsent, authorizeUrl } = world;
  const clientId = await register({ grant_types: grantTypes });
  const browser = newBrowser();
  const consent = await openConsent(browser, authorizeUrl(clientId));
  return {
    ...world,
    clientId,
    browser,
    consent,
    /** Registers other grant types for the app, as a client that manages its registration does. */
    async changeTo(changed: readonly ('authorization_code' | 'refresh_token')[]): Promise<void> {
      const client = await clients.find('main', clientId);
      if (client !== undefined) await clients.replace({ ...client, grantTypes: changed }, client.version);
    },
  };
}

const codeOf = (location: string): string => new URL(location).searchParams.get('code') ?? '';

describe('a client that registers for refresh tokens while a person decides', () => {
  test('before the decision: the page is outdated, displays the new duration, and is submitted again', async () => {
    const { answer, browser, consent, changeTo, exchange, clientId } = await atConsent(ONLY_CODES);
    expect(consent.view).toMatchObject({ lasts: 900 });
    await changeTo(['authorization_code', 'refresh_token']);
    const again = await answer(browser, consent, APPROVE);
    expect(again).toMatchObject({ status: 409, view: { stale: true, lasts: 604_800 } });
    const done = await answer(browser, again, APPROVE);
    expect((await exchange(clientId, codeOf(done.view.location))).body).toHaveProperty('refresh_token');
  });

  test('after the decision: gets none, because the page said that it keeps access for 15 minutes', async () => {
    const { answer, browser, consent, changeTo, exchange, clientId, stores } = await atConsent(ONLY_CODES);
    const done = await answer(browser, consent, APPROVE);
    await changeTo(['authorization_code', 'refresh_token']);
    const tokens = await exchange(clientId, codeOf(done.view.location));
    expect(tokens.status).toBe(200);
    expect(tokens.body).not.toHaveProperty('refresh_token');
    const [grant] = await stores.grants.listOf('main', 'person-ada', 0);
    expect((grant?.expiresAt ?? 0) - (grant?.createdAt ?? 0)).toBe(900_000);
  });
});

test('a client that gives refresh tokens up after the decision gets none', async () => {
  const { answer, browser, consent, changeTo, exchange, clientId } = await atConsent(WITH_REFRESH);
  const done = await answer(browser, consent, APPROVE);
  await changeTo(['authorization_code']);
  const { body } = await exchange(clientId, codeOf(done.view.location));
  expect(body).not.toHaveProperty('refresh_token');
});

describe('a second decision', () => {
  const first = { ...APPROVE, lasting: '3600' };

  test('a second decision that equals the first continues', async () => {
    const { answer, browser, consent, pass } = await atConsent(WITH_REFRESH);
    const done = await answer(browser, consent, first);
    pass(5);
    expect((await answer(browser, consent, first)).view.location).toBe(done.view.location);
  });

  test.each<[string, Record<string, string | readonly string[]>]>([
    ['for longer', { lasting: '86400' }],
    ['for ever', { lasting: 'until-revoked' }],
    ['for no length at all', { lasting: '' }],
    ['for two lengths', { lasting: ['3600', '3600'] }],
    ['for less of it', { scope: ['read'] }],
    ['against it', { decision: 'deny' }],
  ])('%s is told that another one stands', async (_, other) => {
    const { answer, browser, consent, stores } = await atConsent(WITH_REFRESH);
    await answer(browser, consent, first);
    const { decision } = (await stores.interactions.find('main', consent.view.interaction)) ?? {};
    const again = await answer(browser, consent, { ...first, ...other });
    expect(again).toMatchObject({ status: 409, view: { problem: 'decided-otherwise' } });
    expect((await stores.interactions.find('main', consent.view.interaction))?.decision).toEqual(decision);
  });

  test('for a limited time is refused with an explanation if the first one was unlimited', async () => {
    const { answer, browser, consent } = await atConsent(WITH_REFRESH);
    await answer(browser, consent, APPROVE);
    expect((await answer(browser, consent, first)).view).toMatchObject({ problem: 'decided-otherwise' });
  });
});

test('the event of an approval contains the displayed name', async () => {
  const { register, newBrowser, openConsent, authorizeUrl, answer, audit } = setUp();
  const clientId = await register({ client_name: 'Garden', 'client_name#fr': 'Jardin' });
  const browser = newBrowser('192.0.2.10', 'fr');
  await answer(browser, await openConsent(browser, authorizeUrl(clientId)), APPROVE);
  expect(audit.events.find(({ type }) => type === 'consent.approved')).toMatchObject({
    clientName: 'Jardin',
  });
});

/**
 * Confused deputy: the provider knows this server as one client, and has remembered that a person trusts it. An attacker registers an
 * agent here and sends the person a link, or approves in their own browser and sends the person the link to the provider, so that tokens
 * for the person reach the attacker's agent without any consent of the person to it.
 *
 * @see {@link https://modelcontextprotocol.io/docs/tutorials/security/security_best_practices#confused-deputy-problem MCP, confused deputy}
 * @see {@link https://github.com/PrefectHQ/fastmcp/pull/3201 GHSA-rww4-4w9c-7733}
 *
 * Taken out: packages/server/src/consent/decide-consent.ts: `const remembered = isIssuedByProvider` → `const remembered = false`
 * Then fails: asks for consent each time, also if consent is remembered elsewhere
 *
 * Taken out: packages/server/src/interaction/resume-interaction.ts: `if (browserSecret === undefined || !equalInConstantTime(sha256(browserSecret), interaction.browserHash)) {` → `if (browserSecret === undefined) {`
 * Then fails: accepts no cookie that another browser made up
 *
 * Taken out: packages/server/src/endpoints/provider-return.ts: `if (outcome.subject !== approval.subject) {` → `if (false) {`
 * Then fails: issues nothing if the provider names another person than the one who consented
 */
import { asksForConsent, handedBack, headingOf, newBrowser, type Shown } from '@vestibule/testing/browser';
import { authorizeUrl, exchange } from '@vestibule/testing/oauth';
import { expect, test } from 'vitest';
import { OPEN_SEED } from '../support/app.ts';
import { codeOn, FOR_MAIL, leadsTo, MAIL, startProviderTokens } from './support/provider-tokens.ts';

test('sends no browser to the provider for an API before the person has consented to this agent', async () => {
  const { consent, provider } = await startProviderTokens();
  const victim = newBrowser();
  const shown = await consent(victim);
  expect([asksForConsent(shown), shown.text.includes('[unverified]')]).toEqual([true, true]);
  expect(provider.asked.get('scope')).toBe('openid profile email');
  expect([...provider.asked.keys()]).not.toContain('resource');
});

test('sends the browser nowhere if the person refuses', async () => {
  const { consent, provider, tokenRequests } = await startProviderTokens();
  const victim = newBrowser();
  const shown = await victim.decide(await consent(victim), 'deny');
  expect(codeOn(shown)).toBeUndefined();
  expect([provider.asked.get('scope'), tokenRequests()]).toEqual(['openid profile email', 1]);
});

test('issues nothing in a browser that did not consent, from a link to the provider of another browser', async () => {
  const { approve, provider, tokenRequests } = await startProviderTokens();
  const [attacker, victim] = [newBrowser(), newBrowser()];
  const callback = await provider.signIn(await approve(attacker));
  const before = tokenRequests();
  const shown = await victim.open(callback);
  expect([shown.status, codeOn(shown)]).toEqual([403, undefined]);
  expect(tokenRequests()).toBe(before);
});

test('accepts no cookie that another browser made up', async () => {
  const { approve, provider, tokenRequests } = await startProviderTokens();
  const [attacker, victim] = [newBrowser(), newBrowser()];
  const callback = await provider.signIn(await approve(attacker));
  const before = tokenRequests();
  const [, id = ''] = (callback.searchParams.get('state') ?? '').split('.');
  const ours = (await attacker.jar.store.getAllCookies()).find(({ key }) => key.includes(`tx-${id}`));
  if (ours === undefined) throw new Error('There is no cookie.');
  const planted = `${ours.key}=${'a'.repeat(43)}; Path=${ours.path ?? '/'}`;
  await victim.jar.setCookie(planted, new URL(ours.path ?? '/', callback).href);
  const shown = await victim.open(callback);
  expect([headingOf(shown), codeOn(shown)]).toEqual(['This page belongs to another browser', undefined]);
  expect(tokenRequests()).toBe(before);
});

test('issues nothing if the provider names another person than the one who consented', async () => {
  const { approve, provider, app } = await startProviderTokens();
  const browser = newBrowser();
  const onward = await approve(browser);
  provider.person = { sub: 'grace-2', name: 'Grace Hopper' };
  const shown = await browser.open(await provider.signIn(onward));
  expect([headingOf(shown), codeOn(shown)]).toEqual(['That was another account', undefined]);
  // What the provider issued belongs to no grant, and is stored only to be revoked.
  const { providerTokens, grants } = app.stores;
  const orphaned = (await providerTokens?.listOrphaned(app.realm.id, Date.now(), 9)) ?? [];
  expect(orphaned.length).toBe(1);
  for (const { grantId } of orphaned) {
    expect(await grants.findUnopened(app.realm.id, grantId)).toBeUndefined();
  }
});

test('asks for consent each time, also if consent is remembered elsewhere', async () => {
  const callback = 'https://partner.example/cb';
  const partner = {
    id: 'partner',
    name: 'Partner',
    redirectUris: [callback],
    access: [{ resource: MAIL, scopes: ['mcp:read'] }],
    authentication: { method: 'none' },
    rememberConsent: true,
  } as const;
  const { app, provider } = await startProviderTokens({ ...OPEN_SEED, clients: [partner] });
  const url = authorizeUrl(app, partner.id, { redirect_uri: callback, ...FOR_MAIL });
  const browser = newBrowser();
  const begin = async (): Promise<Shown> => {
    const { away, page } = await browser.open(url);
    if (away === undefined) throw new Error(page.text);
    return browser.open(await provider.signIn(away));
  };
  const onward = await browser.decide(await begin(), 'approve');
  const shown = await browser.open(await provider.signIn(leadsTo(onward)));
  const arrived = shown.away ?? handedBack(shown) ?? new URL(callback);
  expect((await exchange(app, partner.id, callback, arrived, { resource: MAIL })).status).toBe(200);
  expect(asksForConsent(await begin())).toBe(true);
});

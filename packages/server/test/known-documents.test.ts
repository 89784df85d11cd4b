import type { Freshness } from '@vestibule/cimd';
import { createClientSweeper } from '@vestibule/core';
import { createMemoryLeaseStore } from '@vestibule/core/memory';
import { DEFAULT_REALM_SETTINGS } from '@vestibule/core/realm';
import { describe, expect, test } from 'vitest';
import { FRESH_FOR } from './document-hosts.ts';
import { DOCUMENT, openToDocuments, URI } from './open-to-documents.ts';
import { ADA, realmWith } from './set-up.ts';

const DAY = 86_400;

describe('a known document', () => {
  test('is fetched again only when its copy is not fresh any more, and then conditionally', async () => {
    const { ask, hosts, pass } = openToDocuments();
    await ask();
    await ask();
    pass(FRESH_FOR - 1);
    await ask();
    expect(hosts.asked).toHaveLength(1);
    pass(2);
    await ask();
    await ask();
    expect(hosts.asked).toMatchObject([{ url: URI }, { url: URI, etag: expect.any(String) }]);
  });

  test('which has lost a redirect URI sends no person there any more, and the change is recorded', async () => {
    const { ask, hosts, pass, audit } = openToDocuments();
    await ask();
    hosts.publish({ ...DOCUMENT, redirect_uris: ['https://app.example/other', 'http://127.0.0.1/callback'] });
    pass(FRESH_FOR + 1);
    expect(await ask()).toMatchObject({ view: { problem: 'redirect-uri-unregistered' } });
    expect(audit.events.find(({ type }) => type === 'document.changed')).toMatchObject({
      clientId: URI,
      changed: ['redirectUris'],
    });
  });

  test('is used as it was while its host is down, and not for longer than the realm allows', async () => {
    const { ask, exchange, refresh, hosts, pass, types } = openToDocuments({ stale: 2 * DAY });
    const { body } = await exchange();
    hosts.fail(true);
    pass(FRESH_FOR + 1);
    expect(await ask()).toMatchObject({ view: { page: 'consent' } });
    expect(types()).toContain('document.unavailable');
    pass(2 * DAY - 10);
    const { status, body: refreshed } = await refresh(body.refresh_token);
    expect(status).toBe(200);
    pass(20);
    expect(await refresh(refreshed.refresh_token)).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
    expect(await ask()).toMatchObject({ status: 503, view: { problem: 'document-unavailable' } });
  });

  describe('of which the host says how it may be reused', () => {
    const usable = { view: { page: 'consent' } };
    const unavailable = { status: 503, view: { problem: 'document-unavailable' } };

    test.each<[string, Partial<Freshness>, number, object]>([
      ['no-store', { noStore: true, freshFor: 3_600 }, 299, usable],
      ['no-store', { noStore: true, freshFor: 3_600 }, 301, unavailable],
      ['no-cache', { noCache: true, freshFor: 3_600 }, 301, unavailable],
      ['must-revalidate', { mustRevalidate: true, freshFor: 3_600 }, 3_599, usable],
      ['must-revalidate', { mustRevalidate: true, freshFor: 3_600 }, 3_601, unavailable],
      ['stale-if-error', { staleIfError: 600, freshFor: 3_600 }, 4_199, usable],
      ['stale-if-error', { staleIfError: 600, freshFor: 3_600 }, 4_201, unavailable],
      ['stale-if-error for longer than the realm', { staleIfError: 9 * DAY }, 2 * DAY + 299, usable],
      ['stale-if-error for longer than the realm', { staleIfError: 9 * DAY }, 2 * DAY + 301, unavailable],
      ['nothing', {}, 2 * DAY + 299, usable],
    ])('by %s (%j): after %i seconds without its host', async (_, said, seconds, shown) => {
      const { exchange, ask, hosts, pass } = openToDocuments({ stale: 2 * DAY });
      hosts.cache(said);
      await exchange();
      hosts.fail(true);
      pass(seconds);
      expect(await ask()).toMatchObject(shown);
    });

    test('refreshes tokens for as long as the realm allows, because nothing is displayed then', async () => {
      const { exchange, refresh, hosts, pass } = openToDocuments({ stale: 2 * DAY });
      hosts.cache({ noStore: true });
      const { body } = await exchange();
      hosts.fail(true);
      pass(2 * DAY);
      expect(await refresh(body.refresh_token)).toMatchObject({ status: 200 });
    });

    test('is bound by what a later response says, although the document is the same', async () => {
      const { exchange, ask, hosts, pass } = openToDocuments({ stale: 2 * DAY });
      await exchange();
      hosts.cache({ freshFor: 3_600, mustRevalidate: true });
      pass(FRESH_FOR + 1);
      expect(await ask()).toMatchObject(usable);
      hosts.fail(true);
      pass(3_601);
      expect(await ask()).toMatchObject(unavailable);
    });
  });

  test('is not used for a new authorization once it is refused', async () => {
    const { ask, hosts, pass } = openToDocuments();
    await ask();
    hosts.publishAt(URI, { ...DOCUMENT, client_secret: 's' });
    pass(FRESH_FOR + 1);
    expect(await ask()).toMatchObject({ view: { problem: 'document-refused' } });
  });

  test('is stored as it is now, although the app was used while it was fetched', async () => {
    const { ask, hosts, pass, intercept, clients } = openToDocuments();
    await ask();
    hosts.publish({ ...DOCUMENT, redirect_uris: ['https://app.example/other'] });
    pass(FRESH_FOR + 1);
    intercept({ kind: 'client.replace', before: () => clients.touch('main', URI, 1) });
    expect(await ask()).toMatchObject({ view: { problem: 'redirect-uri-unregistered' } });
    expect(await clients.find('main', URI)).toMatchObject({ lastUsedAt: 1, version: 3 });
  });

  test('is not stored over a block that came while it was fetched', async () => {
    const { ask, pass, intercept, operator, clients } = openToDocuments();
    await ask();
    pass(FRESH_FOR + 1);
    intercept({ kind: 'client.replace', before: () => operator.clients.block(ADA, 'main', URI) });
    expect(await ask()).toMatchObject({ view: { problem: 'client-blocked' } });
    expect(await clients.find('main', URI)).toHaveProperty('blockedAt');
  });

  test('which has not changed is judged again by a stricter policy', async () => {
    const { ask, pass, change } = openToDocuments();
    await ask();
    const { settings, ...realm } = realmWith({}, { metadataDocuments: { open: true } });
    const registration = { ...settings.registration, refusedRedirectHosts: ['app.example'] };
    await change({ ...realm, settings: { ...settings, registration } });
    pass(FRESH_FOR + 1);
    expect(await ask()).toMatchObject({ view: { problem: 'document-refused' } });
  });

  test('which describes a blocked app is not fetched, and does not unblock it', async () => {
    const { ask, hosts, pass, operator, clients } = openToDocuments();
    await ask();
    await operator.clients.block(ADA, 'main', URI);
    pass(FRESH_FOR + 1);
    expect(await ask()).toMatchObject({ view: { problem: 'client-blocked' } });
    expect(await clients.find('main', URI)).toHaveProperty('blockedAt');
    expect(hosts.asked).toHaveLength(1);
  });

  test('which no person approved in time is not deleted while the next person decides', async () => {
    const { ask, answer, browser, pass, stores, options, change } = openToDocuments();
    await change(realmWith({}, { metadataDocuments: { open: true }, lifecycle: { unused: 600 } }));
    const { transaction, code } = DEFAULT_REALM_SETTINGS.lifetimes;
    await ask();
    pass(600 + transaction + code - 10);
    const consent = await ask();
    pass(20);
    const leases = createMemoryLeaseStore();
    const sweeper = createClientSweeper({ ...options, ...stores, leases, holder: 'one' });
    expect(await sweeper.sweep('main', 10)).toMatchObject({ documents: 0 });
    expect(await answer(browser, consent, { decision: 'approve' })).toMatchObject({
      view: { page: 'hand-back', outcome: 'approved' },
    });
  });

  test('whose copy has become too old meanwhile can still be approved, and its code is exchanged', async () => {
    const { ask, answer, browser, pass, exchangeCode } = openToDocuments({ stale: 0 });
    await ask();
    pass(FRESH_FOR - 1);
    const consent = await ask();
    pass(2);
    const { view } = await answer(browser, consent, { decision: 'approve' });
    const code = new URL(view.location).searchParams.get('code') ?? '';
    expect(await exchangeCode(code)).toMatchObject({ status: 200 });
  });

  test('which was not fetched for a long time is fetched before a token is refused', async () => {
    const { exchange, refresh, hosts, pass } = openToDocuments({ stale: 0 });
    const { body } = await exchange();
    pass(FRESH_FOR + 1);
    expect(await refresh(body.refresh_token)).toMatchObject({ status: 200 });
    expect(hosts.asked).toHaveLength(2);
  });

  test('is not fetched for a stranger who has no token', async () => {
    const { ask, refresh, hosts, pass, errors } = openToDocuments();
    await ask();
    pass(FRESH_FOR + 1);
    for (let number = 0; number < 5; number += 1) {
      expect(await refresh('guessed')).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    }
    await new Promise(setImmediate);
    expect(hosts.asked).toHaveLength(1);
    expect(errors).toEqual([]);
  });

  test('is fetched again by a refresh of a token, which does not wait for it', async () => {
    const { exchange, refresh, hosts, pass } = openToDocuments();
    const { body } = await exchange();
    pass(FRESH_FOR + 1);
    expect(await refresh(body.refresh_token)).toMatchObject({ status: 200 });
    await expect.poll(() => hosts.asked.length).toBe(2);
  });
});

import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { ISSUER, realmWith, setUp } from './set-up.ts';

const APPROVE = { decision: 'approve' };

describe('a gate that closes', () => {
  const closings: [string, Parameters<typeof realmWith>[0], string][] = [
    ['of the realm', { realm: false }, 'unauthorized_client'],
    ['of the API', { notes: false }, 'invalid_target'],
    ['of the scopes', { read: false, write: false }, 'invalid_scope'],
  ];

  test.each(closings)(
    cite('%s, while the person looks: the page says so and leads back', 'vestibule:gates:at-decision'),
    async (_, toggles, error) => {
      const { register, authorizeUrl, newBrowser, openConsent, answer, change, audit } = setUp();
      const browser = newBrowser();
      const consent = await openConsent(browser, authorizeUrl(await register()));
      await change(realmWith(toggles));
      const done = await answer(browser, consent, APPROVE);
      expect(done).toMatchObject({ status: 200, view: { page: 'hand-back', outcome: 'refused' } });
      expect(Object.fromEntries(new URL(done.view.location).searchParams)).toMatchObject({
        error,
        iss: ISSUER,
      });
      expect(audit.events.map(({ type }) => type)).not.toContain('consent.approved');
    },
  );

  test('the page is displayed again if a scope opens or is described anew while the person reads', async () => {
    const { register, authorizeUrl, newBrowser, openConsent, answer, change } = setUp(
      realmWith({ write: false }),
    );
    const browser = newBrowser();
    const url = authorizeUrl(await register());
    const shown = await openConsent(browser, url);
    const [read, ...others] = realmWith({ write: false }).scopes;
    const described = [
      { name: 'read', openToDynamicClients: read?.openToDynamicClients ?? false, description: 'anew' },
      ...others,
    ];
    await change({ ...realmWith({ write: false }), scopes: described });
    const again = await answer(browser, shown, APPROVE);
    expect(again).toMatchObject({ status: 409, view: { page: 'consent', stale: true } });
    expect((await answer(browser, again, APPROVE)).view).toMatchObject({ outcome: 'approved' });
  });

  test('grants nothing new if it opens while the person reads', async () => {
    const { register, authorizeUrl, newBrowser, openConsent, answer, change, exchange } = setUp(
      realmWith({ write: false }),
    );
    const clientId = await register();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(clientId, { scope: 'read write' }));
    await change(realmWith());
    const done = await answer(browser, consent, APPROVE);
    const code = new URL(done.view.location).searchParams.get('code') ?? '';
    expect((await exchange(clientId, code)).body).toMatchObject({ scope: 'read' });
  });

  test('grants what was displayed if it opens again while the person reads', async () => {
    const { register, authorizeUrl, newBrowser, openConsent, answer, change } = setUp();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(await register()));
    await change(realmWith({ write: false }));
    const less = await browser.open(consent.url);
    expect(less.view.scopes).toEqual([expect.objectContaining({ name: 'read' })]);
    await change(realmWith());
    expect(await answer(browser, less, APPROVE)).toMatchObject({
      status: 409,
      view: { page: 'consent', stale: true },
    });
  });

  test('removes its scope from the page and the grant while the person reads', async () => {
    const { register, authorizeUrl, newBrowser, openConsent, answer, change, exchange } = setUp();
    const clientId = await register();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(clientId));
    await change(realmWith({ write: false }));
    const again = await browser.open(consent.url);
    expect(again.view.scopes).toEqual([expect.objectContaining({ name: 'read' })]);
    const done = await answer(browser, again, APPROVE);
    const code = new URL(done.view.location).searchParams.get('code') ?? '';
    expect((await exchange(clientId, code)).body).toMatchObject({ scope: 'read' });
  });
});

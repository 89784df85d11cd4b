import type { RegistrationSettings } from '@vestibule/core/realm';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { APPROVE, asleep, attached, patient, withRegistration } from './aging.ts';
import type { Toggles } from './set-up.ts';

describe('a hibernated client is judged by the current policy', () => {
  const changes: [string, Partial<RegistrationSettings>, string][] = [
    ['a name that is reserved now', { reservedNames: ['App'] }, 'client-name.reserved'],
    ['a host that is refused now', { refusedRedirectHosts: ['app.example'] }, 'redirect-uris.accepted-host'],
    ['a host that is not allowed', { allowedRedirectHosts: ['x.example'] }, 'redirect-uris.accepted-host'],
    ['a vendor’s name', { vendors: [{ name: 'App', hosts: ['x.example'] }] }, 'client-name.vendor'],
  ];

  test.each(changes)(
    cite('%s: before the person is asked', 'vestibule:lifecycle:today'),
    async (_, change, rule) => {
      const world = await asleep();
      const { newBrowser, authorizeUrl, clientId, stored, audit, token } = world;
      await world.change(withRegistration(patient(), change));
      const before = await stored();
      const browser = newBrowser();
      expect(await browser.open(authorizeUrl(clientId))).toMatchObject({
        status: 403,
        view: {
          page: 'problem',
          problem: 'client-unacceptable',
          detail: expect.stringContaining(`[${rule}]`),
          app: { name: 'App', redirectUri: 'https://app.example/cb' },
        },
      });
      expect(browser.cookies.size).toBe(0);
      expect(audit.events.at(-1)).toMatchObject({
        type: 'authorization.refused',
        clientId,
        error: 'client-unacceptable',
      });
      expect(await token({ client_id: clientId, grant_type: 'refresh_token' })).toMatchObject({
        status: 401,
        body: { error: 'invalid_client' },
      });
      expect(await stored()).toEqual(before);
    },
  );

  test(cite('an active client is not asked', 'vestibule:lifecycle:today'), async () => {
    const { newBrowser, openConsent, authorizeUrl, clientId, change } = await attached();
    await change(withRegistration(patient(), { reservedNames: ['App'] }));
    const { view } = await openConsent(newBrowser(), authorizeUrl(clientId));
    expect(view).toMatchObject({ page: 'consent' });
  });

  test(cite('only for its own redirect URI: others learn nothing', 'vestibule:lifecycle:today'), async () => {
    const { newBrowser, authorizeUrl, clientId, change } = await asleep();
    await change(withRegistration(patient(), { reservedNames: ['App'] }));
    const url = authorizeUrl(clientId, { redirect_uri: 'https://evil.example/cb' });
    expect((await newBrowser().open(url)).view).toMatchObject({ problem: 'redirect-uri-unregistered' });
  });

  const REFUSED = { status: 403, view: { page: 'problem', problem: 'client-unacceptable' } };

  test(
    cite('again when the person signs in, and when they decide', 'vestibule:lifecycle:today'),
    async () => {
      const world = await asleep();
      const { newBrowser, authorizeUrl, answer, clientId, change, stored, events } = world;
      const before = await stored();
      const browser = newBrowser();
      const signIn = await browser.open(authorizeUrl(clientId));
      const stricter = withRegistration(patient(), { reservedNames: ['App'] });
      await change(stricter);
      expect(await browser.open(signIn.url)).toMatchObject(REFUSED);
      expect(await answer(browser, signIn, { username: 'ada', password: 'right' })).toMatchObject(REFUSED);
      await change(patient());
      // No person was signed in for a client that gets nothing.
      const again = await browser.open(signIn.url.href.replace('sign-in', 'consent'));
      expect(again.view).toMatchObject({ page: 'sign-in' });
      const consent = await answer(browser, again, { username: 'ada', password: 'right' });
      expect(consent.view).toMatchObject({ page: 'consent' });
      await change(stricter);
      expect(await answer(browser, consent, APPROVE)).toMatchObject(REFUSED);
      expect(events('consent.approved')).toHaveLength(1);
      expect(await stored()).toEqual(before);
    },
  );

  test(
    cite('the policy is asked again before the client gets a code', 'vestibule:lifecycle:today'),
    async () => {
      const world = await asleep();
      const { newBrowser, openConsent, authorizeUrl, answer, clientId, change, stored, intercept } = world;
      const before = await stored();
      const browser = newBrowser();
      const consent = await openConsent(browser, authorizeUrl(clientId));
      intercept({
        kind: 'interaction.decide',
        after: () => change(withRegistration(patient(), { reservedNames: ['App'] })),
      });
      expect(await answer(browser, consent, APPROVE)).toMatchObject(REFUSED);
      expect(await stored()).toEqual(before);
    },
  );

  const gates: [string, Toggles, string][] = [
    ['of the realm', { realm: false }, 'unauthorized_client'],
    ['of the API', { notes: false }, 'invalid_target'],
    ['of the scopes', { read: false, write: false }, 'invalid_scope'],
  ];
  test.each(gates)(
    cite('the gates are asked too: %s', 'vestibule:lifecycle:today'),
    async (_, toggles, error) => {
      const { newBrowser, authorizeUrl, clientId, change, stored, audit } = await asleep();
      const before = await stored();
      await change(patient(toggles));
      const browser = newBrowser();
      const shown = await browser.open(authorizeUrl(clientId));
      expect(shown.view).toMatchObject({
        page: 'hand-back',
        outcome: 'refused',
        detail: expect.stringContaining(error),
      });
      expect(browser.cookies.size).toBe(0);
      expect(audit.events.at(-1)).toMatchObject({ type: 'authorization.refused', clientId, error });
      expect(await stored()).toEqual(before);
    },
  );
});

import type { ClientRules } from '@vestibule/core/policy';
import type { RegistrationSettings } from '@vestibule/core/realm';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { APPROVE, DAY, DENY, HOUR, sweepingIn, withRegistration } from './aging.ts';
import { ADA, ISSUER, realmWith, setUp, type Toggles } from './set-up.ts';

const UNKNOWN = { status: 400, view: { page: 'problem', problem: 'client-unknown' } };

/** A client that expired unused, an hour and a half after its registration. */
async function expired(
  isSwept = true,
  metadata: Readonly<Record<string, unknown>> = {},
  since: ClientRules = {},
) {
  const world = setUp(realmWith(), since);
  const { clients, register, pass } = world;
  const clientId = await register(metadata);
  const { sweep, events } = sweepingIn(world);
  pass(isSwept ? 1.5 * HOUR : HOUR + 60);
  if (isSwept) await sweep();
  expect((await clients.find('main', clientId)) === undefined).toBe(isSwept);
  return {
    ...world,
    clientId,
    sweep,
    events,
    stored: () => clients.find('main', clientId),
    kept: () => clients.findExpired('main', clientId),
  };
}

const PATIENT = (toggles: Toggles = {}) => realmWith(toggles);

describe.each([
  ['that no sweep has processed', false],
  ['that was swept', true],
])('an expired client %s', (_, isSwept) => {
  test(
    cite('is restored by a person’s consent, and works under its id', 'vestibule:lifecycle:restored'),
    async () => {
      const {
        newBrowser,
        openConsent,
        authorizeUrl,
        answer,
        exchange,
        refresh,
        clientId,
        stored,
        kept,
        pass,
        sweep,
      } = await expired(isSwept);
      const browser = newBrowser();
      const consent = await openConsent(browser, authorizeUrl(clientId));
      expect(consent.view).toMatchObject({ page: 'consent', client: { name: 'App' } });
      const done = await answer(browser, consent, APPROVE);
      const code = new URL(done.view.location).searchParams.get('code') ?? '';
      const { status, body } = await exchange(clientId, code);
      expect(status).toBe(200);
      expect(await stored()).toMatchObject({ id: clientId, lastUsedAt: expect.any(Number) });
      expect(await kept()).toBeUndefined();
      pass(DAY);
      await sweep();
      expect((await refresh(clientId, body.refresh_token)).status).toBe(200);
    },
  );

  test(
    cite('stays expired where the person denies, or does not decide', 'vestibule:lifecycle:restored'),
    async () => {
      const { newBrowser, openConsent, authorizeUrl, answer, token, clientId, pass, sweep, stored, events } =
        await expired(isSwept);
      const browser = newBrowser();
      await openConsent(browser, authorizeUrl(clientId));
      await answer(browser, await openConsent(browser, authorizeUrl(clientId)), DENY);
      expect(await token({ client_id: clientId, grant_type: 'refresh_token' })).toMatchObject({
        status: 401,
        body: { error: 'invalid_client' },
      });
      pass(HOUR);
      await sweep();
      expect(await stored()).toBeUndefined();
      expect(events('client.restored')).toEqual([]);
    },
  );

  test.each([
    ['https://app.example/cb', 'consent'],
    ['http://localhost:1234/cb', 'consent'],
    ['http://localhost:61000/cb', 'consent'],
    ['ferns://callback', 'consent'],
    ['https://app.example/cb/', 'problem'],
    ['https://app.example/CB', 'problem'],
    ['https://app.example/cb?x=1', 'problem'],
    ['https://evil.example/cb', 'problem'],
    ['http://127.0.0.1:1234/cb', 'problem'],
    ['ferns://callback/', 'problem'],
  ])(
    cite('is known only to a request that leads where it registered: %s: %s', 'vestibule:lifecycle:restored'),
    async (redirectUri, page) => {
      const { newBrowser, openConsent, authorizeUrl, clientId, stored } = await expired(isSwept, {
        redirect_uris: ['https://app.example/cb', 'http://localhost:1234/cb', 'ferns://callback'],
      });
      const before = await stored();
      const shown = await openConsent(newBrowser(), authorizeUrl(clientId, { redirect_uri: redirectUri }));
      expect(shown).toMatchObject(
        page === 'consent'
          ? { view: { page } }
          : { ...UNKNOWN, view: { ...UNKNOWN.view, clientName: 'App' } },
      );
      expect(await stored()).toEqual(before);
    },
  );

  const changes: [string, Partial<RegistrationSettings>, string][] = [
    ['a name that is reserved now', { reservedNames: ['App'] }, 'client-name.reserved'],
    ['a host that is refused now', { refusedRedirectHosts: ['app.example'] }, 'redirect-uris.accepted-host'],
  ];
  test.each(changes)(
    cite('is asked today’s policy: %s', 'vestibule:lifecycle:restored-today'),
    async (_title, change, rule) => {
      const { newBrowser, authorizeUrl, clientId, change: changeRealm } = await expired(isSwept);
      await changeRealm(withRegistration(PATIENT(), change));
      expect(await newBrowser().open(authorizeUrl(clientId))).toMatchObject({
        status: 403,
        view: { problem: 'client-unacceptable', detail: expect.stringContaining(`[${rule}]`) },
      });
    },
  );

  test(
    cite(
      'is judged with the current directory, which may have reserved its name',
      'vestibule:lifecycle:restored-today',
    ),
    async () => {
      const vendors = [{ name: 'App', hosts: ['vendor.example'] }];
      const { newBrowser, authorizeUrl, clientId, stored } = await expired(isSwept, {}, { vendors });
      const before = await stored();
      expect(await newBrowser().open(authorizeUrl(clientId))).toMatchObject({
        status: 403,
        view: { problem: 'client-unacceptable', detail: expect.stringContaining('[client-name.vendor]') },
      });
      expect(await stored()).toEqual(before);
    },
  );

  test.each<[string, Toggles, string]>([
    ['of the realm', { realm: false }, 'unauthorized_client'],
    ['of the API', { notes: false }, 'invalid_target'],
    ['of the scopes', { read: false, write: false }, 'invalid_scope'],
  ])(cite('is asked the gates, %s', 'vestibule:lifecycle:restored-today'), async (_title, toggles, error) => {
    const { newBrowser, authorizeUrl, clientId, change } = await expired(isSwept);
    await change(PATIENT(toggles));
    expect((await newBrowser().open(authorizeUrl(clientId))).view).toMatchObject({
      outcome: 'refused',
      detail: expect.stringContaining(error),
    });
  });

  test(
    cite('is unknown from the end of its 30 days on', 'vestibule:lifecycle:restorable-periods'),
    async () => {
      const { newBrowser, openConsent, authorizeUrl, clientId, pass } = await expired(isSwept);
      const since = isSwept ? 0.5 * HOUR : 60;
      pass(30 * DAY - since - 1);
      expect((await openConsent(newBrowser(), authorizeUrl(clientId))).view).toMatchObject({
        page: 'consent',
      });
      pass(1);
      expect(await newBrowser().open(authorizeUrl(clientId))).toMatchObject(UNKNOWN);
    },
  );

  test(cite('is never restored once it was deleted', 'vestibule:lifecycle:never-restored'), async () => {
    const { newBrowser, openConsent, authorizeUrl, answer, clientId, operator, stored } =
      await expired(isSwept);
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(clientId));
    expect(await operator.clients.remove(ADA, 'main', clientId)).toBe('changed');
    expect(await answer(browser, consent, APPROVE)).toMatchObject(UNKNOWN);
    expect(await newBrowser().open(authorizeUrl(clientId))).toMatchObject(UNKNOWN);
    expect(await stored()).toBeUndefined();
  });
});

test(
  cite('a blocked client that was never used stays blocked', 'vestibule:lifecycle:never-restored'),
  async () => {
    const world = setUp();
    const { register, operator, pass, newBrowser, authorizeUrl, clients } = world;
    const clientId = await register();
    await operator.clients.block(ADA, 'main', clientId);
    pass(400 * DAY);
    expect((await newBrowser().open(authorizeUrl(clientId))).view).toMatchObject({
      problem: 'client-blocked',
    });
    expect(await clients.findExpired('main', clientId)).toBeUndefined();
  },
);

describe('a client that was swept', () => {
  test(
    cite('is restored once though two tabs approve, with one event', 'vestibule:lifecycle:audit'),
    async () => {
      const { newBrowser, openConsent, authorizeUrl, answer, exchange, clientId, events } = await expired();
      const browser = newBrowser();
      const tabs = [
        await openConsent(browser, authorizeUrl(clientId)),
        await openConsent(browser, authorizeUrl(clientId)),
      ];
      const done = await Promise.all(tabs.map((tab) => answer(browser, tab, APPROVE)));
      for (const { view } of done) {
        const code = new URL(view.location).searchParams.get('code') ?? '';
        expect((await exchange(clientId, code)).status).toBe(200);
      }
      expect(events('client.restored')).toEqual([
        expect.objectContaining({
          clientId,
          clientName: 'App',
          redirectUris: ['https://app.example/cb'],
          subject: expect.any(String),
          expiredAt: expect.any(Number),
        }),
      ]);
    },
  );

  test(
    cite(
      'waits where a limit for new clients has no room, and can be restored later',
      'vestibule:lifecycle:restored-today',
    ),
    async () => {
      const world = await expired();
      const { newBrowser, openConsent, authorizeUrl, answer, clientId, change, stored, kept, events } = world;
      const full = realmWith();
      await change(
        withRegistration(full, { limits: { ...full.settings.registration.limits, awakeClients: 0 } }),
      );
      const browser = newBrowser();
      const consent = await openConsent(browser, authorizeUrl(clientId));
      const refused = await answer(browser, consent, APPROVE);
      expect(refused).toMatchObject({ status: 429, view: { problem: 'too-many' } });
      expect(await stored()).toBeUndefined();
      expect(await kept()).toBeDefined();
      expect(events('authorization.limited')).toHaveLength(1);
      await change(realmWith());
      expect((await browser.open(refused.url)).view).toMatchObject({
        page: 'hand-back',
        outcome: 'approved',
      });
      expect(await stored()).toBeDefined();
    },
  );

  test('is told to register again when it pushes a request, because no person is present', async () => {
    const { server, clientId, authorizeUrl } = await expired();
    const body = authorizeUrl(clientId).searchParams;
    const request = new Request(`${ISSUER}/connect/par`, { method: 'POST', body });
    const response = await server.pushedRequest(request, { ip: '192.0.2.1' });
    expect([response.status, await response.json()]).toMatchObject([401, { error: 'invalid_client' }]);
  });
});

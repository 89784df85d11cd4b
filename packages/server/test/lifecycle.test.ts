import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { APPROVE, asleep, attached, DAY, DENY, HOUR, patient, SINCE } from './aging.ts';
import { NOW, realmWith } from './set-up.ts';

describe.each([
  ['that no sweep has processed', false],
  ['that a sweep has hibernated', true],
])('a hibernated client %s', (_, isSwept) => {
  const sleeping = async () => {
    const world = await asleep();
    if (isSwept) await world.sweep();
    expect((await world.stored())?.registration.hibernatedAt).toBe(isSwept ? SINCE : undefined);
    return world;
  };

  test(
    cite(
      'is reactivated by a person who sees since when it was hibernated, and works again under its id',
      'vestibule:lifecycle:dormant',
      'vestibule:lifecycle:since',
      'vestibule:lifecycle:revived',
      'vestibule:lifecycle:by-time',
      'vestibule:lifecycle:audit',
    ),
    async () => {
      const { newBrowser, openConsent, authorizeUrl, answer, exchange, refresh, pass, ...world } =
        await sleeping();
      const { clientId, stored, events } = world;
      pass(10 * DAY);
      const browser = newBrowser();
      const consent = await openConsent(browser, authorizeUrl(clientId));
      expect(consent.view).toMatchObject({ page: 'consent', client: { name: 'App', asleepSince: SINCE } });

      const done = await answer(browser, consent, APPROVE);
      const code = new URL(done.view.location).searchParams.get('code') ?? '';
      const { status, body } = await exchange(clientId, code);
      expect(status).toBe(200);
      expect((await refresh(clientId, body.refresh_token)).status).toBe(200);
      expect(await stored()).toMatchObject({ lastUsedAt: NOW + 100 * DAY * 1000 });
      expect(await stored()).not.toHaveProperty('registration.hibernatedAt');
      expect(events('client.revived')).toEqual([
        expect.objectContaining({ clientId, subject: 'person-ada', asleepSince: SINCE, ip: '192.0.2.10' }),
      ]);
      expect((await openConsent(browser, authorizeUrl(clientId))).view).toMatchObject({
        client: expect.not.objectContaining({ asleepSince: expect.anything() }),
      });
    },
  );

  test(cite('stays hibernated after a denial', 'vestibule:lifecycle:denied'), async () => {
    const { newBrowser, openConsent, authorizeUrl, answer, refresh, ...world } = await sleeping();
    const { clientId, stored, events, tokens } = world;
    const before = await stored();
    const browser = newBrowser();
    const done = await answer(browser, await openConsent(browser, authorizeUrl(clientId)), DENY);
    expect(done.view).toMatchObject({ outcome: 'denied' });
    await browser.open(done.url);
    expect(await stored()).toEqual(before);
    expect(events('client.revived')).toEqual([]);
    expect(await refresh(clientId, tokens.refresh_token)).toMatchObject({ status: 400 });
    expect((await openConsent(browser, authorizeUrl(clientId))).view).toMatchObject({
      client: { asleepSince: SINCE },
    });
  });

  test(cite('stays hibernated while the person only reads', 'vestibule:lifecycle:denied'), async () => {
    const { newBrowser, openConsent, authorizeUrl, clientId, stored } = await sleeping();
    const before = await stored();
    await openConsent(newBrowser(), authorizeUrl(clientId));
    expect(await stored()).toEqual(before);
  });

  test(
    cite(
      'is reactivated once although two tabs approve at once, and both continue',
      'vestibule:lifecycle:revived',
    ),
    async () => {
      const { newBrowser, openConsent, authorizeUrl, answer, exchange, clientId, events } = await sleeping();
      const browser = newBrowser();
      const tabs = [
        await openConsent(browser, authorizeUrl(clientId)),
        await openConsent(browser, authorizeUrl(clientId)),
      ];
      const done = await Promise.all(tabs.map((tab) => answer(browser, tab, APPROVE)));
      const codes = done.map(({ view }) => new URL(view.location).searchParams.get('code') ?? '');
      for (const code of codes) expect((await exchange(clientId, code)).status).toBe(200);
      expect(events('client.revived')).toHaveLength(1);
      expect(events('consent.approved')).toHaveLength(3);
    },
  );

  test('a tab that displayed its hibernation displays the page again after another tab has reactivated it', async () => {
    const { newBrowser, openConsent, authorizeUrl, answer, clientId, events } = await sleeping();
    const browser = newBrowser();
    const slow = await openConsent(browser, authorizeUrl(clientId));
    await answer(browser, await openConsent(browser, authorizeUrl(clientId)), APPROVE);
    const again = await answer(browser, slow, APPROVE);
    expect(again).toMatchObject({ status: 409, view: { page: 'consent', stale: true } });
    expect((await answer(browser, again, APPROVE)).view).toMatchObject({ outcome: 'approved' });
    expect(events('client.revived')).toHaveLength(1);
  });

  test(
    cite(
      'gets 400 invalid_grant for its refresh token, so that it keeps its client_id and asks a person',
      'vestibule:lifecycle:token-endpoint',
    ),
    async () => {
      const { refresh, exchange, clientId, tokens, stored, audit } = await sleeping();
      const before = await stored();
      for (const answer of [await refresh(clientId, tokens.refresh_token), await exchange(clientId, 'x')]) {
        expect(answer).toMatchObject({
          status: 400,
          body: {
            error: 'invalid_grant',
            error_description:
              'this client has not been used for a long time; a person has to authorize it again',
          },
        });
      }
      expect(audit.events.at(-1)).toMatchObject({
        type: 'token.refused',
        clientId,
        reason: 'the client is hibernated',
      });
      expect(await stored()).toEqual(before);
    },
  );

  test('gets 401 invalid_client at the token endpoint once an operator has deleted it', async () => {
    const { refresh, clients, clientId, tokens } = await sleeping();
    await clients.remove('main', clientId);
    expect(await refresh(clientId, tokens.refresh_token)).toMatchObject({
      status: 401,
      body: { error: 'invalid_client', error_description: 'no such client; register again' },
    });
  });

  test('consumes nothing if it is refused a token, and refreshes as before once reactivated', async () => {
    const { refresh, obtainCode, clientId, tokens } = await sleeping();
    await refresh(clientId, tokens.refresh_token);
    await obtainCode(clientId);
    expect((await refresh(clientId, tokens.refresh_token)).status).toBe(200);
  });
});

test(
  cite(
    'a client that hibernates between approval and exchange gets invalid_grant, and its code is not consumed',
    'vestibule:lifecycle:token-endpoint',
  ),
  async () => {
    const { obtainCode, exchange, clientId, change, pass } = await attached();
    const code = await obtainCode(clientId);
    await change(realmWith({}, { lifetimes: { accessToken: 1 }, lifecycle: { dormant: 2 } }));
    pass(2);
    expect(await exchange(clientId, code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    await change(patient());
    expect((await exchange(clientId, code)).status).toBe(200);
  },
);

describe('a client is active', () => {
  test(cite('until the last second of its 90 days', 'vestibule:lifecycle:dormant'), async () => {
    const { newBrowser, openConsent, authorizeUrl, clientId, pass, refresh, tokens } = await attached();
    pass(90 * DAY - 1);
    const { view } = await openConsent(newBrowser(), authorizeUrl(clientId));
    expect(view).toMatchObject({ page: 'consent' });
    expect(view).not.toHaveProperty('client.asleepSince');
    expect((await refresh(clientId, tokens.refresh_token)).status).toBe(200);
  });

  test(cite('for as long as it refreshes', 'vestibule:lifecycle:use-keeps-awake'), async () => {
    const { clientId, pass, refresh, tokens, sweep, stored } = await attached();
    let current = tokens.refresh_token;
    for (let month = 1; month <= 24; month += 1) {
      pass(60 * DAY);
      await sweep();
      const { status, body } = await refresh(clientId, current);
      expect(status).toBe(200);
      expect((await stored())?.lastUsedAt).toBe(NOW + month * 60 * DAY * 1000);
      current = body.refresh_token;
    }
  });

  test(
    cite(
      'for as long as people approve it, though it fetches no token',
      'vestibule:lifecycle:use-keeps-awake',
    ),
    async () => {
      const { clientId, pass, obtainCode, stored } = await attached();
      for (let month = 1; month <= 5; month += 1) {
        pass(60 * DAY);
        await obtainCode(clientId);
        expect((await stored())?.lastUsedAt).toBe(NOW + month * 60 * DAY * 1000);
      }
    },
  );

  test('a use is not recorded every time', async () => {
    const { clientId, refresh, tokens, stored, pass } = await attached();
    const before = await stored();
    pass(HOUR - 1);
    const { body } = await refresh(clientId, tokens.refresh_token);
    expect(await stored()).toEqual(before);
    pass(1);
    await refresh(clientId, body.refresh_token);
    expect(await stored()).toEqual({
      ...before,
      version: (before?.version ?? 0) + 1,
      lastUsedAt: NOW + HOUR * 1000,
    });
  });
});

describe('a hibernated client is reactivated only for what it registered', () => {
  const URIS = ['https://app.example/cb', 'http://localhost:1234/cb', 'ferns://callback'];
  test.each([
    [URIS[0], 'consent'],
    ['http://localhost:1234/cb', 'consent'],
    ['http://localhost:61000/cb', 'consent'],
    ['ferns://callback', 'consent'],
    ['https://app.example/cb/', 'problem'],
    ['https://app.example/CB', 'problem'],
    ['https://app.example/cb?x=1', 'problem'],
    ['https://app.example:443/cb', 'problem'],
    ['https://evil.example/cb', 'problem'],
    ['http://127.0.0.1:1234/cb', 'problem'],
    ['http://localhost:1234/other', 'problem'],
    ['ferns://callback/', 'problem'],
  ])(cite('%s: %s', 'vestibule:lifecycle:exact-redirect'), async (redirectUri, page) => {
    const { newBrowser, openConsent, authorizeUrl, clientId, stored } = await asleep({
      redirect_uris: URIS,
    });
    const before = await stored();
    const shown = await openConsent(newBrowser(), authorizeUrl(clientId, { redirect_uri: redirectUri }));
    expect(shown.view).toMatchObject(
      page === 'consent'
        ? { page, client: { asleepSince: SINCE } }
        : { page, problem: 'redirect-uri-unregistered' },
    );
    expect(await stored()).toEqual(before);
  });
});

describe('the realm sets the periods', () => {
  const shortLived = realmWith(
    {},
    {
      lifetimes: { accessToken: 60, transaction: 60 },
      lifecycle: { unused: 60, dormant: 120, asleep: 180, restorable: 0 },
    },
  );

  test(cite('changed periods apply to every client at once', 'vestibule:lifecycle:periods'), async () => {
    const { register, newBrowser, openConsent, authorizeUrl, clientId, pass, change } = await attached();
    const unused = await register();
    const page = async (id: string) => (await openConsent(newBrowser(), authorizeUrl(id))).view;
    pass(60);
    expect(await page(unused)).toMatchObject({ page: 'consent' });
    await change(shortLived);
    expect(await page(unused)).toMatchObject({ problem: 'client-unknown' });
    expect(await page(clientId)).not.toHaveProperty('client.asleepSince');
    pass(60);
    expect(await page(clientId)).toMatchObject({ client: { asleepSince: NOW + 120_000 } });
    pass(180);
    expect(await page(clientId)).toMatchObject({ problem: 'client-unknown' });
    await change(patient());
    expect(await page(clientId)).toMatchObject({ page: 'consent' });
  });
});

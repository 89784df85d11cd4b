import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { APPROVE, asleep, attached, DAY, HOUR, patient, SINCE, withRegistration } from './aging.ts';
import { NOW, realmWith } from './set-up.ts';

const GONE = { status: 400, view: { page: 'problem', problem: 'client-unknown' } };

describe('an expired client, in a realm that keeps nothing of expired ones', () => {
  test.each<[string, number, boolean, boolean]>([
    ['never used for an hour, not yet swept', HOUR, false, false],
    ['never used for an hour, and swept', HOUR + 660, false, true],
    ['hibernated for a year, not yet swept', 455 * DAY, true, false],
    ['hibernated for a year, and swept', 455 * DAY + 660, true, true],
  ])(
    cite(
      '%s: a page at authorize, 401 at the token endpoint',
      'vestibule:lifecycle:unused',
      'vestibule:lifecycle:asleep',
      'vestibule:lifecycle:gone-page',
      'vestibule:lifecycle:by-time',
    ),
    async (_, age, isUsed, isSwept) => {
      const world = await attached();
      await world.change(
        realmWith({}, { lifetimes: { refreshToken: 1_000 * DAY }, lifecycle: { restorable: 0 } }),
      );
      const { newBrowser, openConsent, authorizeUrl, register, pass, refresh, tokens, sweep, clients } =
        world;
      const { audit } = world;
      const clientId = isUsed ? world.clientId : await register({ client_name: 'Other' });
      pass(age - 1);
      if (!isSwept) {
        expect((await openConsent(newBrowser(), authorizeUrl(clientId))).view).toMatchObject({
          page: 'consent',
        });
      }
      pass(1);
      if (isSwept) await sweep();
      expect((await clients.find('main', clientId)) === undefined).toBe(isSwept);

      const browser = newBrowser();
      const shown = await browser.open(authorizeUrl(clientId));
      expect(shown).toMatchObject(GONE);
      const name = isUsed ? 'App' : 'Other';
      expect(shown.view).toMatchObject({
        app: { redirectUri: 'https://app.example/cb', ...(!isSwept && { name }) },
      });
      expect(browser.cookies.size).toBe(0);
      expect(audit.events.at(-1)).toMatchObject({ type: 'authorization.refused', error: 'client-unknown' });
      expect(await refresh(clientId, tokens.refresh_token)).toMatchObject({
        status: 401,
        body: { error: 'invalid_client', error_description: 'no such client; register again' },
      });
    },
  );
});

describe('an authorization that began in time can finish', () => {
  test(
    cite(
      'a client that was never used finishes from minute 59 on, despite sweeps',
      'vestibule:lifecycle:used-meanwhile',
    ),
    async () => {
      const world = await attached();
      const { register, newBrowser, authorizeUrl, answer, exchange, pass, sweep, refresh } = world;
      const clientId = await register();
      pass(HOUR - 1);
      const browser = newBrowser();
      const signIn = await browser.open(authorizeUrl(clientId));
      pass(300);
      await sweep();
      const consent = await answer(browser, signIn, { username: 'ada', password: 'right' });
      expect(consent.view).toMatchObject({ page: 'consent' });
      pass(299);
      await sweep();
      const done = await answer(browser, consent, APPROVE);
      const code = new URL(done.view.location).searchParams.get('code') ?? '';
      pass(59);
      await sweep();
      const { status, body } = await exchange(clientId, code);
      expect(status).toBe(200);
      pass(HOUR);
      await sweep();
      expect((await refresh(clientId, body.refresh_token)).status).toBe(200);
    },
  );

  test(
    cite(
      'a client that is due for hibernation meanwhile is displayed as hibernated, and reactivated',
      'vestibule:lifecycle:used-meanwhile',
      'vestibule:lifecycle:since',
      'vestibule:lifecycle:audit',
    ),
    async () => {
      const world = await asleep();
      const { clientId, newBrowser, openConsent, authorizeUrl, answer, exchange, pass, sweep, events } =
        world;
      await sweep();
      pass(365 * DAY - 1);
      const browser = newBrowser();
      const consent = await openConsent(browser, authorizeUrl(clientId));
      pass(599);
      await sweep();
      const again = await browser.open(consent.url);
      expect(again.view).toMatchObject({ page: 'consent', client: { asleepSince: SINCE } });
      const done = await answer(browser, consent, APPROVE);
      const code = new URL(done.view.location).searchParams.get('code') ?? '';
      expect((await exchange(clientId, code)).status).toBe(200);
      expect(events('client.revived')).toEqual([expect.objectContaining({ asleepSince: SINCE })]);
    },
  );

  test(
    cite('a client that is due for hibernation is judged by the current policy', 'vestibule:lifecycle:today'),
    async () => {
      const world = await asleep();
      const { clientId, newBrowser, openConsent, authorizeUrl, answer, pass, change, stored } = world;
      pass(365 * DAY - 1);
      const browser = newBrowser();
      const consent = await openConsent(browser, authorizeUrl(clientId));
      pass(10);
      await change(withRegistration(patient(), { reservedNames: ['App'] }));
      expect(await answer(browser, consent, APPROVE)).toMatchObject({
        view: { problem: 'client-unacceptable' },
      });
      expect((await stored())?.lastUsedAt).toBe(NOW);
    },
  );

  test(
    cite('a client that is hibernated meanwhile has its page displayed again', 'vestibule:lifecycle:since'),
    async () => {
      const world = await attached();
      const { clientId, newBrowser, openConsent, authorizeUrl, answer, pass, events } = world;
      pass(90 * DAY - 1);
      const browser = newBrowser();
      const consent = await openConsent(browser, authorizeUrl(clientId));
      pass(1);
      const again = await answer(browser, consent, APPROVE);
      expect(again).toMatchObject({
        status: 409,
        view: { stale: true, client: { asleepSince: SINCE } },
      });
      expect((await answer(browser, again, APPROVE)).view).toMatchObject({ outcome: 'approved' });
      expect(events('client.revived')).toHaveLength(1);
    },
  );

  test('an authorization does not finish with a client that is deleted meanwhile', async () => {
    const world = await asleep();
    const { clientId, newBrowser, openConsent, authorizeUrl, answer, clients } = world;
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(clientId));
    await clients.remove('main', clientId);
    for (const shown of [
      await browser.open(consent.url),
      await browser.open(consent.url.href.replace('consent', 'sign-in')),
      await answer(browser, consent, APPROVE),
    ]) {
      expect(shown).toMatchObject(GONE);
    }
  });

  test(
    cite(
      'a client that a sweep hibernates right after the approval is reactivated',
      'vestibule:lifecycle:audit',
    ),
    async () => {
      const world = await asleep();
      const { clientId, newBrowser, openConsent, authorizeUrl, answer, intercept, sweep, events, stored } =
        world;
      const browser = newBrowser();
      const consent = await openConsent(browser, authorizeUrl(clientId));
      intercept({
        kind: 'client.replace',
        before: async () => expect(await sweep()).toMatchObject({ hibernated: 1 }),
      });
      await answer(browser, consent, APPROVE);
      expect(await stored()).not.toHaveProperty('registration.hibernatedAt');
      expect(['client.hibernated', 'client.revived'].map((type) => events(type).length)).toEqual([1, 1]);
    },
  );
});

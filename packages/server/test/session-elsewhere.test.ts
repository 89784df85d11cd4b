import { describe, expect, test } from 'vitest';
import type { SignInMethod } from '../src/index.ts';
import type { Browser } from './browser.ts';
import { ADA, ELSEWHERE, elsewhere, finish, GRACE, leave, serve } from './method-world.ts';
import { ISSUER } from './set-up.ts';

describe('a session elsewhere', () => {
  /** A method for a session of the host application on the same host, which a cookie names. */
  const sameHost: SignInMethod = {
    asksEachTime: true,
    begin: async ({ request }) => {
      const name = /host-session=(\w+)/.exec(request.headers.get('cookie') ?? '')?.[1];
      if (name === undefined) return { kind: 'redirect', location: ELSEWHERE };
      return { kind: 'authenticated', person: name === 'ada' ? ADA : GRACE, methods: ['pwd'] };
    },
  };

  test('a session elsewhere that changed is noticed at the next authorization', async () => {
    const world = await serve(sameHost);
    const browser = world.newBrowser();
    for (const [name, person] of [
      ['ada', ADA],
      ['grace', GRACE],
    ] as const) {
      browser.plant(`host-session=${name}`);
      const consent = await browser.open(world.authorizeUrl(world.clientId));
      expect(consent.view).toMatchObject({ page: 'consent', person });
    }
  });

  test('makes a session here that lasts as long as one interaction at most', async () => {
    const world = await serve(sameHost);
    const browser = world.newBrowser();
    browser.plant('host-session=ada');
    await browser.open(world.authorizeUrl(world.clientId));
    const lifetimes = browser.received.map(({ maxAge }) => maxAge).filter((maxAge) => maxAge !== 90 * 86_400);
    expect(Math.max(...lifetimes.map((maxAge) => maxAge ?? Infinity))).toBe(600);
    const before = new Request(`${ISSUER}/connect/apps`, { headers: { cookie: cookiesOf(browser) } });
    const [forgotten] = await world.server.endSession(before);
    expect(forgotten).toMatch(/^__Host-vestibule-session-main=;.*Max-Age=0/);
  });

  const cookiesOf = (browser: Browser): string =>
    [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');

  test.each([
    ['a session that exists answers `prompt=none`', 'host-session=ada', 'consent_required'],
    ['a session that does not exist answers `prompt=none` with an error', '', 'login_required'],
  ])('%s', async (_, cookie, error) => {
    const world = await serve(sameHost);
    const { clientId } = await world.preregister();
    const browser = world.newBrowser();
    browser.plant(cookie);
    const shown = await browser.open(world.authorizeUrl(clientId, { prompt: 'none' }));
    expect(shown.view).toMatchObject({ page: 'hand-back', outcome: 'refused' });
    expect(new URL(shown.view.location).searchParams.get('error')).toBe(error);
  });

  test('is not used when the person asks for another account', async () => {
    const { method, asked } = elsewhere();
    const world = await serve(method);
    const browser = world.newBrowser();
    const consent = await browser.open(await finish(world, await leave(world, browser)));
    await browser.open(new URL(consent.view.switchPerson, ISSUER));
    expect(asked.map(({ wantsOtherPerson }) => wantsOtherPerson)).toEqual([false, true]);
  });
});

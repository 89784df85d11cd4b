import { expect, test } from 'vitest';
import { createBrowser } from './browser.ts';
import { ISSUER, NOW, setUp } from './set-up.ts';

const OUTAGE = Object.assign(new Error('gone'), { code: 'STORE_UNAVAILABLE' });

/** A server whose next event cannot be recorded. */
function meet() {
  const world = setUp();
  return {
    ...world,
    browser: createBrowser(world.server, ISSUER),
    failNextEvent: () => world.intercept({ kind: 'event.append', before: () => Promise.reject(OUTAGE) }),
    eventsOf: (type: string) => world.audit.events.filter((event) => event.type === type),
  };
}

const revoke = ({ server }: ReturnType<typeof meet>, clientId: string, token: string) =>
  server.revoke(
    new Request(`${ISSUER}/connect/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: clientId, token }),
    }),
    { ip: '192.0.2.1' },
  );

test('an access token is revoked together with its event, or not at all, and once', async () => {
  const world = meet();
  const { register, exchange, obtainCode, stores, failNextEvent, eventsOf } = world;
  const clientId = await register();
  const { body } = await exchange(clientId, await obtainCode(clientId));
  const token: string = body.access_token;
  failNextEvent();
  expect((await revoke(world, clientId, token)).status).toBe(503);
  expect(await stores.revokedTokens.list('main', NOW)).toEqual([]);
  const answers = await Promise.all(Array.from({ length: 5 }, () => revoke(world, clientId, token)));
  expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200));
  expect(await stores.revokedTokens.list('main', NOW)).toHaveLength(1);
  expect(eventsOf('token.revoked')).toHaveLength(1);
});

test('a session begins together with the event of the sign-in, or not at all', async () => {
  const { browser, register, authorizeUrl, answer, failNextEvent, eventsOf } = meet();
  const url = authorizeUrl(await register());
  const form = await browser.open(url);
  failNextEvent();
  const failed = await answer(browser, form, { username: 'ada', password: 'right' });
  expect(failed.status).toBe(503);
  expect(eventsOf('sign-in.succeeded')).toEqual([]);
  expect((await browser.open(url)).view.page).toBe('sign-in');
  await answer(browser, await browser.open(url), { username: 'ada', password: 'right' });
  expect((await browser.open(url)).view.page).toBe('consent');
  expect(eventsOf('sign-in.succeeded')).toHaveLength(1);
});

test('a session ends together with the event of the sign-out, or not at all', async () => {
  const { browser, register, authorizeUrl, openConsent, failNextEvent, eventsOf } = meet();
  const url = authorizeUrl(await register());
  await openConsent(browser, url);
  const signOut = async () => {
    const { view } = await browser.open('/connect/sign-out');
    return browser.post('/connect/sign-out', { csrf: view.signedIn?.csrf ?? '' });
  };
  failNextEvent();
  expect((await signOut()).status).toBe(503);
  expect(eventsOf('sign-out.succeeded')).toEqual([]);
  expect((await browser.open(url)).view.page).toBe('consent');
  await signOut();
  expect(eventsOf('sign-out.succeeded')).toHaveLength(1);
  expect((await browser.open(url)).view.page).toBe('sign-in');
});

test('signing keys are generated and retired together with their events, or not at all', async () => {
  const { server, stores, operator, pass, failNextEvent, eventsOf, errors } = meet();
  const publish = () => server.jwks(new Request(`${ISSUER}/connect/jwks`), { ip: '192.0.2.1' });
  failNextEvent();
  expect((await publish()).status).toBe(503);
  expect(await stores.keys.list('main')).toEqual([]);
  await publish();
  expect(eventsOf('key.made')).toHaveLength(1);
  pass(1);
  await operator.keys.replace({ kind: 'cli', id: 'ada' }, 'main', { compromised: true });
  failNextEvent();
  expect((await publish()).status).toBe(503);
  expect(await stores.keys.list('main')).toHaveLength(1);
  await publish();
  expect([eventsOf('key.made').length, eventsOf('key.retired').length]).toEqual([2, 1]);
  expect(await stores.keys.list('main')).toHaveLength(1);
  expect(errors).toHaveLength(2);
});

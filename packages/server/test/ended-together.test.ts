import { expect, test } from 'vitest';
import { createBrowser } from './browser.ts';
import { ISSUER, setUp } from './set-up.ts';

const APPROVE = { decision: 'approve' };

/** A client with a refresh token and a code that it has not exchanged, in Ada's browser, and a log that can fail. */
async function meet() {
  const world = setUp();
  const { server, register, authorizeUrl, openConsent, answer, exchange, intercept } = world;
  const clientId = await register();
  const browser = createBrowser(server, ISSUER);
  const approved = async (): Promise<string> => {
    const done = await answer(browser, await openConsent(browser, authorizeUrl(clientId)), APPROVE);
    return new URL(done.view.location).searchParams.get('code') ?? '';
  };
  const { body } = await exchange(clientId, await approved());
  const refreshToken: string = body.refresh_token;
  const code = await approved();
  const outage = Object.assign(new Error('gone'), { code: 'STORE_UNAVAILABLE' });
  return {
    ...world,
    clientId,
    browser,
    refreshToken,
    code,
    /** The next event cannot be recorded together with its change. */
    failNextEvent: () => intercept({ kind: 'event.append', before: () => Promise.reject(outage) }),
    endings: () => world.audit.events.filter(({ type }) => type === 'grant.ended'),
  };
}

test('a client that revokes its refresh token ends its grant together with the event, or not at all', async () => {
  const { server, clientId, refreshToken, refresh, failNextEvent, endings } = await meet();
  const revoke = () =>
    server.revoke(
      new Request(`${ISSUER}/connect/revoke`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: clientId, token: refreshToken }),
      }),
      { ip: '192.0.2.1' },
    );
  failNextEvent();
  expect((await revoke()).status).toBe(503);
  expect(endings()).toEqual([]);
  expect((await refresh(clientId, refreshToken)).status).toBe(200);
  expect((await revoke()).status).toBe(200);
  expect(endings()).toMatchObject([{ reason: 'client-revoked' }]);
  expect((await refresh(clientId, refreshToken)).status).toBe(400);
});

test('a person who ends an app ends each grant together with its event, also one whose code was not exchanged', async () => {
  const { browser, clientId, refreshToken, code, refresh, exchange, failNextEvent, endings } = await meet();
  const end = async () => {
    const { view } = await browser.open('/connect/apps');
    const { action = '', csrf = '' } = view.apps?.[0] ?? {};
    return browser.post(action, { client: clientId, csrf });
  };
  failNextEvent();
  expect((await end()).status).toBe(503);
  expect(endings()).toEqual([]);
  expect((await refresh(clientId, refreshToken)).status).toBe(200);
  expect((await end()).view.apps).toEqual([]);
  expect(endings()).toMatchObject([{ reason: 'person-revoked' }, { reason: 'person-revoked' }]);
  expect((await refresh(clientId, refreshToken)).status).toBe(400);
  expect((await exchange(clientId, code)).status).toBe(400);
});

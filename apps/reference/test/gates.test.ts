import type { Realm } from '@vestibule/core/realm';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { startApp } from './support/app.ts';
import { approve, authorizeUrl, exchange, register, token } from './support/oauth.ts';

const REDIRECT_URI = 'http://127.0.0.1:4711/cb';

const CLOSINGS: [string, (realm: Realm) => Realm, string][] = [
  [
    'realm',
    (realm) => ({
      ...realm,
      settings: { ...realm.settings, registration: { ...realm.settings.registration, open: false } },
    }),
    'unauthorized_client',
  ],
  [
    'API',
    (realm) => ({ ...realm, apis: realm.apis.map((api) => ({ ...api, openToDynamicClients: false })) }),
    'invalid_target',
  ],
  [
    'scope',
    (realm) => ({
      ...realm,
      scopes: realm.scopes.map((scope) => ({ ...scope, openToDynamicClients: false })),
    }),
    'invalid_scope',
  ],
];

describe.each(CLOSINGS)('closing the gate of the %s stops', (_, close, error) => {
  test(
    cite(
      'the next authorization, exchange and refresh, and opening it lets them go on',
      'vestibule:gates:realm',
      'vestibule:gates:api',
      'vestibule:gates:scope',
      'vestibule:gates:at-authorization',
      'vestibule:gates:at-exchange',
      'vestibule:gates:at-refresh',
    ),
    async () => {
      const app = await startApp();
      const original = app.realm;
      const { body: client } = await register(app, { redirect_uris: [REDIRECT_URI] });
      const url = authorizeUrl(app, client.client_id, { redirect_uri: REDIRECT_URI });
      const { body: tokens } = await exchange(app, client.client_id, REDIRECT_URI, await approve(url));
      const waiting = await approve(url);
      const refresh = () =>
        token(app, {
          grant_type: 'refresh_token',
          client_id: client.client_id,
          refresh_token: tokens.refresh_token,
        });

      await app.change(close);
      const authorization = await fetch(url, { redirect: 'manual' });
      const sentBack = new URL(authorization.headers.get('location') ?? '');
      expect(Object.fromEntries(sentBack.searchParams)).toMatchObject({
        error,
        state: 'st',
        iss: app.issuer,
      });
      expect(await exchange(app, client.client_id, REDIRECT_URI, waiting)).toMatchObject({
        status: 400,
        body: { error },
      });
      expect(await refresh()).toMatchObject({ status: 400, body: { error } });

      await app.change(() => original);
      expect((await approve(url)).searchParams.has('code')).toBe(true);
      expect((await refresh()).status).toBe(200);
    },
  );
});

describe('a realm whose door is closed', () => {
  test(
    cite(
      'has no registration endpoint, and its place answers as an unknown path does',
      'vestibule:gates:silent-door',
      'vestibule:gates:advertised',
    ),
    async () => {
      const app = await startApp();
      await app.change((realm) => ({
        ...realm,
        settings: { ...realm.settings, registration: { ...realm.settings.registration, open: false } },
      }));
      const metadata = await (await fetch(`${app.issuer}/.well-known/oauth-authorization-server`)).json();
      expect(metadata).not.toHaveProperty('registration_endpoint');

      const requests: RequestInit[] = [
        {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ redirect_uris: [REDIRECT_URI] }),
        },
        { method: 'POST', body: 'x'.repeat(100_000) },
        { method: 'GET' },
        { method: 'GET', headers: { accept: 'text/html' } },
        { method: 'HEAD' },
        {
          method: 'OPTIONS',
          headers: { origin: 'https://app.example', 'access-control-request-method': 'POST' },
        },
        { method: 'DELETE' },
      ];
      for (const request of requests) {
        const [door, unknown] = await Promise.all(
          ['register', 'regiztre'].map((place) => look(`${app.issuer}/connect/${place}`, request)),
        );
        expect(door).toEqual(unknown);
        // A preflight is allowed everywhere, so that a page can read the response to the request itself.
        expect(door?.status).toBe(request.method === 'OPTIONS' ? 204 : 404);
      }
    },
  );
});

async function look(url: string, init: RequestInit) {
  const response = await fetch(url, init);
  const headers = [...response.headers].filter(([name]) => name !== 'date');
  return { status: response.status, headers, body: await response.text() };
}

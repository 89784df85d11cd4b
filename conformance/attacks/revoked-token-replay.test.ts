/**
 * A token that is presented after it was revoked, or after its grant has ended.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7009#section-2 RFC 7009 §2}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2 RFC 9700 §4.14.2}
 *
 * Taken out: packages/server/src/token/standing-access-token.ts: `isRevoked || grant === undefined` → `grant === undefined`
 * Then fails: refuses a revoked access token, and keeps its grant
 * Taken out: conformance/support/protected-api.ts: `server.scopesNow({ ...token, grantId, resource })` → `Promise.resolve(token.scopes)`
 * Then fails: refuses it at the API’s next request
 * Taken out: packages/sqlite/src/stores/grant/grant-statements.ts: `'realm = ? AND family_hash = ? AND ended_at IS NULL'` → `'realm = ? AND family_hash = ?'`
 * Then fails: refuses all tokens of an ended grant
 */
import type { Realm } from '@vestibule/core/realm';
import { beforeAll, describe, expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { apiSecret, introspect } from './support/api.ts';
import { type AttackClient, newClient } from './support/client.ts';

const app = attackedApp();

let notes: readonly [string, string];
beforeAll(async () => {
  notes = ['notes', await apiSecret(app(), 'notes')];
});

const isActive = async (token: string): Promise<boolean> =>
  (await introspect(app(), notes, token)).body.active;

async function revoke(client: AttackClient, token: string): Promise<void> {
  const body = new URLSearchParams({ token, client_id: client.id });
  const { status } = await fetch(`${app().issuer}/connect/revoke`, { method: 'POST', body });
  expect(status).toBe(200);
}

test('refuses a revoked access token, and keeps its grant', async () => {
  const client = await newClient(app());
  const { access_token: access, refresh_token: refresh } = await client.tokens();
  await revoke(client, access);
  expect(await isActive(access)).toBe(false);
  const { body } = await client.refresh(refresh);
  expect(await isActive(body.access_token)).toBe(true);
});

describe('refuses all tokens of an ended grant', () => {
  const ends: [
    string,
    (client: AttackClient, used: string, newest: string, code: URL) => Promise<unknown>,
  ][] = [
    ['its newest refresh token was revoked', (client, _used, newest) => revoke(client, newest)],
    ['a used one was revoked', (client, used) => revoke(client, used)],
    [
      'one was revoked that is no longer stored',
      async (client, used, newest) => {
        const { body } = await client.refresh(newest);
        await client.refresh(body.refresh_token);
        await revoke(client, used);
      },
    ],
    ['its code was replayed', (client, _used, _newest, code) => client.exchange(code)],
  ];
  test.each(ends)('%s', async (_, end) => {
    const client = await newClient(app());
    const code = await client.code();
    const { body: first } = await client.exchange(code);
    const { body: second } = await client.refresh(first.refresh_token);
    const { body: third } = await client.refresh(second.refresh_token);
    expect(await isActive(third.access_token)).toBe(true);
    await end(client, second.refresh_token, third.refresh_token, code);
    for (const { access_token: access, refresh_token: refresh } of [first, second, third]) {
      expect(await isActive(access)).toBe(false);
      expect((await client.refresh(refresh)).body.error).toBe('invalid_grant');
    }
  });

  test('keeps tokens of another grant of the same client working', async () => {
    const client = await newClient(app());
    const [ended, other] = [await client.tokens(), await client.tokens()];
    await revoke(client, ended.refresh_token);
    expect(await isActive(other.access_token)).toBe(true);
    expect((await client.refresh(other.refresh_token)).status).toBe(200);
  });
});

describe('refuses it at the API’s next request', () => {
  const status = async (token: string): Promise<number> => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(app().notes, { method: 'POST', body: '{}', headers })).status;
  };
  const change = (changed: (realm: Realm) => Partial<Realm>) =>
    app().change((realm) => ({ ...realm, ...changed(realm) }));

  test.each<[string, (client: AttackClient, access: string, refresh: string) => Promise<unknown>]>([
    ['an access token that was revoked', (client, access) => revoke(client, access)],
    [
      'an access token whose grant was ended by its refresh token',
      (client, _, refresh) => revoke(client, refresh),
    ],
    [
      'an access token whose client was blocked',
      async ({ id }) => {
        const { clients } = app().stores;
        const client = await clients.find(app().realm.id, id);
        if (client !== undefined) await clients.replace({ ...client, blockedAt: Date.now() }, client.version);
      },
    ],
  ])('%s', async (_, end) => {
    const client = await newClient(app());
    const { access_token: access, refresh_token: refresh } = await client.tokens();
    expect(await status(access)).not.toBe(401);
    await end(client, access, refresh);
    expect(await status(access)).toBe(401);
  });

  test.each<[string, (realm: Realm) => Partial<Realm>]>([
    [
      'realm',
      ({ settings }) => ({
        settings: {
          ...settings,
          registration: { ...settings.registration, open: false },
          metadataDocuments: { ...settings.metadataDocuments, open: false },
        },
      }),
    ],
    ['API', ({ apis }) => ({ apis: apis.map((api) => ({ ...api, openToDynamicClients: false })) })],
    [
      'scopes',
      ({ scopes }) => ({ scopes: scopes.map((scope) => ({ ...scope, openToDynamicClients: false })) }),
    ],
  ])('an access token while the gate of the %s is closed', async (_, closed) => {
    const client = await newClient(app());
    const { access_token: access } = await client.tokens();
    let before: Realm | undefined;
    await change((realm) => {
      before = realm;
      return closed(realm);
    });
    expect(await status(access)).toBe(401);
    await change(() => before ?? {});
    expect(await status(access)).not.toBe(401);
  });
});

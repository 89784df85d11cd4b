import { createOperator } from '@vestibule/core/operator';
import { randomToken, sha256 } from '@vestibule/http';
import { cite } from '@vestibule/requirements';
import { newBrowser, type Shown } from '@vestibule/testing/browser';
import { VERIFIER } from '@vestibule/testing/pkce';
import { NOTES_REALM } from '@vestibule/testing/realm';
import { describe, expect, test } from 'vitest';
import {
  approved,
  authorizeUrl,
  decided,
  exchanged,
  REDIRECT,
  refreshed,
  registered,
  send,
  type Answer,
} from './support/agent.ts';
import { API_CLIENT, OPEN, type StartedBridge, startBridge } from './support/start-bridge.ts';

/** Closes a gate. */
const CLOSE = {
  realm: { settings: { ...OPEN, registration: { ...OPEN.registration, open: false } } },
  api: { apis: NOTES_REALM.apis.map((api) => ({ ...api, openToDynamicClients: false })) },
  scope: { scopes: NOTES_REALM.scopes.map((scope) => ({ ...scope, openToDynamicClients: false })) },
} as const;

const ERRORS = { realm: 'unauthorized_client', api: 'invalid_target', scope: 'invalid_scope' } as const;
const GATES = ['realm', 'api', 'scope'] as const;

/** Opens every gate. */
const OPENED = { settings: OPEN, apis: NOTES_REALM.apis, scopes: NOTES_REALM.scopes };

async function attached(
  app: StartedBridge,
): Promise<{ readonly clientId: string; readonly tokens: Answer['body'] }> {
  const clientId = await registered(app);
  const { body } = await exchanged(app, clientId, await approved(app, clientId));
  return { clientId, tokens: body };
}

async function introspected(app: StartedBridge, token: string): Promise<Answer> {
  const authorization = `Basic ${Buffer.from(`${API_CLIENT.id}:${API_CLIENT.secret}`).toString('base64')}`;
  return send(app, { token }, '/token/introspection', { authorization });
}

/** Blocks a client as an operator does, or unblocks it. */
async function block({ stores }: StartedBridge, clientId: string, blocked = true): Promise<void> {
  const operator = createOperator({ ...stores, clock: Date.now, generateToken: randomToken, hash: sha256 });
  const actor = { kind: 'cli', id: 'test' } as const;
  const changed = await (blocked
    ? operator.clients.block(actor, 'main', clientId)
    : operator.clients.unblock(actor, 'main', clientId));
  expect(changed).toBe('changed');
}

describe.each(GATES)(cite('if the gate of the %s is closed', 'vestibule:oidc-provider:gates'), (gate) => {
  test('an authorization request is refused', async () => {
    const app = await startBridge();
    const clientId = await registered(app);
    await app.change(CLOSE[gate]);
    const { away } = await newBrowser().open(authorizeUrl(app, clientId));
    expect(away?.searchParams.get('error')).toBe(ERRORS[gate]);
  });

  test('while a person reads the consent page, their approval has no effect', async () => {
    const app = await startBridge();
    const clientId = await registered(app);
    const browser = newBrowser();
    const page = await browser.open(authorizeUrl(app, clientId));
    await app.change(CLOSE[gate]);
    const { away } = await decided(browser, page);
    expect([away?.searchParams.get('error'), away?.searchParams.get('code')]).toEqual([ERRORS[gate], null]);
    expect([...app.adapter.rows.keys()].filter((key) => key.startsWith('Grant:'))).toEqual([]);
  });

  test('between approval and response, no code is issued', async () => {
    const app = await startBridge();
    const clientId = await registered(app);
    const browser = newBrowser();
    const page = await browser.open(authorizeUrl(app, clientId));
    // The page after the form leads to the response by itself, a moment later.
    let onward: Shown | undefined;
    const watching = {
      ...browser,
      open: async (url: URL | string) => ((onward = await browser.open(url)), onward),
    };
    const posting = {
      ...watching,
      open: async (url: URL | string) => (await app.change(CLOSE[gate]), watching.open(url)),
    };
    const { away } = await decided(posting, page);
    expect([away?.searchParams.get('error'), away?.searchParams.get('code')]).toEqual([ERRORS[gate], null]);
  });

  test('a code is not exchanged', async () => {
    const app = await startBridge();
    const clientId = await registered(app);
    const arrived = await approved(app, clientId);
    await app.change(CLOSE[gate]);
    expect((await exchanged(app, clientId, arrived)).body.error).toBe(ERRORS[gate]);
  });

  test('a refresh is refused, and works again with the same token once the gate is open', async () => {
    const app = await startBridge();
    const { clientId, tokens } = await attached(app);
    await app.change(CLOSE[gate]);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect((await refreshed(app, clientId, tokens.refresh_token)).body.error).toBe(ERRORS[gate]);
    }
    await app.change(OPENED);
    expect((await refreshed(app, clientId, tokens.refresh_token)).status).toBe(200);
  });

  test('an introspected token is not active', async () => {
    const app = await startBridge();
    const { tokens } = await attached(app);
    expect((await introspected(app, tokens.access_token)).body.active).toBe(true);
    await app.change(CLOSE[gate]);
    expect((await introspected(app, tokens.access_token)).body).toEqual({ active: false });
  });
});

test('a scope that was closed since disappears from refreshed and introspected tokens, and the others stay', async () => {
  const app = await startBridge();
  const { clientId, tokens } = await attached(app);
  const [read, ...others] = NOTES_REALM.scopes;
  const scopes = [
    read,
    ...others.map(({ name, description }) => ({ name, description, openToDynamicClients: false })),
  ];
  await app.change({ scopes });
  expect((await introspected(app, tokens.access_token)).body).toMatchObject({
    active: true,
    scope: 'notes:read',
  });
  const { body } = await refreshed(app, clientId, tokens.refresh_token);
  expect(body.scope).toBe('notes:read');
});

test('a refresh that asks for nothing but a closed scope is refused, and does not use up the token', async () => {
  const app = await startBridge();
  const { clientId, tokens } = await attached(app);
  await app.change({
    scopes: NOTES_REALM.scopes.map((scope) => ({
      ...scope,
      openToDynamicClients: scope.name === 'notes:read',
    })),
  });
  const refused = await refreshed(app, clientId, tokens.refresh_token, { scope: 'notes:write' });
  expect([refused.status, refused.body.error]).toEqual([400, 'invalid_scope']);
  const narrow = await refreshed(app, clientId, tokens.refresh_token, { scope: 'notes:read notes:write' });
  expect(narrow.body.scope).toBe('notes:read');
});

test.each(['a refresh', 'the exchange'])(
  'after openid was closed there is no ID token at %s',
  async (step) => {
    const app = await startBridge();
    const openid = { name: 'openid', description: 'Know who you are', openToDynamicClients: true };
    const apis = NOTES_REALM.apis.map((api) => ({ ...api, scopes: [...api.scopes, 'openid'] }));
    await app.change({ apis, scopes: [...NOTES_REALM.scopes, openid] });
    const close = () =>
      app.change({ scopes: [...NOTES_REALM.scopes, { ...openid, openToDynamicClients: false }] });
    const clientId = await registered(app);
    const arrived = await approved(app, clientId, { scope: 'openid notes:read' });
    if (step === 'the exchange') await close();
    const { body } = await exchanged(app, clientId, arrived);
    expect(typeof body.id_token).toBe(step === 'the exchange' ? 'undefined' : 'string');
    await close();
    const again = await refreshed(app, clientId, body.refresh_token);
    expect([again.status, again.body.scope, again.body.id_token]).toEqual([200, 'notes:read', undefined]);
  },
);

describe('an API that requires sender-constrained tokens', () => {
  const bound = NOTES_REALM.apis.map((api) => Object.assign({}, api, { dpop: 'required' as const }));

  test('refuses a refresh without a proof before the token is used up', async () => {
    const app = await startBridge();
    const { clientId, tokens } = await attached(app);
    await app.change({ apis: bound });
    const refused = await refreshed(app, clientId, tokens.refresh_token);
    expect([refused.status, refused.body.error]).toEqual([400, 'invalid_request']);
    await app.change(OPENED);
    expect((await refreshed(app, clientId, tokens.refresh_token)).status).toBe(200);
  });

  test('has no tokens if the provider does not read proofs, whatever a client sends', async () => {
    const app = await startBridge({ configuration: { features: { dPoP: { enabled: false } } } });
    const clientId = await registered(app);
    const arrived = await approved(app, clientId);
    await app.change({ apis: bound });
    const fields = {
      grant_type: 'authorization_code',
      client_id: clientId,
      code: arrived.searchParams.get('code') ?? '',
      redirect_uri: REDIRECT,
      code_verifier: VERIFIER,
    };
    const { status, body } = await send(app, fields, '/token', { dpop: 'a proof that is not read' });
    expect([status, body.error]).toEqual([400, 'invalid_target']);
    const { away } = await newBrowser().open(authorizeUrl(app, clientId));
    expect(away?.searchParams.get('error')).toBe('invalid_target');
  });
});

test('the metadata advertise registration and scopes only while they are open', async () => {
  const app = await startBridge();
  const metadata = async () => (await fetch(`${app.issuer}/.well-known/oauth-authorization-server`)).json();
  expect(await metadata()).toMatchObject({ registration_endpoint: `${app.issuer}/connect/register` });
  expect((await metadata()).scopes_supported).toEqual([
    'openid',
    'offline_access',
    'notes:read',
    'notes:write',
  ]);
  await app.change(CLOSE.realm);
  expect((await metadata()).registration_endpoint).toBeUndefined();
  expect((await fetch(`${app.issuer}/connect/register`, { method: 'POST', body: '{}' })).status).toBe(404);
});

describe('a client that an operator blocked', () => {
  test('gets a page instead of a redirect, and no consent page', async () => {
    const app = await startBridge();
    const clientId = await registered(app);
    await block(app, clientId);
    const { status, away, text } = await newBrowser().open(authorizeUrl(app, clientId));
    expect([status, away]).toEqual([400, undefined]);
    expect(text).toContain('an operator has blocked this client');
  });

  test('gets no code if it was blocked while the person decided', async () => {
    const app = await startBridge();
    const clientId = await registered(app);
    const browser = newBrowser();
    const page = await browser.open(authorizeUrl(app, clientId));
    await block(app, clientId);
    const { away, text } = await decided(browser, page);
    expect(away?.searchParams.get('code') ?? null).toBeNull();
    expect(text).not.toContain('code=');
  });

  test('is not told to register again at the token endpoint, and its tokens are not active', async () => {
    const app = await startBridge();
    const { clientId, tokens } = await attached(app);
    await block(app, clientId);
    expect((await refreshed(app, clientId, tokens.refresh_token)).body.error).toBe('invalid_grant');
    expect((await introspected(app, tokens.access_token)).body).toEqual({ active: false });
    expect(app.errors).toEqual([]);
  });
});

test('a client that was deleted gets invalid_client, and its tokens are not active', async () => {
  const app = await startBridge();
  const { clientId, tokens } = await attached(app);
  await app.stores.clients.remove('main', clientId);
  const { status, body } = await refreshed(app, clientId, tokens.refresh_token);
  expect([status, body.error]).toEqual([401, 'invalid_client']);
  expect((await introspected(app, tokens.access_token)).body).toEqual({ active: false });
  expect(
    (await decided(newBrowser(), await newBrowser().open(authorizeUrl(app, clientId))).catch(() => undefined))
      ?.away,
  ).toBeUndefined();
  expect(app.errors).toEqual([]);
});

describe('of two dynamic clients', () => {
  test('one cannot use the code or the refresh token of the other', async () => {
    const app = await startBridge();
    const first = await registered(app);
    const second = await registered(app, {
      client_name: 'Other',
      redirect_uris: ['http://127.0.0.1/cb', 'http://127.0.0.1/x'],
    });
    expect(second).not.toBe(first);
    const arrived = await approved(app, first);
    expect((await exchanged(app, second, arrived)).body.error).toBe('invalid_grant');
    const { body } = await exchanged(app, first, arrived);
    expect((await refreshed(app, second, body.refresh_token)).body.error).toBe('invalid_grant');
    expect((await refreshed(app, first, body.refresh_token)).status).toBe(200);
  });

  test('the approval of one is not an approval of the other in the same browser', async () => {
    const app = await startBridge();
    const first = await registered(app);
    const second = await registered(app, {
      client_name: 'Other',
      redirect_uris: ['http://127.0.0.1/cb', 'http://127.0.0.1/x'],
    });
    const browser = newBrowser();
    await approved(app, first, {}, browser);
    const page = await browser.open(authorizeUrl(app, second));
    expect(page.text).toContain('Other');
    expect(page.text).toContain('[unverified]');
  });
});

test(
  cite(
    'what people allowed does not come back when a blocked client is unblocked',
    'vestibule:oidc-provider:ended',
  ),
  async () => {
    const app = await startBridge();
    const { clientId, tokens } = await attached(app);
    await block(app, clientId);
    await block(app, clientId, false);
    expect((await refreshed(app, clientId, tokens.refresh_token)).body.error).toBe('invalid_grant');
    expect((await introspected(app, tokens.access_token)).body).toEqual({ active: false });
    const again = await exchanged(app, clientId, await approved(app, clientId));
    expect(again.status).toBe(200);
  },
);

test('a person sees what agents may do, and ends it', async () => {
  const app = await startBridge();
  const { clientId, tokens } = await attached(app);
  const listed = await app.stores.grants.listOf('main', 'ada', Date.now());
  expect(listed).toMatchObject([
    { clientId, scopes: ['notes:read', 'notes:write'], displayed: { name: 'Gardening agent' } },
  ]);
  await app.stores.grants.endOf('main', 'ada', clientId, Date.now());
  expect((await refreshed(app, clientId, tokens.refresh_token)).body.error).toBe('invalid_grant');
  expect((await introspected(app, tokens.access_token)).body).toEqual({ active: false });
});

test('a form that is sent twice results in one access', async () => {
  const app = await startBridge();
  const clientId = await registered(app);
  const browser = newBrowser();
  const page = await browser.open(authorizeUrl(app, clientId));
  const [first, second] = await Promise.all([decided(browser, page), decided(browser, page)]);
  const arrived = first.away ?? second.away;
  if (arrived === undefined) throw new Error('No response arrived.');
  expect((await exchanged(app, clientId, arrived)).status).toBe(200);
  const granted = await app.stores.grants.listOf('main', 'ada', Date.now());
  expect(granted.filter(({ isUnopened }) => isUnopened !== true)).toHaveLength(1);
});

test('a code is not exchanged after its person has ended the access', async () => {
  const app = await startBridge();
  const clientId = await registered(app);
  const arrived = await approved(app, clientId);
  await app.stores.grants.endOf('main', 'ada', clientId, Date.now());
  expect((await exchanged(app, clientId, arrived)).body.error).toBe('invalid_grant');
});

test('an agent that revokes its refresh token has no access any more', async () => {
  const grantsOf = (started: StartedBridge) => started.stores.grants.listOf('main', 'ada', Date.now());
  const app = await startBridge();
  const { clientId, tokens } = await attached(app);
  expect(
    (await send(app, { client_id: clientId, token: tokens.refresh_token }, '/token/revocation')).status,
  ).toBe(200);
  expect((await refreshed(app, clientId, tokens.refresh_token)).body.error).toBe('invalid_grant');
  expect((await introspected(app, tokens.access_token)).body).toEqual({ active: false });
  await expect.poll(() => grantsOf(app)).toEqual([]);
});

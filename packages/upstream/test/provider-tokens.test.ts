import { asksForConsent, handedBack, headingOf, newBrowser } from '@vestibule/testing/browser';
import { exchange } from '@vestibule/testing/oauth';
import { describe, expect, test } from 'vitest';
import { AUDIENCE, claimsOf, leadsTo, startTokenWorld } from './support/token-world.ts';
import { CALLBACK, signInThere } from './support/world.ts';

describe('tokens of the provider', () => {
  test('are issued for the API and the approved scopes, after our consent', async () => {
    const world = await startTokenWorld();
    const { provider } = world;
    const browser = newBrowser();
    const consent = await signInThere(world, world.url(), browser);
    expect([asksForConsent(consent), provider.asked.get('scope')]).toEqual([true, 'openid profile email']);
    const onward = await browser.decide(consent, 'approve');
    expect(onward.text).toContain('You allowed it.');
    const asked = leadsTo(onward);
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      scope: 'openid offline_access notes.read',
      resource: AUDIENCE,
      redirect_uri: `${world.issuer}/connect/provider/return`,
      code_challenge_method: 'S256',
    });
    const shown = await browser.open(await provider.signIn(asked));
    const arrived = handedBack(shown) ?? new URL(CALLBACK);
    const { status, body } = await exchange(world, world.clientId, CALLBACK, arrived);
    expect([status, body.token_type, body.scope]).toEqual([200, 'Bearer', 'notes:read']);
    expect(claimsOf(body.access_token)).toMatchObject({
      iss: provider.issuer,
      aud: AUDIENCE,
      scope: 'openid offline_access notes.read',
    });
    expect(body.expires_in).toBeGreaterThan(290);
    expect(body.expires_in).toBeLessThanOrEqual(300);
    expect(world.failures).toEqual([]);
  });

  test('keep the refresh token of the provider here, and give one of this server', async () => {
    const world = await startTokenWorld();
    const body = await world.tokens();
    const [ofProvider] = world.provider.refreshTokens.keys();
    expect(body.refresh_token).toMatch(/^[\w-]{43}\.[\w-]{43}$/);
    const everything = JSON.stringify([body, await world.events()]);
    expect(ofProvider).toBeDefined();
    expect(everything).not.toContain(ofProvider);
    expect(everything).not.toContain(world.provider.clientSecret);
  });

  test('are not asked for with a refresh token if the agent cannot refresh', async () => {
    const world = await startTokenWorld({}, ['authorization_code']);
    const { approved } = await world.approve();
    expect(leadsTo(approved).searchParams.get('scope')).toBe('openid notes.read');
    const body = await world.tokens();
    expect(body).not.toHaveProperty('refresh_token');
  });

  test('are recorded under the id that the provider gave them', async () => {
    const world = await startTokenWorld();
    const body = await world.tokens();
    const issued = (await world.events()).find(({ type }) => type === 'token.issued');
    expect(issued).toMatchObject({ tokenId: claimsOf(body.access_token).jti, scopes: ['notes:read'] });
  });

  test('lead to the same code if the response page is opened again', async () => {
    const world = await startTokenWorld();
    const { browser, shown, arrived } = await world.authorize();
    expect(handedBack(await browser.open(shown.url))?.href).toBe(arrived?.href);
  });

  test.each([
    ['is for another API', { aud: 'https://mail.example' }],
    ['is for another API too', { aud: [AUDIENCE, 'https://mail.example'] }],
    ['is for none', { aud: undefined }],
  ])('are not passed on if the access token %s', async (_, wrong) => {
    const world = await startTokenWorld();
    world.provider.lies.accessToken = (claims) => ({ ...claims, ...wrong });
    const { shown, arrived } = await world.authorize();
    expect([headingOf(shown), arrived]).toEqual(['The app cannot get its access at the moment', undefined]);
    expect(world.failures).toMatchObject([{ rule: 'upstream.token' }]);
  });

  test.each([
    ['a scope that was not approved', { scope: 'openid offline_access notes.read mcp.read' }],
    ['an unknown scope', { scope: 'notes.read everything' }],
    ['none of the approved scopes', { scope: 'openid' }],
    ['another type', { token_type: 'DPoP' }],
    ['no readable form', { access_token: 'opaque' }],
  ])('are not passed on if the access token has %s', async (_, wrong) => {
    const world = await startTokenWorld();
    world.provider.lies.tokens = (body) => ({ ...body, ...wrong });
    const { arrived } = await world.authorize();
    expect(arrived).toBeUndefined();
    expect(world.failures.length).toBe(1);
  });

  test('say which scopes the provider gave', async () => {
    const world = await startTokenWorld();
    world.provider.lies.tokens = (body) => ({ ...body, scope: 'openid mcp.read mcp.write' });
    const body = await world.tokens({ scope: 'mcp:read mcp:write' });
    expect(body.scope).toBe('mcp:read');
  });

  test('end in an error for the agent if the person refuses at the provider', async () => {
    const world = await startTokenWorld();
    const { browser, approved } = await world.approve();
    world.provider.lies.response = (parameters) => {
      parameters.delete('code');
      parameters.set('error', 'access_denied');
    };
    const shown = await browser.open(await world.provider.signIn(leadsTo(approved)));
    const link = shown.page.querySelector('a[href^="https://agent.example"]')?.getAttribute('href') ?? '';
    expect(link).toContain('error=access_denied');
    expect((await world.events()).map(({ type }) => type)).toContain('grant.ended');
  });

  test('are revoked at the provider if it names another person', async () => {
    const world = await startTokenWorld();
    const { browser, approved } = await world.approve();
    world.provider.person = { sub: 'grace-1' };
    const shown = await browser.open(await world.provider.signIn(leadsTo(approved)));
    expect([headingOf(shown), world.provider.refreshTokens.size]).toEqual(['That was another account', 1]);
    expect([await world.sweep(), world.provider.refreshTokens.size]).toEqual([1, 0]);
  });

  test('count from the first of two trips for one approval, and are revoked from the second', async () => {
    const world = await startTokenWorld();
    const { browser, approved } = await world.approve();
    const again = await browser.open(approved.url);
    const [first, second] = [leadsTo(approved), leadsTo(again)];
    const shown = await browser.open(await world.provider.signIn(first));
    const other = await browser.open(await world.provider.signIn(second));
    expect(handedBack(other)?.href).toBe(handedBack(shown)?.href);
    expect([world.provider.refreshTokens.size, await world.sweep()]).toEqual([2, 1]);
    const arrived = handedBack(shown) ?? new URL(CALLBACK);
    const { body } = await exchange(world, world.clientId, CALLBACK, arrived);
    expect((await world.refresh(body.refresh_token)).status).toBe(200);
    expect(world.provider.refreshTokens.size).toBe(1);
  });

  test('can be asked for again after an outage of the provider', async () => {
    const world = await startTokenWorld();
    const { browser, approved } = await world.approve();
    const callback = await world.provider.signIn(leadsTo(approved));
    world.provider.lies.token = { status: 503, body: {} };
    const failed = await browser.open(callback);
    expect(failed.status).toBe(503);
    delete world.provider.lies.token;
    const again = failed.page.querySelector('a.button, a.primary')?.getAttribute('href') ?? '';
    const onward = await browser.open(new URL(again, failed.url));
    const shown = await browser.open(await world.provider.signIn(leadsTo(onward)));
    expect(handedBack(shown)?.searchParams.has('code')).toBe(true);
  });
});

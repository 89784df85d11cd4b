import { asksForConsent, handedBack, headingOf, newBrowser } from '@vestibule/testing/browser';
import { exchange } from '@vestibule/testing/oauth';
import { without } from '@vestibule/testing/openid-provider';
import { describe, expect, test } from 'vitest';
import { CALLBACK, signInThere, startWorld } from './support/world.ts';

/** The claims of a JWT, which is not verified. */
const claimsOf = (jwt: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());

describe('a sign-in at the provider', () => {
  test('leads to our consent page for the person, and to a token of ours', async () => {
    const world = await startWorld();
    const consent = await signInThere(world, world.url());
    expect(asksForConsent(consent)).toBe(true);
    expect(consent.text).toContain('Ada Lovelace');
    const arrived = handedBack(await consent.browser.decide(consent, 'approve'));
    const { status, body } = await exchange(world, world.clientId, CALLBACK, arrived ?? new URL(CALLBACK));
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toContain('of-the-provider');
    expect(claimsOf(body.access_token)).toMatchObject({ iss: world.issuer, aud: world.notes.href });
    expect(world.failures).toEqual([]);
  });

  test('asks for consent again at the next authorization: being signed in allows nothing', async () => {
    const world = await startWorld();
    const first = await signInThere(world, world.url());
    await first.browser.decide(first, 'approve');
    const second = await signInThere(world, world.url(), first.browser);
    expect([asksForConsent(second), handedBack(second)]).toEqual([true, undefined]);
  });

  test('sends state, nonce and an S256 challenge that differ each time', async () => {
    const world = await startWorld();
    const browser = newBrowser();
    const [one, two] = [await browser.open(world.url()), await browser.open(world.url())];
    const [first, second] = [one.away?.searchParams, two.away?.searchParams];
    expect(Object.fromEntries(first ?? [])).toMatchObject({
      response_type: 'code',
      client_id: 'vestibule',
      redirect_uri: `${world.issuer}/connect/sign-in/return`,
      scope: 'openid profile email',
      code_challenge_method: 'S256',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(first?.get(name)).toMatch(/^[\w.-]{43,}$/);
      expect(first?.get(name)).not.toBe(second?.get(name));
    }
    expect(first?.get('nonce')).not.toBe(first?.get('code_challenge'));
  });

  test('fetches metadata and keys once for many sign-ins', async () => {
    const world = await startWorld();
    for (const _ of [1, 2, 3]) await signInThere(world, world.url());
    const { requested } = world.provider;
    const count = (path: string): number => requested.filter((one) => one === path).length;
    expect([count('/.well-known/openid-configuration'), count('/jwks'), count('/token')]).toEqual([1, 1, 3]);
    world.pass(3_601);
    await signInThere(world, world.url());
    expect(count('/.well-known/openid-configuration')).toBe(2);
  });

  test('takes name and email address from userinfo if the ID token leaves them out', async () => {
    const world = await startWorld();
    world.provider.lies.idToken = (claims) => without(claims, 'name', 'email', 'email_verified');
    const consent = await signInThere(world, world.url());
    expect(consent.text).toContain('Ada Lovelace');
    expect(world.provider.requested).toContain('/userinfo');
    expect((await world.stores.people.list('test', { limit: 9 })).items).toMatchObject([
      { name: 'Ada Lovelace', email: 'ada@login.example', emailVerified: true },
    ]);
  });

  test('takes the preferred claim from userinfo if the ID token has other names', async () => {
    const world = await startWorld({ nameClaim: 'nickname' });
    world.provider.lies.userinfo = (claims) => ({ ...claims, nickname: 'Countess' });
    const consent = await signInThere(world, world.url());
    expect(consent.text).toContain('Countess');
  });

  test('refuses userinfo of another person', async () => {
    const world = await startWorld();
    world.provider.lies.idToken = (claims) => without(claims, 'name');
    world.provider.lies.userinfo = (claims) => ({ ...claims, sub: 'grace-2' });
    const shown = await signInThere(world, world.url());
    expect(headingOf(shown)).toBe('You are not signed in');
    expect(world.failures).toMatchObject([{ rule: 'upstream.response' }]);
  });

  test('opens the connected apps of a person who came by themselves', async () => {
    const world = await startWorld();
    const apps = await signInThere(world, `${world.issuer}/connect/apps`);
    expect(apps.text).toContain('Ada Lovelace');
    expect(apps.status).toBe(200);
  });
});

describe('who a person is', () => {
  test('the same `sub` is the same person, whatever name and email address they have', async () => {
    const world = await startWorld();
    await signInThere(world, world.url());
    world.provider.person = { sub: 'ada-1', name: 'Ada King', email: 'king@login.example' };
    await signInThere(world, world.url());
    const { items } = await world.stores.people.list('test', { limit: 9 });
    expect(items).toMatchObject([{ name: 'Ada King', email: 'king@login.example' }]);
    expect(items[0]).not.toHaveProperty('emailVerified', true);
  });

  test('the subject here is neither the `sub` there nor an email address', async () => {
    const world = await startWorld();
    await signInThere(world, world.url());
    const { items } = await world.stores.people.list('test', { limit: 9 });
    expect(items[0]?.subject).toMatch(/^[\w-]{43}$/);
  });
});

describe('how recent a sign-in is', () => {
  test('an app that asks for a new sign-in has the provider ask for one', async () => {
    const world = await startWorld();
    const shown = await newBrowser().open(world.url({ prompt: 'login' }));
    expect(shown.away?.searchParams.get('prompt')).toBe('login');
    expect(shown.away?.searchParams.get('max_age')).toBe('0');
    const consent = await signInThere(world, world.url({ prompt: 'login' }));
    expect(asksForConsent(consent)).toBe(true);
  });

  test.each([
    ['is older than the app allows', -3_600],
    ['is not told', Number.NaN],
  ])('a person whose sign-in there %s has to sign in again', async (_, offset) => {
    const world = await startWorld();
    const at = Math.floor(Date.now() / 1_000) + offset;
    world.provider.lies.idToken = (claims) =>
      Number.isNaN(at) ? without(claims, 'auth_time') : { ...claims, auth_time: at };
    const shown = await signInThere(world, world.url({ max_age: '60' }));
    expect(headingOf(shown)).toBe('Please sign in again');
  });

  test('a person who asks for another account is asked by the provider', async () => {
    const world = await startWorld();
    const consent = await signInThere(world, world.url());
    const href = consent.page.querySelector('a[href*=switch]')?.getAttribute('href') ?? '';
    const left = await consent.browser.open(new URL(href.replaceAll('&amp;', '&'), consent.url));
    expect(left.away?.searchParams.get('prompt')).toBe('select_account');
  });
});

describe('who may sign in', () => {
  test.each([
    ['has a required group', { groups: ['staff', 'agents'] }, true],
    ['has other groups', { groups: ['guests'] }, false],
    ['has no groups', {}, false],
    ['has the group as a text', { groups: 'agents' }, true],
  ])('a person who %s', async (_, claims, isAccepted) => {
    const world = await startWorld({ requiredClaims: { groups: ['agents'] } });
    world.provider.person = { ...world.provider.person, ...claims };
    const shown = await signInThere(world, world.url());
    expect(asksForConsent(shown)).toBe(isAccepted);
    expect(world.failures.map(({ rule }) => rule)).toEqual(isAccepted ? [] : ['upstream.required-claim']);
  });
});

describe('a sign-out', () => {
  test('offers to sign out at the provider, which returns to the page', async () => {
    const world = await startWorld({ name: 'Acme SSO' });
    const shown = await newBrowser().open(`${world.issuer}/connect/sign-out`);
    const link = new URL(
      shown.page.querySelector('a.primary')?.getAttribute('href')?.replaceAll('&amp;', '&') ?? '',
    );
    expect(shown.text).toContain('Acme SSO');
    expect(link.href).toContain(`${world.provider.issuer}/logout`);
    expect(Object.fromEntries(link.searchParams)).toEqual({
      client_id: 'vestibule',
      post_logout_redirect_uri: `${world.issuer}/connect/sign-out`,
    });
  });

  test('has no such link if the provider has no sign-out', async () => {
    const world = await startWorld();
    world.provider.lies.metadata = (metadata) => without(metadata, 'end_session_endpoint');
    const shown = await newBrowser().open(`${world.issuer}/connect/sign-out`);
    expect(shown.page.querySelector('a.primary')).toBeNull();
    expect(headingOf(shown)).toBe('You are signed out');
  });
});

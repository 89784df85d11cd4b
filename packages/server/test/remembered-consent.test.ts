import type { PreregistrationTerms } from '@vestibule/core/operator';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { ADA, CALLBACK, MAIL, NOTES, realmWith, setUp } from './set-up.ts';

const TERMS: Partial<PreregistrationTerms> = {
  authentication: { method: 'client_secret_post', secret: 's'.repeat(32) },
  access: [
    { resource: NOTES, scopes: ['read', 'write', 'admin'] },
    { resource: MAIL, scopes: ['mail'] },
  ],
  rememberConsent: true,
};

type Parameters = Record<string, string | undefined>;

/** Ada, who has allowed a pre-registered client what `asked` requests. */
async function allowed(
  terms: Partial<PreregistrationTerms> = {},
  asked: Parameters = { scope: 'read write' },
) {
  const world = setUp();
  const { clientId } = await world.preregister({ ...TERMS, ...terms });
  const browser = world.newBrowser();
  const credentials: Record<string, string> =
    terms.authentication?.method === 'none' ? {} : { client_secret: 's'.repeat(32) };
  const redeem = async (location: string) =>
    world.exchange(clientId, new URL(location).searchParams.get('code') ?? '', {
      ...credentials,
      redirect_uri: asked['redirect_uri'] ?? CALLBACK,
      resource: asked['resource'] ?? NOTES,
    });
  const consent = await world.openConsent(browser, world.authorizeUrl(clientId, asked));
  const done = await world.answer(browser, consent, { decision: 'approve' });
  const { status } = await redeem(done.view.location);
  if (status !== 200) throw new Error(`The first exchange was answered ${status}.`);
  const again = (parameters: Parameters = {}, inBrowser = browser) =>
    inBrowser.open(world.authorizeUrl(clientId, { ...asked, ...parameters }));
  return { ...world, clientId, browser, again, redeem };
}

const handBack = { page: 'hand-back', outcome: 'approved' };
const asks = { page: 'consent' };

describe('a pre-registered client with remembered consent', () => {
  test('is asked about where its website passes responses on, unless it authenticates', async () => {
    const asked = { scope: 'read write', redirect_uri: CALLBACK };
    const vendors = [{ name: 'Acme', hosts: ['app.example'], passesOn: ['app.example'] }];
    const { settings, ...realm } = realmWith();
    const registration = { ...settings.registration, vendors };
    for (const [method, expected] of [
      ['none', asks],
      ['client_secret_post', handBack],
    ] as const) {
      const authentication = method === 'none' ? { method } : TERMS.authentication;
      const { again, change } = await allowed({ ...(authentication && { authentication }) }, asked);
      expect((await again()).view).toMatchObject(handBack);
      await change({ ...realm, settings: { ...settings, registration } });
      expect((await again()).view).toMatchObject(expected);
    }
  });

  test('gets its code without a question, and it is recorded', async () => {
    const { again, redeem, audit, clientId } = await allowed();
    const shown = await again();
    expect(shown.view).toMatchObject(handBack);
    expect((await redeem(shown.view.location)).body).toMatchObject({ scope: 'read write' });
    expect(audit.events).toContainEqual(
      expect.objectContaining({
        type: 'consent.remembered',
        clientId,
        subject: 'person-ada',
        resource: NOTES,
        scopes: ['read', 'write'],
      }),
    );
  });

  test.each<[string, Parameters, object]>([
    ['fewer scopes', { scope: 'read' }, handBack],
    ['forbids asking', { prompt: 'none' }, handBack],
    [cite('the person to be asked', 'oidc-core:3.1.2.1:prompt-consent'), { prompt: 'consent' }, asks],
    ['a scope more', { scope: 'read write admin' }, asks],
    ['another scope', { scope: 'admin' }, asks],
    ['another API', { resource: MAIL, scope: 'mail' }, asks],
    ['the person to sign in', { prompt: 'login' }, { page: 'sign-in' }],
  ])('is asked again if it requests %s', async (_, parameters, view) => {
    const { again } = await allowed();
    expect((await again(parameters)).view).toMatchObject(view);
  });

  test(
    cite('learns what would have to be asked if asking is forbidden', 'oidc-core:3.1.2.6:consent-required'),
    async () => {
      const { again } = await allowed();
      expect((await again({ prompt: 'none', scope: 'admin' })).view.location).toContain(
        'error=consent_required',
      );
    },
  );

  test('still needs a signed-in person', async () => {
    const { again, newBrowser, answer } = await allowed();
    const elsewhere = newBrowser();
    const signIn = await again({}, elsewhere);
    expect(signIn.view).toMatchObject({ page: 'sign-in' });
    const shown = await answer(elsewhere, signIn, { username: 'ada', password: 'right' });
    expect(shown.view).toMatchObject(handBack);
  });

  test('is not remembered for another person', async () => {
    const { again, newBrowser, answer } = await allowed();
    const hers = newBrowser();
    const shown = await answer(hers, await again({}, hers), { username: 'grace', password: 'right' });
    expect(shown.view).toMatchObject(asks);
  });

  test('is asked for again when what was allowed has ended', async () => {
    const { again, stores, clientId, options } = await allowed();
    await stores.grants.endAll('main', clientId, options.clock());
    expect((await again()).view).toMatchObject(asks);
  });

  test('is asked for again when the operator says so', async () => {
    const { again, operator, clientId } = await allowed();
    await operator.clients.change(ADA, 'main', clientId, { rememberConsent: false });
    expect((await again()).view).toMatchObject({ ...asks, isRemembered: false });
  });

  test('gets no more than the operator lets it have now', async () => {
    const { again, redeem, operator, clientId } = await allowed();
    await operator.clients.change(ADA, 'main', clientId, { access: [{ resource: NOTES, scopes: ['read'] }] });
    const shown = await again();
    expect((await redeem(shown.view.location)).body).toMatchObject({ scope: 'read' });
  });

  test('gets it for no longer than the person chose', async () => {
    const world = setUp(realmWith());
    const { clientId } = await world.preregister(TERMS);
    const browser = world.newBrowser();
    const url = world.authorizeUrl(clientId, { scope: 'read' });
    const consent = await world.openConsent(browser, url);
    const done = await world.answer(browser, consent, { decision: 'approve', lasting: '3600' });
    const redeem = (location: string) =>
      world.exchange(clientId, new URL(location).searchParams.get('code') ?? '', {
        client_secret: 's'.repeat(32),
      });
    expect((await redeem(done.view.location)).status).toBe(200);
    world.pass(1_800);
    expect((await redeem((await browser.open(url)).view.location)).status).toBe(200);
    const ends = (await world.stores.grants.listOf('main', 'person-ada', 0)).map(({ endsAt }) => endsAt);
    expect(new Set(ends).size).toBe(1);
    world.pass(1_800);
    expect((await browser.open(url)).view).toMatchObject(asks);
  });

  test('is not remembered after the person has just denied', async () => {
    const { again, answer, browser, authorizeUrl, clientId } = await allowed();
    const consent = await again({ prompt: 'consent' });
    const denied = await answer(browser, consent, { decision: 'deny' });
    expect(denied.view).toMatchObject({ page: 'hand-back', outcome: 'denied' });
    expect((await browser.open(authorizeUrl(clientId, { scope: 'read write' }))).view).toMatchObject(
      handBack,
    );
  });

  test('is not remembered for a denial that was sent while the same was allowed in another tab', async () => {
    const { authorizeUrl, newBrowser, openConsent, answer, preregister, exchange } = setUp();
    const { clientId } = await preregister(TERMS);
    const browser = newBrowser();
    const url = authorizeUrl(clientId, { scope: 'read' });
    const early = await openConsent(browser, url);
    const done = await answer(browser, await openConsent(browser, url), { decision: 'approve' });
    const code = new URL(done.view.location).searchParams.get('code') ?? '';
    expect((await exchange(clientId, code, { client_secret: 's'.repeat(32) })).status).toBe(200);
    const shown = await answer(browser, early, { decision: 'deny' });
    expect(shown).toMatchObject({ status: 409, view: asks });
    const denied = await answer(browser, shown, { decision: 'deny' });
    expect(denied.view).toMatchObject({ page: 'hand-back', outcome: 'denied' });
  });

  test('is not remembered if it is blocked', async () => {
    const { again, operator, clientId } = await allowed();
    await operator.clients.block(ADA, 'main', clientId);
    expect((await again()).view).toMatchObject({ page: 'problem', problem: 'client-blocked' });
  });
});

describe('is asked for each time', () => {
  const CLI = 'http://localhost/cb';

  test('consent is not remembered if a program on the person’s own device could impersonate the client', async () => {
    const terms = { authentication: { method: 'none' }, redirectUris: [CLI] } as const;
    const { again } = await allowed(terms, { scope: 'read', redirect_uri: CLI });
    expect((await again()).view).toMatchObject({ ...asks, isRemembered: false });
  });

  test('consent of a public client at a website is remembered, because no program can impersonate it', async () => {
    const { again } = await allowed({ authentication: { method: 'none' } });
    expect((await again()).view).toMatchObject(handBack);
  });

  test('where the operator did not say otherwise', async () => {
    const { again } = await allowed({ rememberConsent: false });
    expect((await again()).view).toMatchObject(asks);
  });

  test(
    cite(
      'by a dynamic client, whatever it was allowed',
      'vestibule:rules:every-time',
      'mcp:confused-deputy-problem:consent',
    ),
    async () => {
      const { register, authorizeUrl, obtainCode, exchange, newBrowser, openConsent } = setUp();
      const clientId = await register();
      await exchange(clientId, await obtainCode(clientId));
      const consent = await openConsent(newBrowser(), authorizeUrl(clientId));
      expect(consent.view).toMatchObject({ ...asks, isRemembered: false });
      expect(consent.view).not.toHaveProperty('client.isPreregistered');
    },
  );
});

test('a pre-registered client is marked as such on every page', async () => {
  const { preregister, authorizeUrl, newBrowser, answer } = setUp();
  const { clientId } = await preregister();
  const browser = newBrowser();
  const signIn = await browser.open(authorizeUrl(clientId));
  expect(signIn.view).toMatchObject({ isPreregistered: true });
  const consent = await answer(browser, signIn, { username: 'ada', password: 'right' });
  expect(consent.view).toMatchObject({ client: { isPreregistered: true }, isRemembered: false });
  const done = await answer(browser, consent, { decision: 'approve' });
  expect(done.view).toMatchObject({ isPreregistered: true });
});

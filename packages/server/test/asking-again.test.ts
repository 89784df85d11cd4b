import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { setUp } from './set-up.ts';

const APPROVE = { decision: 'approve' };
const ADA = { username: 'ada', password: 'right' };

/** Ada, who signed in a minute ago, and a client that she uses again. */
async function signedIn() {
  const world = setUp();
  const { register, authorizeUrl, newBrowser, openConsent, answer, pass } = world;
  const clientId = await register();
  const browser = newBrowser();
  await answer(browser, await openConsent(browser, authorizeUrl(clientId)), APPROVE);
  pass(60);
  return { ...world, clientId, browser };
}

describe('a client that wants the person to sign in again', () => {
  test.each<[string, Record<string, string>]>([
    ['prompt login', { prompt: 'login' }],
    ['max_age 0', { max_age: '0' }],
    ['max_age 59, after 60 seconds', { max_age: '59' }],
  ])(
    cite(
      'gets that, though there is a session: %s',
      'oidc-core:3.1.2.1:prompt-login',
      'oidc-core:3.1.2.1:max-age',
    ),
    async (_, parameters) => {
      const { authorizeUrl, browser, answer, clientId, exchange, stores } = await signedIn();
      const signIn = await browser.open(authorizeUrl(clientId, parameters));
      expect(signIn.view).toMatchObject({ page: 'sign-in', isAgain: true });
      expect(signIn.view).not.toHaveProperty('goOn');

      const around = await browser.open(`/connect/consent?transaction=${signIn.view.interaction}`);
      expect(around.view).toMatchObject({ page: 'sign-in' });

      const consent = await answer(browser, signIn, ADA);
      const done = await answer(browser, consent, APPROVE);
      const code = new URL(done.view.location).searchParams.get('code') ?? '';
      expect((await exchange(clientId, code)).status).toBe(200);
      const listed = await stores.grants.listOf('main', 'person-ada', 0);
      const grants = listed.filter(({ isUnopened }) => isUnopened !== true);
      const signedInAt = grants.map(({ authentication }) => authentication);
      expect(signedInAt).toEqual([{ at: expect.any(Number), methods: ['pwd'] }]);
      expect(grants[0]?.authentication.at).toBe(grants[0]?.createdAt);
    },
  );

  test('is not satisfied by a form that was filled in over the old session', async () => {
    const { authorizeUrl, browser, clientId, answer, openConsent } = await signedIn();
    const usual = await openConsent(browser, authorizeUrl(clientId));
    const signIn = await browser.open(authorizeUrl(clientId, { prompt: 'login' }));
    const forged = { ...usual, view: { ...usual.view, interaction: signIn.view.interaction } };
    expect((await answer(browser, forged, APPROVE)).view).toMatchObject({ page: 'sign-in' });
  });

  test.each<[string, Record<string, string>]>([
    ['max_age 60, after 60 seconds', { max_age: '60' }],
    ['nothing', {}],
    ['prompt consent', { prompt: 'consent' }],
  ])('does not ask again if the session is recent enough: %s', async (_, parameters) => {
    const { authorizeUrl, browser, clientId } = await signedIn();
    expect((await browser.open(authorizeUrl(clientId, parameters))).view).toMatchObject({ page: 'consent' });
  });
});

test(
  cite(
    'a client that lets the person choose gets the sign-in page, where they may go on as they are',
    'oidc-core:3.1.2.1:prompt-select-account',
  ),
  async () => {
    const { authorizeUrl, browser, clientId } = await signedIn();
    const signIn = await browser.open(authorizeUrl(clientId, { prompt: 'select_account' }));
    expect(signIn.view).toMatchObject({
      page: 'sign-in',
      goOn: { name: 'Ada', href: `/connect/consent?transaction=${signIn.view.interaction}` },
    });
    expect(
      (await browser.open(`/connect/consent?transaction=${signIn.view.interaction}`)).view,
    ).toMatchObject({
      page: 'consent',
    });
  },
);

test(
  cite(
    'the client’s hint of the username is in the form, and signs no one in',
    'oidc-core:3.1.2.1:login-hint',
  ),
  async () => {
    const { register, authorizeUrl, newBrowser, answer } = setUp();
    const browser = newBrowser();
    const signIn = await browser.open(authorizeUrl(await register(), { login_hint: 'ada' }));
    expect(signIn.view).toMatchObject({ page: 'sign-in', username: 'ada' });
    expect(await answer(browser, signIn, { password: 'right' })).toMatchObject({ status: 403 });
  },
);

test(
  cite(
    'the client’s language for the person takes precedence over the browser’s',
    'oidc-core:3.1.2.1:ui-locales',
  ),
  async () => {
    const { register, authorizeUrl, newBrowser, answer } = setUp();
    const clientId = await register({
      client_name: 'Garden',
      'client_name#fr': 'Carnet',
      'client_name#de': 'Heft',
    });
    const browser = newBrowser('192.0.2.10', 'de');
    const signIn = await browser.open(authorizeUrl(clientId, { ui_locales: 'fr-CA fr' }));
    expect(signIn.view).toMatchObject({ clientName: 'Carnet', clientLanguage: 'fr' });
    const consent = await answer(browser, signIn, ADA);
    expect(consent.view).toMatchObject({ client: { name: 'Carnet', language: 'fr' } });
    expect((await answer(browser, consent, APPROVE)).view).toMatchObject({
      clientName: 'Carnet',
      clientLanguage: 'fr',
    });
  },
);

test(
  cite('a dynamic client does not learn whether a person is signed in', 'oidc-core:3.1.2.1:prompt-none'),
  async () => {
    const { authorizeUrl, browser, clientId, newBrowser } = await signedIn();
    const url = authorizeUrl(clientId, { prompt: 'none' });
    const answers = await Promise.all([browser, newBrowser()].map((one) => one.open(url)));
    const errors = answers.map(({ view }) => new URL(view.location).searchParams.get('error'));
    expect(errors).toEqual(['interaction_required', 'interaction_required']);
  },
);

describe('a pre-registered client that sends prompt=none', () => {
  const silently = async (isSignedIn: boolean) => {
    const world = await signedIn();
    const { clients, authorizeUrl, browser, newBrowser, clientId, audit } = world;
    const made = await clients.find('main', clientId);
    if (made === undefined) throw new Error('There is no client.');
    const access = [{ resource: 'https://notes.example/mcp', scopes: ['read'] }];
    const terms = { authentication: { method: 'none' }, access, rememberConsent: false } as const;
    await clients.replace({ ...made, kind: 'pre-registered', terms }, made.version);
    const shown = await (isSignedIn ? browser : newBrowser()).open(
      authorizeUrl(clientId, { prompt: 'none' }),
    );
    return { shown, last: audit.events.at(-1) };
  };

  test.each([
    [false, 'login_required'],
    [true, 'consent_required'],
  ])(
    cite(
      'learns what is missing, by an automatic redirect: signed in is %s',
      'oidc-core:3.1.2.1:prompt-none',
      'oidc-core:3.1.2.6:login-required',
      'oidc-core:3.1.2.6:consent-required',
    ),
    async (isSignedIn, error) => {
      const { shown, last } = await silently(isSignedIn);
      expect(shown.view).toMatchObject({ page: 'hand-back', outcome: 'refused', leadsOn: true });
      expect(Object.fromEntries(new URL(shown.view.location).searchParams)).toMatchObject({
        error,
        state: 'st',
      });
      expect(last).toMatchObject({ type: 'authorization.refused', error });
    },
  );
});

describe('response_mode form_post', () => {
  test(
    cite(
      'leads back with a form, of which nothing is in the address',
      'oidc-core:3.1.2.1:response-mode',
      'rfc9207:2:form-post',
    ),
    async () => {
      const { authorizeUrl, browser, clientId, openConsent, answer, exchange } = await signedIn();
      const consent = await openConsent(browser, authorizeUrl(clientId, { response_mode: 'form_post' }));
      const { view } = await answer(browser, consent, APPROVE);
      expect(view).toMatchObject({
        page: 'hand-back',
        location: 'https://app.example/cb',
        fields: { code: expect.stringMatching(/^[\w-]{43}$/), state: 'st', iss: 'https://id.example' },
      });
      expect((await exchange(clientId, String(view.fields?.['code']))).status).toBe(200);
    },
  );

  test.each<[string, Record<string, string>, string]>([
    ['a refusal', { scope: 'admin' }, 'invalid_scope'],
    ['a denial', {}, 'access_denied'],
  ])(cite('posts the response for %s, too', 'rfc9207:2:form-post'), async (_, parameters, error) => {
    const { authorizeUrl, browser, clientId, answer } = await signedIn();
    const first = await browser.open(authorizeUrl(clientId, { response_mode: 'form_post', ...parameters }));
    const { view } =
      first.view.page === 'consent' ? await answer(browser, first, { decision: 'deny' }) : first;
    expect(view).toMatchObject({
      location: 'https://app.example/cb',
      fields: { error, state: 'st', iss: 'https://id.example' },
    });
  });
});

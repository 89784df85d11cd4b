import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { ISSUER, NOTES, setUp } from './set-up.ts';

const APPROVE = { decision: 'approve' };

const DENY = { decision: 'deny' };

describe('from request to code', () => {
  test(
    cite(
      'the person signs in, sees who asks for what, approves, and is led back',
      'rfc7591:2:client-name',
      'rfc6749:3.1:person-signs-in',
      'rfc6749:4.1.2:code',
      'rfc6749:4.1.2:state',
      'rfc9207:2:code',
      'rfc9207:2.3:same',
      'rfc9700:4.4.2:iss',
      'mcp:authorization-response-validation:iss',
      'rfc7636:4.4:opaque',
      'rfc6749:10.10:entropy',
      'rfc8707:2.1:granted',
    ),
    async () => {
      const { register, authorizeUrl, newBrowser, answer, audit } = setUp();
      const clientId = await register({
        client_name: 'Claude Code (notes)',
        redirect_uris: ['http://localhost:55969/callback'],
      });
      const browser = newBrowser();

      const signIn = await browser.open(
        authorizeUrl(clientId, { redirect_uri: 'http://localhost:61000/callback' }),
      );
      expect(signIn).toMatchObject({
        status: 200,
        view: { page: 'sign-in', clientName: 'Claude Code (notes)', realmName: 'Main' },
      });

      const consent = await answer(browser, signIn, { username: 'ada', password: 'right' });
      expect(consent).toMatchObject({
        status: 200,
        view: {
          page: 'consent',
          client: {
            name: 'Claude Code (notes)',
            destination: { kind: 'loopback', host: 'localhost' },
          },
          api: { name: 'Notes', resource: NOTES },
          scopes: [{ name: 'read' }, { name: 'write' }],
          person: { name: 'Ada' },
          lasts: 604_800,
          stale: false,
        },
      });

      const done = await answer(browser, consent, APPROVE);
      expect(done).toMatchObject({ status: 200, view: { page: 'hand-back', outcome: 'approved' } });
      const location = new URL(done.view.location);
      expect(location.origin + location.pathname).toBe('http://localhost:61000/callback');
      expect(location.searchParams.get('code')).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect(location.searchParams.get('state')).toBe('st');
      expect(location.searchParams.get('iss')).toBe(ISSUER);

      expect(audit.events.map(({ type }) => type)).toEqual([
        'registration.accepted',
        'sign-in.succeeded',
        'key.made',
        'consent.approved',
      ]);
      expect(JSON.stringify(audit.events)).not.toContain(location.searchParams.get('code'));
    },
  );

  test(
    cite(
      'a denial is led back as one',
      'rfc6749:4.1.2.1:access-denied',
      'rfc9207:2:denied',
      'rfc9700:4.4.2:iss',
    ),
    async () => {
      const { register, authorizeUrl, newBrowser, openConsent, answer, audit } = setUp();
      const browser = newBrowser();
      const done = await answer(browser, await openConsent(browser, authorizeUrl(await register())), DENY);
      expect(done).toMatchObject({ status: 200, view: { page: 'hand-back', outcome: 'denied' } });
      const { searchParams } = new URL(done.view.location);
      expect(Object.fromEntries(searchParams)).toMatchObject({
        error: 'access_denied',
        state: 'st',
        iss: ISSUER,
      });
      expect(searchParams.has('code')).toBe(false);
      expect(audit.events.at(-1)).toMatchObject({ type: 'consent.denied', subject: 'person-ada' });
    },
  );

  test.each([{}, { decision: '' }, { decision: 'APPROVE' }, { decision: 'yes' }])(
    'whatever is not an approval is a denial: %j',
    async (choice) => {
      const { register, authorizeUrl, newBrowser, openConsent, answer } = setUp();
      const browser = newBrowser();
      const done = await answer(browser, await openConsent(browser, authorizeUrl(await register())), choice);
      expect(done.view).toMatchObject({ outcome: 'denied' });
    },
  );

  test(
    cite(
      'consent is asked every time, though the person is signed in and agreed before',
      'vestibule:rules:every-time',
      'mcp:confused-deputy-problem:consent',
    ),
    async () => {
      const { register, authorizeUrl, newBrowser, openConsent, answer } = setUp();
      const clientId = await register();
      const browser = newBrowser();
      await answer(browser, await openConsent(browser, authorizeUrl(clientId)), APPROVE);
      expect((await browser.open(authorizeUrl(clientId))).view).toMatchObject({
        page: 'consent',
        person: { name: 'Ada' },
      });
    },
  );

  test(
    cite(
      'a request may come as a form, which the browser repeats as an address',
      'rfc6749:3.1:get-and-post',
      'oauth2.1:7.5.4:see-other',
    ),
    async () => {
      const { register, authorizeUrl, newBrowser } = setUp();
      const url = authorizeUrl(await register());
      const shown = await newBrowser().post('/connect/authorize', Object.fromEntries(url.searchParams));
      expect(shown.view).toMatchObject({ page: 'sign-in' });
    },
  );

  test(
    cite(
      'an error goes straight back to an app on this computer, with state and issuer',
      'rfc6749:4.1.2.1:state',
      'rfc9207:2:error',
      'rfc9700:4.4.2:iss',
      'mcp:authorization-response-validation:iss',
    ),
    async () => {
      const { register, authorizeUrl, newBrowser, audit } = setUp();
      const redirectUri = 'http://127.0.0.1:4711/cb';
      const clientId = await register({ redirect_uris: [redirectUri] });
      const shown = await newBrowser().open(
        authorizeUrl(clientId, { scope: 'admin', redirect_uri: redirectUri }),
      );
      expect(shown.status).toBe(303);
      expect(shown.url.origin + shown.url.pathname).toBe(redirectUri);
      const answer = Object.fromEntries(shown.url.searchParams);
      expect(answer).toMatchObject({ error: 'invalid_scope', state: 'st', iss: ISSUER });
      expect(audit.events.at(-1)).toMatchObject({
        type: 'authorization.refused',
        error: 'invalid_scope',
        gate: 'scope',
      });
    },
  );

  test(
    cite(
      'an error is not redirected automatically to a website: the person reads it and may continue by hand',
      'oauth2.1:7.12.2:untrusted',
      'rfc9207:2:by-hand',
      'rfc9700:4.11.2:ask-first',
      'mcp:open-redirection:trusted',
    ),
    async () => {
      const { register, authorizeUrl, newBrowser, audit } = setUp();
      const shown = await newBrowser().open(authorizeUrl(await register(), { scope: 'admin' }));
      expect(shown).toMatchObject({
        status: 400,
        view: {
          page: 'hand-back',
          outcome: 'refused',
          clientName: 'App',
          destination: { kind: 'https', host: 'app.example' },
          detail: expect.stringMatching(/^invalid_scope: /),
        },
      });
      const answer = Object.fromEntries(new URL(shown.view.location).searchParams);
      expect(answer).toMatchObject({ error: 'invalid_scope', state: 'st', iss: ISSUER });
      expect(audit.events.at(-1)).toMatchObject({ type: 'authorization.refused', error: 'invalid_scope' });
    },
  );

  test(
    cite(
      'an error before the redirect URI is proven is a page',
      'rfc7591:5:only-registered',
      'rfc6749:3.1.2.4:client',
      'rfc9700:4.11.2:invalid',
      'mcp:error-handling:bad-request',
    ),
    async () => {
      const { authorizeUrl, newBrowser } = setUp();
      const shown = await newBrowser().open(
        authorizeUrl('nobody', { redirect_uri: 'https://evil.example/' }),
      );
      expect(shown).toMatchObject({ status: 400, view: { page: 'problem', problem: 'client-unknown' } });
      expect(shown.headers.has('location')).toBe(false);
    },
  );
});

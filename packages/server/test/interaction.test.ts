import { createMemoryAuditLog, createMemoryRealmStore } from '@vestibule/core/memory';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { createAuthorizationServer } from '../src/index.ts';
import { asShown, ISSUER, NOTES, realmWith, setUp } from './set-up.ts';

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
      'an error sends nobody to a website by itself: the person is told, and may go on by hand',
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

describe('a transaction belongs to its browser', () => {
  test(cite('its link is worth nothing in another, at any page', 'rfc9700:4.7.1:consent'), async () => {
    const { register, authorizeUrl, newBrowser, openConsent, answer } = setUp();
    const clientId = await register();
    const mine = newBrowser();
    const theirs = newBrowser();
    await answer(theirs, await theirs.open(authorizeUrl(clientId)), { username: 'grace', password: 'right' });

    const consent = await openConsent(mine, authorizeUrl(clientId));
    for (const page of ['sign-in', 'consent', 'hand-back']) {
      const shown = await theirs.open(`/connect/${page}?transaction=${consent.view.interaction}`);
      expect(shown).toMatchObject({ status: 403, view: { problem: 'other-browser' } });
    }
    expect(await answer(theirs, consent, APPROVE)).toMatchObject({
      status: 403,
      view: { problem: 'other-browser' },
    });

    const cookie = [...mine.cookies.keys()].find((name) => name.includes(consent.view.interaction)) ?? '';
    theirs.cookies.set(cookie, 'guessed');
    expect(await answer(theirs, consent, APPROVE)).toMatchObject({
      status: 403,
      view: { problem: 'other-browser' },
    });

    const done = await answer(mine, consent, APPROVE);
    expect(await theirs.open(done.url)).toMatchObject({ status: 403, view: { problem: 'other-browser' } });
  });

  test(
    cite(
      'a form from another transaction, page or person is not taken',
      'rfc6749:10.12:csrf',
      'rfc9700:4.7.1:consent',
    ),
    async () => {
      const { register, authorizeUrl, newBrowser, openConsent, answer } = setUp();
      const clientId = await register();
      const browser = newBrowser();
      const signIn = await browser.open(authorizeUrl(clientId));
      const first = await openConsent(browser, authorizeUrl(clientId));
      const second = await openConsent(browser, authorizeUrl(clientId));

      for (const csrf of ['', 'x', signIn.view.csrf, second.view.csrf]) {
        const shown = await browser.post('/connect/consent', {
          ...asShown(first.view),
          csrf,
          ...APPROVE,
        });
        expect(shown).toMatchObject({ status: 409, view: { page: 'consent', stale: true } });
      }
      for (const csrf of ['', 'x', first.view.csrf]) {
        const fields = { transaction: signIn.view.interaction, csrf, username: 'ada', password: 'right' };
        expect(await browser.post('/connect/sign-in', fields)).toMatchObject({
          status: 403,
          view: { problem: 'form-stale' },
        });
      }
      expect((await answer(browser, first, APPROVE)).view).toMatchObject({ outcome: 'approved' });
    },
  );

  test('what one person was shown is not taken from another who signed in since', async () => {
    const { register, authorizeUrl, newBrowser, openConsent, answer } = setUp();
    const browser = newBrowser();
    const shownToAda = await openConsent(browser, authorizeUrl(await register()));
    const signIn = await browser.open(shownToAda.view.switchPerson);
    const shownToGrace = await answer(browser, signIn, { username: 'grace', password: 'right' });
    expect(shownToGrace.view).toMatchObject({ page: 'consent', person: { name: 'Grace' }, stale: false });

    const again = await answer(browser, shownToAda, APPROVE);
    expect(again).toMatchObject({
      status: 409,
      view: { page: 'consent', person: { name: 'Grace' }, stale: true },
    });
    expect((await answer(browser, again, APPROVE)).view).toMatchObject({ outcome: 'approved' });
  });

  test('two tabs do not disturb each other', async () => {
    const { register, authorizeUrl, newBrowser, answer } = setUp();
    const clientId = await register();
    const browser = newBrowser();
    const [one, two] = [
      await browser.open(authorizeUrl(clientId, { state: '1' })),
      await browser.open(authorizeUrl(clientId, { state: '2' })),
    ];
    const consentTwo = await answer(browser, two, { username: 'ada', password: 'right' });
    const consentOne = await browser.open(one.url.href.replace('sign-in', 'consent'));
    const states = [
      await answer(browser, consentOne, APPROVE),
      await answer(browser, consentTwo, APPROVE),
    ].map(({ view }) => new URL(view.location).searchParams.get('state'));
    expect(states).toEqual(['1', '2']);
  });

  test('a browser with very many forgets the oldest', async () => {
    const { register, authorizeUrl, newBrowser } = setUp();
    const clientId = await register();
    const browser = newBrowser();
    const first = await browser.open(authorizeUrl(clientId));
    for (let i = 0; i < 30; i += 1) await browser.open(authorizeUrl(clientId));
    expect(browser.cookies.size).toBe(10);
    expect(await browser.open(first.url)).toMatchObject({ status: 403, view: { problem: 'other-browser' } });
  });

  test('a browser with cookies that look like ours is not thrown off by them', async () => {
    const { register, authorizeUrl, newBrowser } = setUp();
    const browser = newBrowser();
    for (let i = 0; i < 15; i += 1) browser.cookies.set(`__Host-vestibule-tx-(${i})`, 'x');
    expect(await browser.open(authorizeUrl(await register()))).toMatchObject({
      status: 200,
      view: { page: 'sign-in' },
    });
  });

  test(cite('one address cannot begin any number of them', 'vestibule:limits:authorizations'), async () => {
    const { register, authorizeUrl, newBrowser, change, audit } = setUp();
    const clientId = await register();
    const realm = realmWith();
    const limits = { ...realm.settings.registration.limits, authorizationsPerAddressPerHour: 2 };
    const registration = { ...realm.settings.registration, limits };
    await change({ ...realm, settings: { ...realm.settings, registration } });
    const statuses = [];
    for (let i = 0; i < 3; i += 1) {
      statuses.push((await newBrowser('192.0.2.7').open(authorizeUrl(clientId))).status);
    }
    expect(statuses).toEqual([200, 200, 429]);
    expect(audit.events.at(-1)).toMatchObject({ type: 'authorization.limited', ip: '192.0.2.7' });
    expect((await newBrowser('192.0.2.8').open(authorizeUrl(clientId))).status).toBe(200);
  });

  test('its cookie is for this host alone and for no script', async () => {
    const { register, authorizeUrl, server } = setUp();
    const response = await server.authorize(new Request(authorizeUrl(await register())), { ip: '192.0.2.1' });
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-vestibule-tx-[\w-]{43}=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
  });
});

describe('a decision stands', () => {
  test('a double click leads to the same code', async () => {
    const { register, authorizeUrl, newBrowser, openConsent, answer, exchange, audit } = setUp();
    const clientId = await register();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(clientId));
    const [one, two] = await Promise.all([
      answer(browser, consent, APPROVE),
      answer(browser, consent, APPROVE),
    ]);
    expect(one.view.location).toBe(two.view.location);
    expect(audit.events.filter(({ type }) => type === 'consent.approved')).toHaveLength(1);
    const code = new URL(one.view.location).searchParams.get('code') ?? '';
    expect((await exchange(clientId, code)).status).toBe(200);
  });

  test.each([
    ['an approval after a denial', DENY, APPROVE, 'denied'],
    ['a denial after an approval', APPROVE, DENY, 'approved'],
  ])('%s changes nothing, and the page says so', async (_, first, second, outcome) => {
    const { register, authorizeUrl, newBrowser, openConsent, answer } = setUp();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(await register()));
    await answer(browser, consent, first);
    const again = await answer(browser, consent, second);
    expect(again).toMatchObject({ status: 409, view: { page: 'problem', problem: 'decided-otherwise' } });
    const reopened = await browser.open(`/connect/consent?transaction=${consent.view.interaction}`);
    expect(reopened.view).toMatchObject({ page: 'hand-back', outcome });
  });

  test('one of many concurrent decisions counts', async () => {
    const { register, authorizeUrl, newBrowser, openConsent, answer } = setUp();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(await register()));
    const answers = Array.from({ length: 20 }, (_, i) =>
      answer(browser, consent, i % 2 === 0 ? APPROVE : DENY),
    );
    const pages = (await Promise.all(answers)).map(({ view }) => view);
    const outcomes = pages.filter(({ page }) => page === 'hand-back').map(({ outcome }) => outcome);
    expect(outcomes).toHaveLength(10);
    expect(new Set(outcomes).size).toBe(1);
    expect(pages.filter(({ page }) => page === 'problem')).toHaveLength(10);
  });

  test('reloading the last page after the code was used brings no new one', async () => {
    const { register, authorizeUrl, newBrowser, openConsent, answer, exchange } = setUp();
    const clientId = await register();
    const browser = newBrowser();
    const done = await answer(browser, await openConsent(browser, authorizeUrl(clientId)), APPROVE);
    const code = new URL(done.view.location).searchParams.get('code') ?? '';
    expect((await exchange(clientId, code)).status).toBe(200);
    const reloaded = await browser.open(done.url);
    expect(reloaded.view.location).toBe(done.view.location);
    expect((await exchange(clientId, code)).body).toMatchObject({ error: 'invalid_grant' });
  });

  test('the last page is not there before a decision', async () => {
    const { register, authorizeUrl, newBrowser, openConsent } = setUp();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(await register()));
    const shown = await browser.open(`/connect/hand-back?transaction=${consent.view.interaction}`);
    expect(shown.view).toMatchObject({ page: 'consent' });
  });
});

describe('time runs out', () => {
  test('for a transaction', async () => {
    const { register, authorizeUrl, newBrowser, openConsent, answer, pass } = setUp();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(await register()));
    pass(599);
    expect((await browser.open(consent.url)).status).toBe(200);
    pass(1);
    expect(await answer(browser, consent, APPROVE)).toMatchObject({
      status: 410,
      view: { problem: 'transaction-unknown' },
    });
  });

  test('for a session', async () => {
    const { register, authorizeUrl, newBrowser, openConsent, answer, pass } = setUp();
    const clientId = await register();
    const browser = newBrowser();
    await answer(browser, await openConsent(browser, authorizeUrl(clientId)), APPROVE);
    pass(28_799);
    expect((await browser.open(authorizeUrl(clientId))).view).toMatchObject({ page: 'consent' });
    pass(1);
    expect((await browser.open(authorizeUrl(clientId))).view).toMatchObject({ page: 'sign-in' });
  });
});

describe('a gate that closes', () => {
  const closings: [string, Parameters<typeof realmWith>[0], string][] = [
    ['of the realm', { realm: false }, 'unauthorized_client'],
    ['of the API', { notes: false }, 'invalid_target'],
    ['of the scopes', { read: false, write: false }, 'invalid_scope'],
  ];

  test.each(closings)(
    cite('%s, while the person looks: the page says so and leads back', 'vestibule:gates:at-decision'),
    async (_, toggles, error) => {
      const { register, authorizeUrl, newBrowser, openConsent, answer, change, audit } = setUp();
      const browser = newBrowser();
      const consent = await openConsent(browser, authorizeUrl(await register()));
      await change(realmWith(toggles));
      const done = await answer(browser, consent, APPROVE);
      expect(done).toMatchObject({ status: 200, view: { page: 'hand-back', outcome: 'refused' } });
      expect(Object.fromEntries(new URL(done.view.location).searchParams)).toMatchObject({
        error,
        iss: ISSUER,
      });
      expect(audit.events.map(({ type }) => type)).not.toContain('consent.approved');
    },
  );

  test('or opens, or is described anew, while the person looks: what was shown is not what is asked, so it is shown again', async () => {
    const { register, authorizeUrl, newBrowser, openConsent, answer, change } = setUp(
      realmWith({ write: false }),
    );
    const browser = newBrowser();
    const url = authorizeUrl(await register());
    const shown = await openConsent(browser, url);
    const [read, ...others] = realmWith({ write: false }).scopes;
    const described = [
      { name: 'read', openToDynamicClients: read?.openToDynamicClients ?? false, description: 'anew' },
      ...others,
    ];
    await change({ ...realmWith({ write: false }), scopes: described });
    const again = await answer(browser, shown, APPROVE);
    expect(again).toMatchObject({ status: 409, view: { page: 'consent', stale: true } });
    expect((await answer(browser, again, APPROVE)).view).toMatchObject({ outcome: 'approved' });
  });

  test('grants nothing new if it opens while the person reads', async () => {
    const { register, authorizeUrl, newBrowser, openConsent, answer, change, exchange } = setUp(
      realmWith({ write: false }),
    );
    const clientId = await register();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(clientId, { scope: 'read write' }));
    await change(realmWith());
    const done = await answer(browser, consent, APPROVE);
    const code = new URL(done.view.location).searchParams.get('code') ?? '';
    expect((await exchange(clientId, code)).body).toMatchObject({ scope: 'read' });
  });

  test('grants what was displayed if it opens again while the person reads', async () => {
    const { register, authorizeUrl, newBrowser, openConsent, answer, change } = setUp();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(await register()));
    await change(realmWith({ write: false }));
    const less = await browser.open(consent.url);
    expect(less.view.scopes).toEqual([expect.objectContaining({ name: 'read' })]);
    await change(realmWith());
    expect(await answer(browser, less, APPROVE)).toMatchObject({
      status: 409,
      view: { page: 'consent', stale: true },
    });
  });

  test('removes its scope from the page and the grant while the person reads', async () => {
    const { register, authorizeUrl, newBrowser, openConsent, answer, change, exchange } = setUp();
    const clientId = await register();
    const browser = newBrowser();
    const consent = await openConsent(browser, authorizeUrl(clientId));
    await change(realmWith({ write: false }));
    const again = await browser.open(consent.url);
    expect(again.view.scopes).toEqual([expect.objectContaining({ name: 'read' })]);
    const done = await answer(browser, again, APPROVE);
    const code = new URL(done.view.location).searchParams.get('code') ?? '';
    expect((await exchange(clientId, code)).body).toMatchObject({ scope: 'read' });
  });
});

describe('bad forms and addresses get a page', () => {
  test.each([
    ['/connect/sign-in', 410],
    ['/connect/sign-in?transaction=', 410],
    ['/connect/sign-in?transaction=nonsense', 410],
    ['/connect/consent', 410],
    ['/connect/consent?transaction=%00', 410],
    ['/connect/consent?transaction=a&transaction=b', 410],
    ['/connect/hand-back', 410],
    ['/connect/authorize', 400],
    ['/connect/authorize?client_id=%FF%FE', 400],
  ])('%s: %i', async (path, status) => {
    const { newBrowser, errors } = setUp();
    expect(await newBrowser().open(path)).toMatchObject({ status, view: { page: 'problem' } });
    expect(errors).toEqual([]);
  });

  const bodies: [string, BodyInit, Record<string, string>][] = [
    ['JSON', '{}', { 'content-type': 'application/json' }],
    ['no type', 'transaction=x', { 'content-type': '' }],
    ['a multipart form', new FormData(), {}],
    [
      'too much',
      `transaction=${'x'.repeat(70_000)}`,
      { 'content-type': 'application/x-www-form-urlencoded' },
    ],
    ['no UTF-8', new Uint8Array([0x61, 0xff]), { 'content-type': 'application/x-www-form-urlencoded' }],
  ];
  test.each(
    bodies.flatMap(([title, body, headers]) =>
      (['authorize', 'signIn', 'consent'] as const).map((place) => [place, title, body, headers] as const),
    ),
  )('%s: %s', async (place, _, body, headers) => {
    const { server, errors } = setUp();
    const response = await server[place](new Request(`${ISSUER}/x`, { method: 'POST', body, headers }), {
      ip: '192.0.2.1',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ page: 'problem', problem: 'form-unreadable' });
    expect(errors).toEqual([]);
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    cite('%s is not answered', 'rfc9700:2.6:no-cors-on-pages'),
    async (method) => {
      const { server } = setUp();
      for (const place of ['authorize', 'signIn', 'consent', 'handBack'] as const) {
        const response = await server[place](new Request(`${ISSUER}/x`, { method }), { ip: '192.0.2.1' });
        expect(response.status).toBe(405);
        expect(response.headers.has('access-control-allow-origin')).toBe(false);
      }
    },
  );
});

test('a page that is met in another browser, or does not fit, is taken down', async () => {
  const { register, authorizeUrl, newBrowser, audit } = setUp();
  const signIn = await newBrowser().open(authorizeUrl(await register()));
  await newBrowser().open(signIn.url);
  expect(audit.events.at(-1)).toMatchObject({
    type: 'transaction.refused',
    problem: 'other-browser',
    ip: '192.0.2.10',
  });
});

test('what was passed as audit and clients is used, also where the stores bring some of their own', async () => {
  const { options, register, authorizeUrl, audit } = setUp();
  const strange = {
    audit: createMemoryAuditLog(),
    clients: { resolve: async () => undefined },
    realms: createMemoryRealmStore(),
  };
  const server = createAuthorizationServer({ ...options, stores: { ...options.stores, ...strange } });
  const response = await server.authorize(new Request(authorizeUrl(await register(), { scope: 'admin' })), {
    ip: '',
  });
  expect(await response.json()).toMatchObject({ outcome: 'refused', clientName: 'App' });
  expect(audit.events.at(-1)).toMatchObject({ type: 'authorization.refused', error: 'invalid_scope' });
  expect(strange.audit.events).toEqual([]);
});

test(
  cite(
    'a person who reads another language sees the name in it, from sign-in to hand-back',
    'rfc7591:2.2:shown',
    'rfc7591:2:client-name',
  ),
  async () => {
    const { register, authorizeUrl, newBrowser, answer } = setUp();
    const clientId = await register({ client_name: 'Garden', 'client_name#fr': 'Carnet' });
    const browser = newBrowser('192.0.2.10', 'fr-CH, en;q=0.5');
    const signIn = await browser.open(authorizeUrl(clientId));
    expect(signIn.view).toMatchObject({ page: 'sign-in', clientName: 'Carnet' });
    const consent = await answer(browser, signIn, { username: 'ada', password: 'right' });
    expect(consent.view).toMatchObject({ client: { name: 'Carnet', language: 'fr' } });
    const done = await answer(browser, consent, APPROVE);
    expect(done.view).toMatchObject({ page: 'hand-back', clientName: 'Carnet' });
  },
);

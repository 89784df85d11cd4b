import { cite } from '@vestibule/requirements';
import { describe, expect, test, vi } from 'vitest';
import { createAuthorizationServer } from '../src/index.ts';
import { createBrowser } from './browser.ts';
import { push, pushed, REQUEST, withReference } from './pushing.ts';
import { CALLBACK, MAIL, NOTES, realmWith, setUp } from './set-up.ts';

const unknown = { status: 400, view: { page: 'problem', problem: 'request-unknown' } };

describe('coming with a reference', () => {
  test(
    cite('leads to consent about what was pushed, and back with its state', 'rfc9126:4:begins'),
    async () => {
      const { newBrowser, openConsent, answer, reference } = await pushed();
      const browser = newBrowser();
      const consent = await openConsent(browser, withReference(reference));
      expect(consent.view).toMatchObject({ page: 'consent', scopes: [{ name: 'read' }] });
      const done = await answer(browser, consent, { decision: 'approve' });
      const location = new URL(done.view.location);
      expect(`${location.origin}${location.pathname}`).toBe(CALLBACK);
      expect(location.searchParams.get('state')).toBe('pushed');
      expect(location.searchParams.get('code')).toBeTruthy();
    },
  );

  test(cite('leaves no room for other parameters', 'rfc9126:4:nothing-added'), async () => {
    const { newBrowser, openConsent, answer, reference } = await pushed();
    const browser = newBrowser();
    const others = {
      redirect_uri: 'http://localhost/elsewhere',
      state: 'other',
      scope: 'write',
      resource: MAIL,
      code_challenge: 'x',
      response_type: 'token',
      request: 'a.b.c',
    };
    const consent = await openConsent(browser, withReference({ ...others, ...reference }));
    expect(consent.view).toMatchObject({ api: { resource: NOTES }, scopes: [{ name: 'read' }] });
    const done = await answer(browser, consent, { decision: 'approve' });
    expect(done.view.location).toMatch(/^https:\/\/app\.example\/cb\?.*state=pushed/);
  });

  test(cite('is valid for any number of reads, and for one decision', 'rfc9126:4:once'), async () => {
    const { newBrowser, openConsent, answer, reference } = await pushed();
    const browser = newBrowser();
    const [first, second] = [
      await openConsent(browser, withReference(reference)),
      await openConsent(browser, withReference(reference)),
    ];
    expect([first, second]).toMatchObject([{ view: { page: 'consent' } }, { view: { page: 'consent' } }]);
    expect((await answer(browser, first, { decision: 'approve' })).view).toMatchObject({
      outcome: 'approved',
    });
    expect(await answer(browser, second, { decision: 'approve' })).toMatchObject(unknown);
    expect(await newBrowser().open(withReference(reference))).toMatchObject(unknown);
    // Sending the same decision twice is one decision.
    expect((await answer(browser, first, { decision: 'approve' })).view).toMatchObject({
      outcome: 'approved',
    });
  });

  test(
    cite('leads to one decision of many at once, also when it has expired meanwhile', 'rfc9126:4:once'),
    async () => {
      const { newBrowser, openConsent, answer, reference, pass } = await pushed();
      const browser = newBrowser();
      const pages = [];
      for (let tab = 0; tab < 5; tab += 1) pages.push(await openConsent(browser, withReference(reference)));
      pass(120);
      const answers = await Promise.all(pages.map((page) => answer(browser, page, { decision: 'approve' })));
      expect(answers.filter(({ view }) => view.page === 'hand-back')).toHaveLength(1);
      expect(answers.filter(({ view }) => view.page === 'problem')).toHaveLength(4);
    },
  );

  test('leads to one decision where requests and interactions live for hours', async () => {
    const long = realmWith();
    const lifetimes = { ...long.settings.lifetimes, pushedRequest: 14_400, transaction: 28_800 };
    const { newBrowser, openConsent, answer, reference, pass, audit } = await pushed({
      ...long,
      settings: { ...long.settings, lifetimes: { ...lifetimes, session: 86_400 } },
    });
    const browser = newBrowser();
    const first = await openConsent(browser, withReference(reference));
    pass(14_399);
    const last = await openConsent(browser, withReference(reference));
    await answer(browser, first, { decision: 'approve' });
    // The marker of the first decision outlives the last interaction.
    pass(28_798);
    expect(await answer(browser, last, { decision: 'approve' })).toMatchObject(unknown);
    expect(audit.events.at(-1)).toMatchObject({ type: 'authorization.refused', error: 'request-unknown' });
  });

  test('is spent by a denial, too', async () => {
    const { newBrowser, openConsent, answer, reference } = await pushed();
    const browser = newBrowser();
    const consent = await openConsent(browser, withReference(reference));
    await answer(browser, consent, { decision: 'deny' });
    expect(await newBrowser().open(withReference(reference))).toMatchObject(unknown);
  });

  test('is not begun by HEAD, which link previews ask by, and neither is anything else', async () => {
    const { server, newBrowser, stores, reference } = await pushed();
    const insert = vi.spyOn(stores.interactions, 'insert');
    const response = await server.authorize(new Request(withReference(reference), { method: 'HEAD' }), {
      ip: '',
    });
    expect([response.status, response.headers.get('set-cookie'), await response.text()]).toEqual([
      200,
      null,
      '',
    ]);
    expect(insert).not.toHaveBeenCalled();
    expect((await newBrowser().open(withReference(reference))).view.page).toBe('sign-in');
  });

  test(cite('is good for 60 seconds and not for 61', 'rfc9126:4:expired'), async () => {
    const early = await pushed();
    early.pass(59);
    expect((await early.newBrowser().open(withReference(early.reference))).view.page).toBe('sign-in');
    const late = await pushed();
    late.pass(60);
    expect(await late.newBrowser().open(withReference(late.reference))).toMatchObject(unknown);
  });

  test(
    cite('is refused if it belongs to another client, and does not consume it', 'rfc9126:4:client'),
    async () => {
      const { newBrowser, register, reference } = await pushed();
      const stranger = { ...reference, client_id: await register() };
      expect(await newBrowser().open(withReference(stranger))).toMatchObject(unknown);
      expect((await newBrowser().open(withReference(reference))).view.page).toBe('sign-in');
    },
  );

  test('is refused if it belongs to another realm', async () => {
    const { reference, stores, options } = await pushed();
    const issuer = 'https://other.example';
    const realms = { find: async (id: string) => ({ ...realmWith(), id, issuer, version: 1 }) };
    const other = createAuthorizationServer({ ...options, stores, realm: 'other', issuer, realms });
    expect(
      await createBrowser(other, issuer).open(
        withReference(reference).pathname + withReference(reference).search,
      ),
    ).toMatchObject(unknown);
  });

  test(cite('is refused without a redirect if it was not pushed', 'rfc9126:7.1:unguessable'), async () => {
    const { newBrowser, clientId, audit } = await pushed();
    const request_uri = `urn:ietf:params:oauth:request_uri:${'A'.repeat(43)}`;
    const url = withReference({ ...REQUEST, client_id: clientId, request_uri });
    expect(await newBrowser().open(url)).toMatchObject(unknown);
    expect(audit.events.at(-1)).toMatchObject({ type: 'authorization.refused', error: 'request-unknown' });
  });

  test('without its client displays what is missing', async () => {
    const { newBrowser, reference } = await pushed();
    expect(await newBrowser().open(withReference({ request_uri: reference.request_uri }))).toMatchObject({
      view: { page: 'problem', problem: 'client-missing' },
    });
  });

  test(
    cite('is refused if the reference is a URL, which is never fetched', 'rfc9126:4:never-fetched'),
    async () => {
      const { newBrowser, authorizeUrl, clientId } = await pushed();
      const url = authorizeUrl(clientId, { request_uri: 'https://app.example/request.jwt' });
      expect((await newBrowser().open(url)).view).toMatchObject({
        page: 'hand-back',
        outcome: 'refused',
        location: expect.stringContaining('request_uri_not_supported'),
      });
    },
  );

  test(
    cite('is judged again: a gate that was closed meanwhile is closed', 'rfc9126:4:judged-again'),
    async () => {
      const { newBrowser, change, reference } = await pushed();
      await change(realmWith({ notes: false }));
      expect((await newBrowser().open(withReference(reference))).view).toMatchObject({
        outcome: 'refused',
        location: expect.stringContaining('invalid_target'),
      });
    },
  );
});

test(
  cite(
    'a pushed request without redirect_uri is refused, though its client registered one alone',
    'rfc9126:2.1:redirect-uri',
  ),
  async () => {
    const world = setUp();
    const clientId = await world.register();
    for (const redirect_uri of [undefined, '']) {
      expect(await push(world, { client_id: clientId, redirect_uri })).toMatchObject({
        status: 400,
        body: { error: 'invalid_request', error_description: expect.stringContaining('redirect_uri') },
      });
    }
  },
);

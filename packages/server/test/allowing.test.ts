import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { asShown, NOTES, NOW, realmWith, setUp } from './set-up.ts';

const APPROVE = { decision: 'approve' };
const names = (scopes: readonly { readonly name: string }[]) => scopes.map(({ name }) => name);

/** A client, Ada's browser, and the result of her decision. */
async function meet(realm = realmWith()) {
  const world = setUp(realm);
  const { register, authorizeUrl, newBrowser, openConsent, answer, exchange } = world;
  const clientId = await register();
  const browser = newBrowser();
  const ask = (scope?: string) =>
    openConsent(browser, authorizeUrl(clientId, scope === undefined ? {} : { scope }));
  /** Approves, and returns the response of the token endpoint. */
  async function allow(shown: Awaited<ReturnType<typeof ask>>, fields = {}) {
    const done = await answer(browser, shown, { ...APPROVE, ...fields });
    const code = new URL(done.view.location).searchParams.get('code') ?? '';
    return exchange(clientId, code);
  }
  return { ...world, clientId, browser, ask, allow };
}

describe('a person allows less than was asked', () => {
  test(
    cite('the client gets the granted scopes, at the exchange and at each refresh', 'rfc6749:3.3:told'),
    async () => {
      const { ask, allow, refresh, clientId, audit } = await meet();
      const { body } = await allow(await ask('read write'), { scope: 'read' });
      expect(body).toMatchObject({ scope: 'read' });
      expect((await refresh(clientId, body.refresh_token)).body).toMatchObject({ scope: 'read' });
      expect(audit.events.find(({ type }) => type === 'consent.approved')).toMatchObject({
        scopes: ['read'],
      });
    },
  );

  test('an approval without a scope decides nothing, and the page is displayed again with no scope selected', async () => {
    const { ask, allow, answer, browser, audit } = await meet();
    const again = await answer(browser, await ask(), { ...APPROVE, scope: [] });
    expect(again).toMatchObject({
      status: 400,
      view: { page: 'consent', nothingTicked: true, stale: false },
    });
    expect(audit.events.map(({ type }) => type)).not.toContain('consent.approved');
    expect((await allow(again, { scope: 'write' })).body).toMatchObject({ scope: 'write' });
  });

  test.each<[string, Record<string, string | string[]>]>([
    ['a scope that was not asked for', { scope: ['read', 'write'] }],
    ['a scope that is closed', { scope: ['read', 'admin'] }],
    ['a scope of another API', { scope: ['mail'] }],
    ['an invalid scope', { scope: ['read', ''] }],
    ['a duration that is not offered', { lasting: '999999999' }],
    ['two durations', { lasting: ['3600', 'until-revoked'] }],
    ['no duration', { lasting: [] }],
  ])('a scope that the page did not offer is not granted: %s', async (_, fields) => {
    const { ask, allow, answer, browser } = await meet();
    const shown = await ask('read');
    expect(await answer(browser, shown, { ...APPROVE, ...fields })).toMatchObject({
      status: 400,
      view: { page: 'problem', problem: 'form-unreadable' },
    });
    expect((await allow(shown)).body).toMatchObject({ scope: 'read' });
  });

  test('once: another decision from a second tab is refused with an explanation', async () => {
    const { ask, answer, browser } = await meet();
    const shown = await ask('read write');
    const less = { ...APPROVE, scope: 'read' };
    expect((await answer(browser, shown, less)).view).toMatchObject({ outcome: 'approved' });
    expect(await answer(browser, shown, APPROVE)).toMatchObject({
      status: 409,
      view: { problem: 'decided-otherwise' },
    });
    expect((await answer(browser, shown, less)).view).toMatchObject({ outcome: 'approved' });
  });
});

describe('a person allows something for a limited time', () => {
  const HOUR = { lasting: '3600' };

  test('the choices are the realm’s', async () => {
    expect((await (await meet()).ask()).view.durations).toEqual(['until-revoked', 3_600, 86_400, 2_592_000]);
    const strict = realmWith({}, { consent: { durations: [600] } });
    const { ask, allow, answer, browser } = await meet(strict);
    const shown = await ask();
    expect(shown.view.durations).toEqual([600]);
    const longer = { ...APPROVE, lasting: 'until-revoked' };
    expect(await answer(browser, shown, longer)).toMatchObject({ view: { problem: 'form-unreadable' } });
    expect((await allow(shown)).body).toMatchObject({ expires_in: 600 });
  });

  test('no token outlives that time, however often the client refreshes', async () => {
    const { ask, allow, refresh, clientId, pass, stores } = await meet();
    const { body } = await allow(await ask(), HOUR);
    expect(body).toMatchObject({ expires_in: 900 });
    const endsAt = NOW + 3_600_000;
    expect(await stores.grants.listOf('main', 'person-ada', NOW)).toMatchObject([
      { endsAt, expiresAt: endsAt },
    ]);

    pass(3_000);
    const late = await refresh(clientId, body.refresh_token);
    expect(late.body).toMatchObject({ expires_in: 600 });
    expect(await stores.grants.listOf('main', 'person-ada', NOW)).toMatchObject([
      { endsAt, expiresAt: endsAt },
    ]);
    pass(599);
    const last = await refresh(clientId, late.body.refresh_token);
    expect(last.body).toMatchObject({ expires_in: 1 });
    pass(1);
    expect((await refresh(clientId, last.body.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
  });

  test('a code that is exchanged after that time is refused', async () => {
    const brief = realmWith({}, { consent: { durations: [30] } });
    const { ask, answer, browser, exchange, clientId, pass } = await meet(brief);
    const done = await answer(browser, await ask(), APPROVE);
    pass(30);
    const code = new URL(done.view.location).searchParams.get('code') ?? '';
    expect((await exchange(clientId, code)).body).toMatchObject({ error: 'invalid_grant' });
  });

  test('choices that changed while the person read are displayed again', async () => {
    const { ask, answer, browser, change } = await meet();
    const shown = await ask();
    await change(realmWith({}, { consent: { durations: [600] } }));
    expect(await answer(browser, shown, APPROVE)).toMatchObject({
      status: 409,
      view: { stale: true, durations: [600] },
    });
  });
});

describe('a client that asks for more', () => {
  test(
    cite(
      'the person sees what is new apart from what it may do, and approves both',
      'mcp:step-up-authorization-flow:added',
    ),
    async () => {
      const { ask, allow, refresh, clientId } = await meet();
      const first = await allow(await ask('read'));
      const again = await ask('write');
      expect(names(again.view.scopes)).toEqual(['write']);
      expect(names(again.view.held)).toEqual(['read']);
      const { body } = await allow(again);
      expect(body.scope.split(' ').toSorted()).toEqual(['read', 'write']);
      expect((await refresh(clientId, first.body.refresh_token)).body).toMatchObject({ scope: 'read' });
    },
  );

  test('may be let have the new without what it has: that stays where it was', async () => {
    const { ask, allow, refresh, clientId } = await meet();
    const first = await allow(await ask('read'));
    expect((await allow(await ask('write'), { scope: 'write' })).body).toMatchObject({ scope: 'write' });
    expect((await refresh(clientId, first.body.refresh_token)).body).toMatchObject({ scope: 'read' });
  });

  test('gets nothing by what it may do where the gate has closed since', async () => {
    const { ask, allow, change } = await meet();
    await allow(await ask('read'));
    await change(realmWith({ read: false }));
    const again = await ask('write');
    expect(again.view).toMatchObject({ scopes: [{ name: 'write' }], held: [] });
    expect((await allow(again, { scope: 'write' })).body).toMatchObject({ scope: 'write' });
  });

  test.each<[string, (world: Awaited<ReturnType<typeof meet>>) => Promise<unknown>]>([
    [
      'ended',
      async ({ stores }) => {
        for (const { id } of await stores.grants.listOf('main', 'person-ada', NOW)) {
          await stores.grants.end('main', id, NOW);
        }
      },
    ],
    ['expired', async ({ pass }) => pass(604_800)],
  ])('holds nothing any more where its grant has %s', async (_, end) => {
    const world = await meet();
    await world.allow(await world.ask('read'));
    await end(world);
    expect((await world.ask('write')).view).toMatchObject({ scopes: [{ name: 'write' }], held: [] });
  });

  test('is not taken for another client, another person or another API', async () => {
    const { ask, allow, register, authorizeUrl, browser, openConsent, newBrowser, clientId } = await meet();
    await allow(await ask('read'));
    const other = await openConsent(browser, authorizeUrl(await register(), { scope: 'read' }));
    const grace = await openConsent(newBrowser(), authorizeUrl(clientId, { scope: 'read' }), 'grace');
    const mail = await openConsent(browser, authorizeUrl(clientId, { resource: 'https://mail.example' }));
    for (const { view } of [other, grace, mail]) expect(view.held).toEqual([]);
  });

  test('is displayed again if what it can do has changed while the person reads', async () => {
    const { ask, allow, answer, browser } = await meet();
    const shown = await ask('read write');
    await allow(await ask('read'));
    const again = await answer(browser, shown, APPROVE);
    expect(again).toMatchObject({ status: 409, view: { stale: true, held: [{ name: 'read' }] } });
  });

  test('is displayed again also if that is nothing it requests now', async () => {
    const { ask, allow, answer, browser } = await meet();
    const shown = await ask('read');
    await allow(await ask('write'));
    const again = await answer(browser, shown, APPROVE);
    expect(again).toMatchObject({ status: 409, view: { stale: true, held: [{ name: 'write' }] } });
  });

  test('does not hold at one API what it holds at another, though it has the same name', async () => {
    const [notes, mail] = realmWith().apis;
    if (notes === undefined || mail === undefined) throw new Error('There are no two APIs.');
    const world = await meet({ ...realmWith(), apis: [notes, { ...mail, scopes: ['read'] }] });
    const { ask, allow, browser, openConsent, authorizeUrl, clientId } = world;
    await allow(await ask('read'));
    const elsewhere = await openConsent(
      browser,
      authorizeUrl(clientId, { resource: 'https://mail.example' }),
    );
    expect(elsewhere.view).toMatchObject({ scopes: [{ name: 'read' }], held: [] });
  });

  test('a form for more access is not accepted for less', async () => {
    const { ask, browser } = await meet();
    const [more, less] = [await ask('read write'), await ask('read')];
    const forged = { ...asShown(more.view), transaction: less.view.interaction, ...APPROVE };
    expect(await browser.post('/connect/consent', forged)).toMatchObject({
      status: 409,
      view: { stale: true },
    });
    expect(more.view).toMatchObject({ api: { resource: NOTES } });
  });
});

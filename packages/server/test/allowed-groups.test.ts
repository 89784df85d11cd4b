import { describe, expect, test } from 'vitest';
import { attachedWhereApisAsk, USERINFO } from './apis.ts';
import { ADA, NOTES, realmWith, setUp } from './set-up.ts';

type World = ReturnType<typeof setUp>;

const APPROVE = { decision: 'approve' };
const ADA_STORED = { realm: 'main', subject: 'person-ada', username: 'ada', name: 'Ada' };

/** Only people of the group `agents` may let apps use the notes. */
function realmForAgents(allowedGroups: readonly string[] = ['agents']) {
  const realm = realmWith();
  return {
    ...realm,
    apis: realm.apis.map((api) => Object.assign({}, api, api.resource === NOTES && { allowedGroups })),
  };
}

/** Ada and Grace, of whom Ada is in the group. */
async function worldForAgents() {
  const world = setUp(realmForAgents());
  await world.stores.people.insert({ ...ADA_STORED, groups: ['agents'] });
  return world;
}

const setGroups = ({ operator }: World, ...groups: readonly string[]) =>
  operator.people.change(ADA, 'main', ADA_STORED.subject, { groups });

const refusals = ({ audit }: World) => audit.events.filter((event) => 'rule' in event);

const query = (location: string): Record<string, string> =>
  Object.fromEntries(new URL(location).searchParams);

describe('a person in an allowed group', () => {
  test('decides as always, and the client gets its tokens', async () => {
    const world = await worldForAgents();
    const clientId = await world.register();
    const { status, body } = await world.exchange(clientId, await world.obtainCode(clientId));
    expect(status).toBe(200);
    expect((await world.refresh(clientId, body.refresh_token)).status).toBe(200);
    expect(refusals(world)).toEqual([]);
  });

  test('decides with a group that the sign-in reported', async () => {
    const world = setUp(realmForAgents());
    await world.stores.people.insert(ADA_STORED);
    const browser = world.newBrowser();
    const url = world.authorizeUrl(await world.register());
    expect((await world.openConsent(browser, url)).view.page).toBe('not-allowed');
    await world.stores.people.replace({ ...ADA_STORED, reportedGroups: ['agents'] }, ADA_STORED);
    expect((await browser.open(url)).view.page).toBe('consent');
  });
});

describe('a person in no allowed group', () => {
  test('reads that their account may not, and the client gets access_denied when they go back', async () => {
    const world = await worldForAgents();
    const clientId = await world.register();
    const browser = world.newBrowser();
    const shown = await world.openConsent(browser, world.authorizeUrl(clientId), 'grace');
    expect(shown).toMatchObject({
      status: 403,
      view: { page: 'not-allowed', api: { name: 'Notes', resource: NOTES }, person: { name: 'Grace' } },
    });
    expect(refusals(world)).toMatchObject([
      {
        type: 'authorization.refused',
        error: 'access_denied',
        rule: 'api.allowed-groups',
        clientId,
        subject: 'person-grace',
      },
    ]);
    const done = await world.answer(browser, shown, {});
    expect(done.view).toMatchObject({ page: 'hand-back', outcome: 'denied' });
    expect(query(done.view.location)).toMatchObject({ error: 'access_denied', state: 'st' });
    expect(world.audit.events.at(-1)).toMatchObject({ type: 'consent.denied', subject: 'person-grace' });
  });

  test('can use another account, which decides', async () => {
    const world = await worldForAgents();
    const browser = world.newBrowser();
    const shown = await world.openConsent(browser, world.authorizeUrl(await world.register()), 'grace');
    const signIn = await browser.open(shown.view.switchPerson);
    const consent = await world.answer(browser, signIn, { username: 'ada', password: 'right' });
    expect(consent.view.page).toBe('consent');
    expect((await world.answer(browser, consent, APPROVE)).view.outcome).toBe('approved');
  });

  test.each([
    ['an approval', APPROVE],
    ['an approval with scopes', { ...APPROVE, scope: ['read'], lasting: 'until-revoked' }],
    ['a denial without the token of the page', { csrf: '' }],
    ['a denial with a token of another page', { csrf: 'x.y' }],
  ])('decides nothing by posting %s', async (_, fields) => {
    const world = await worldForAgents();
    const browser = world.newBrowser();
    const shown = await world.openConsent(browser, world.authorizeUrl(await world.register()), 'grace');
    expect(await world.answer(browser, shown, fields)).toMatchObject({
      status: 403,
      view: { page: 'not-allowed' },
    });
    expect(world.audit.events.map(({ type }) => type)).not.toContain('consent.approved');
    expect(world.audit.events.map(({ type }) => type)).not.toContain('consent.denied');
  });

  test('may let apps use other APIs', async () => {
    const world = setUp(realmForAgents());
    const code = await world.obtainCode(await world.register(), { resource: 'https://mail.example' });
    expect(code).not.toBe('');
  });

  test('is asked for nothing by a client that a person allowed to remember consent', async () => {
    const world = await worldForAgents();
    const { clientId } = await world.preregister({
      authentication: { method: 'client_secret_post', secret: 's'.repeat(32) },
      rememberConsent: true,
    });
    const browser = world.newBrowser();
    const url = world.authorizeUrl(clientId, { scope: 'read' });
    await world.answer(browser, await world.openConsent(browser, url), APPROVE);
    await setGroups(world);
    expect((await browser.open(url)).view.page).toBe('not-allowed');
  });

  test('is not asked by a pre-registered client that forbids asking, which gets access_denied', async () => {
    const world = await worldForAgents();
    const { clientId } = await world.preregister({ authentication: { method: 'none' } });
    const browser = world.newBrowser();
    await world.openConsent(browser, world.authorizeUrl(await world.register()), 'grace');
    const { view } = await browser.open(world.authorizeUrl(clientId, { prompt: 'none', scope: 'read' }));
    expect(query(view.location)).toMatchObject({ error: 'access_denied' });
    expect(refusals(world).at(-1)).toMatchObject({ type: 'authorization.refused', clientId });
  });
});

describe('a person who leaves the group', () => {
  test('while the consent page is displayed cannot approve it', async () => {
    const world = await worldForAgents();
    const browser = world.newBrowser();
    const consent = await world.openConsent(browser, world.authorizeUrl(await world.register()));
    await setGroups(world);
    expect((await world.answer(browser, consent, APPROVE)).view.page).toBe('not-allowed');
    expect(world.audit.events.map(({ type }) => type)).not.toContain('consent.approved');
  });

  test('reads, on denying while another tab approves, that it was decided otherwise', async () => {
    const world = await worldForAgents();
    const browser = world.newBrowser();
    const consent = await world.openConsent(browser, world.authorizeUrl(await world.register()));
    await setGroups(world);
    const notAllowed = await browser.open(consent.url);
    const { people } = world.stores;
    const { findBySubject } = people;
    // The other tab approves between the reading of the groups and the denial.
    const meanwhile: typeof findBySubject = async (...key) => {
      const found = await findBySubject(...key);
      Object.assign(people, { findBySubject });
      await setGroups(world, 'agents');
      await world.answer(browser, consent, APPROVE);
      return found;
    };
    Object.assign(people, { findBySubject: meanwhile });
    const done = await world.answer(browser, notAllowed, {});
    expect(done.view).toMatchObject({ page: 'problem', problem: 'decided-otherwise' });
  });

  test('before the code is exchanged: the code is used up, whatever groups they get again', async () => {
    const world = await worldForAgents();
    const clientId = await world.register();
    const code = await world.obtainCode(clientId);
    await setGroups(world);
    const refused = await world.exchange(clientId, code);
    expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(refusals(world)).toMatchObject([{ type: 'token.refused', rule: 'api.allowed-groups', clientId }]);
    await setGroups(world, 'agents');
    expect((await world.exchange(clientId, code)).body.error).toBe('invalid_grant');
  });

  test('before a refresh: the refresh token is refused, and works when they are in the group again', async () => {
    const world = await worldForAgents();
    const clientId = await world.register();
    const { body } = await world.exchange(clientId, await world.obtainCode(clientId));
    await setGroups(world, 'staff', 'Agents');
    expect(await world.refresh(clientId, body.refresh_token)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
    await setGroups(world, 'agents');
    expect((await world.refresh(clientId, body.refresh_token)).status).toBe(200);
  });

  test('sees the access of the app as stopped among their connected apps, until they are in the group again', async () => {
    const world = await worldForAgents();
    const clientId = await world.register();
    const browser = world.newBrowser();
    const consent = await world.openConsent(browser, world.authorizeUrl(clientId));
    const done = await world.answer(browser, consent, APPROVE);
    await world.exchange(clientId, query(done.view.location)['code'] ?? '');
    const access = async () => (await browser.open('/connect/apps')).view.apps?.[0]?.access[0];
    expect(await access()).not.toHaveProperty('isStopped');
    await setGroups(world);
    expect(await access()).toMatchObject({ api: { name: 'Notes' }, isStopped: true });
    await setGroups(world, 'agents');
    expect(await access()).not.toHaveProperty('isStopped');
  });
});

describe('an API that is closed to the groups of a person', () => {
  test('refuses the refresh of a grant from before, and gets no active token by introspection', async () => {
    const world = await attachedWhereApisAsk();
    const isActive = async () => (await world.introspect(world.tokens.access_token)).body.active;
    expect(await isActive()).toBe(true);
    await world.operator.apis.change(ADA, 'main', 'notes', { allowedGroups: ['agents'] });
    expect(await isActive()).toBe(false);
    expect((await world.refresh(world.clientId, world.tokens.refresh_token)).body.error).toBe(
      'invalid_grant',
    );
    await world.operator.apis.change(ADA, 'main', 'notes', { allowedGroups: null });
    expect(await isActive()).toBe(true);
  });

  test('tells nothing of the person if it is userinfo', async () => {
    const world = await attachedWhereApisAsk({ resource: USERINFO, scope: 'openid profile' });
    expect((await world.userinfo(world.tokens.access_token)).status).toBe(200);
    await world.operator.apis.change(ADA, 'main', 'userinfo', { allowedGroups: ['agents'] });
    expect((await world.userinfo(world.tokens.access_token)).status).toBe(401);
  });
});

test('nothing is read of a person who has signed in, for an API that allows every person', async () => {
  const world = setUp();
  const clientId = await world.register();
  const browser = world.newBrowser();
  const consent = await world.openConsent(browser, world.authorizeUrl(clientId));
  let reads = 0;
  const { findBySubject } = world.stores.people;
  Object.assign(world.stores.people, {
    findBySubject: (...key: Parameters<typeof findBySubject>) => {
      reads += 1;
      return findBySubject(...key);
    },
  });
  const done = await world.answer(browser, consent, APPROVE);
  const { body } = await world.exchange(clientId, query(done.view.location)['code'] ?? '');
  expect((await world.refresh(clientId, body.refresh_token)).status).toBe(200);
  expect(reads).toBe(0);
});

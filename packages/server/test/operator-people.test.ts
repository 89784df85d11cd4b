import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { ADA, NOW, realmWith, setUp } from './set-up.ts';

const TERMS = { username: 'ada', name: 'Ada', subject: 'person-ada', passwordHash: '$argon2id$secret' };

/** Of the person who signs in as Ada. */
const SUBJECT = 'person-ada';

type World = ReturnType<typeof setUp>;

/** Ada, who has approved a client in a browser. */
async function approved() {
  const world = setUp();
  const clientId = await world.register();
  const browser = world.newBrowser();
  const consent = await world.openConsent(browser, world.authorizeUrl(clientId));
  const done = await world.answer(browser, consent, { decision: 'approve' });
  const code = new URL(done.view.location).searchParams.get('code') ?? '';
  return { ...world, world, clientId, browser, code, subject: SUBJECT };
}

const isSignedIn = async ({ world, clientId, browser }: Awaited<ReturnType<typeof approved>>) =>
  (await browser.open(world.authorizeUrl(clientId))).view.page === 'consent';

const eventsOf = ({ audit }: World, ...types: readonly string[]) =>
  audit.events.filter(({ type }) => types.includes(type));

describe('a person whom an operator removes', () => {
  test(
    cite('loses sessions, codes and refresh tokens at once', 'vestibule:operator:person-removed'),
    async () => {
      const all = await approved();
      const other = await all.register();
      const first = await all.exchange(all.clientId, all.code);
      const unused = await all.obtainCode(other);
      await all.stores.people.insert({ ...TERMS, realm: 'main', subject: all.subject, username: 'removed' });
      expect(await isSignedIn(all)).toBe(true);

      expect(await all.operator.people.remove(ADA, 'main', all.subject)).toEqual({
        outcome: 'removed',
        grants: 2,
      });
      expect(await isSignedIn(all)).toBe(false);
      expect((await all.refresh(all.clientId, first.body.refresh_token)).body.error).toBe('invalid_grant');
      expect((await all.exchange(other, unused)).body.error).toBe('invalid_grant');
      expect(eventsOf(all.world, 'person.removed', 'grant.ended')).toMatchObject([
        { type: 'person.removed', actor: ADA, subject: all.subject, before: { name: 'Ada', password: true } },
        { type: 'grant.ended', actor: ADA, reason: 'operator' },
        { type: 'grant.ended', actor: ADA, reason: 'operator' },
      ]);
    },
  );

  test('loses what an interrupted removal left behind', async () => {
    const all = await approved();
    expect(await all.operator.people.remove(ADA, 'main', all.subject)).toEqual({ outcome: 'missing' });
    expect(await isSignedIn(all)).toBe(false);
    expect((await all.exchange(all.clientId, all.code)).body.error).toBe('invalid_grant');
  });
});

describe('a person whom an operator changes', () => {
  const stored = ({ stores }: World) => stores.people.findBySubject('main', TERMS.subject);

  test('is added once, with an event that has no password hash', async () => {
    const { operator, audit, stores } = setUp();
    expect(await operator.people.add(ADA, 'nowhere', TERMS)).toEqual({ outcome: 'missing' });
    expect(await operator.people.add(ADA, 'main', TERMS)).toMatchObject({ outcome: 'added' });
    expect(await operator.people.add(ADA, 'main', { ...TERMS, subject: 'b' })).toEqual({ outcome: 'exists' });
    expect(await operator.people.add(ADA, 'main', { ...TERMS, username: 'b' })).toEqual({
      outcome: 'exists',
    });
    expect(await stores.people.findByUsername('main', 'ada')).toEqual({ ...TERMS, realm: 'main' });
    expect(audit.events).toEqual([
      {
        type: 'person.added',
        realm: 'main',
        at: NOW,
        actor: ADA,
        subject: TERMS.subject,
        username: 'ada',
        after: { username: 'ada', name: 'Ada', password: true },
      },
    ]);
  });

  test('is validated when added and when changed, and nothing is stored or recorded', async () => {
    const { operator, audit, stores } = setUp();
    const invalid = { ...TERMS, email: 'ada', subject: 'a b', name: 'n'.repeat(257) };
    expect(await operator.people.add(ADA, 'main', invalid)).toMatchObject({
      outcome: 'refused',
      problems: [{ place: 'name' }, { place: 'email' }, { place: 'subject' }],
    });
    await stores.people.insert({ ...TERMS, realm: 'main' });
    expect(await operator.people.change(ADA, 'main', TERMS.subject, { email: 'ada' })).toMatchObject({
      outcome: 'refused',
      problems: [{ place: 'email' }],
    });
    expect(await stores.people.findBySubject('main', TERMS.subject)).toEqual({ ...TERMS, realm: 'main' });
    expect(audit.events).toEqual([]);
  });

  test('is stored under the canonical username', async () => {
    const { operator, stores } = setUp();
    await operator.people.add(ADA, 'main', { ...TERMS, username: ' ADA ' });
    expect(await stores.people.findByUsername('main', 'ada')).toEqual({ ...TERMS, realm: 'main' });
  });

  test('may have no password, gets one, and loses it with all sessions', async () => {
    const all = await approved();
    const { operator, audit, stores } = all;
    const find = () => stores.people.findBySubject('main', all.subject);
    await operator.people.add(ADA, 'main', {
      ...TERMS,
      subject: all.subject,
      username: 'b',
      passwordHash: null,
    });
    expect(await find()).not.toHaveProperty('passwordHash');
    const set = (passwordHash: string | null) =>
      operator.people.setPassword(ADA, 'main', all.subject, passwordHash);
    expect(await set('a-hash')).toBe('changed');
    expect(await find()).toMatchObject({ passwordHash: 'a-hash' });
    const consent = await all.openConsent(all.browser, all.authorizeUrl(all.clientId));
    expect(consent.view.page).toBe('consent');
    expect(await set(null)).toBe('changed');
    expect(await find()).not.toHaveProperty('passwordHash');
    expect(await isSignedIn(all)).toBe(false);
    expect(audit.events.filter(({ type }) => type.startsWith('person.'))).toMatchObject([
      { type: 'person.added', after: { password: false } },
      { type: 'person.password-set' },
      { type: 'person.changed', before: { password: true }, after: { password: false } },
    ]);
  });

  test('gets another name and address, which is not verified any more', async () => {
    const world = setUp();
    await world.stores.people.insert({ ...TERMS, realm: 'main', email: 'a@x.example', emailVerified: true });
    const change = (amendment: object) => world.operator.people.change(ADA, 'main', TERMS.subject, amendment);
    expect(await change({ name: 'Ada L.' })).toEqual({ outcome: 'changed' });
    expect(await stored(world)).toMatchObject({ name: 'Ada L.', emailVerified: true });
    expect(await change({ email: 'b@x.example' })).toEqual({ outcome: 'changed' });
    expect(await stored(world)).toEqual({ ...TERMS, realm: 'main', name: 'Ada L.', email: 'b@x.example' });
    expect(await change({ email: 'b@x.example' })).toEqual({ outcome: 'unchanged' });
    expect(await change({ email: null })).toEqual({ outcome: 'changed' });
    expect(await stored(world)).not.toHaveProperty('email');
    expect(eventsOf(world, 'person.changed')).toMatchObject([
      { before: { name: 'Ada' }, after: { name: 'Ada L.' } },
      { before: { email: 'a@x.example', emailVerified: true }, after: { email: 'b@x.example' } },
      { before: { email: 'b@x.example' }, after: {} },
    ]);
    expect(await world.operator.people.change(ADA, 'main', 'nobody', { name: 'x' })).toEqual({
      outcome: 'missing',
    });
  });

  test('keeps the password hash that a sign-in replaced at the same moment', async () => {
    const world = setUp();
    const { people } = world.stores;
    await world.operator.people.add(ADA, 'main', TERMS);
    const { subject, passwordHash: replaced } = TERMS;
    world.intercept({
      kind: 'person.replace',
      before: () =>
        people.replacePasswordHash({ realm: 'main', subject, replaced, passwordHash: 'rehashed' }),
    });
    expect(await world.operator.people.change(ADA, 'main', TERMS.subject, { name: 'Ada L.' })).toEqual({
      outcome: 'changed',
    });
    expect(await stored(world)).toMatchObject({ name: 'Ada L.', passwordHash: 'rehashed' });
  });

  test('is signed out everywhere by another password, and keeps the grants', async () => {
    const all = await approved();
    await all.stores.people.insert({ ...TERMS, realm: 'main', subject: all.subject, username: 'signed-in' });
    expect(await all.operator.people.setPassword(ADA, 'main', all.subject, 'other-hash')).toBe('changed');
    expect(await all.stores.people.findBySubject('main', all.subject)).toMatchObject({
      passwordHash: 'other-hash',
    });
    expect(await isSignedIn(all)).toBe(false);
    expect((await all.exchange(all.clientId, all.code)).status).toBe(200);
    expect(JSON.stringify(all.audit.events)).not.toMatch(/other-hash|argon2id/);
    expect(await all.operator.people.setPassword(ADA, 'main', 'nobody', 'x')).toBe('missing');
  });
});

describe('grants that an operator ends', () => {
  test(
    cite('end at once, one by one, of a client or of a person', 'vestibule:operator:grants-ended'),
    async () => {
      const { operator, register, obtainCode, exchange, refresh, stores } = setUp();
      const [one, two] = [await register(), await register({ client_name: 'Other app' })];
      const tokens = [];
      for (const clientId of [one, one, two]) {
        const { body } = await exchange(clientId, await obtainCode(clientId));
        tokens.push({ clientId, refreshToken: String(body.refresh_token) });
      }
      const standing = async () => {
        const of = [];
        for (const clientId of [one, two]) {
          of.push(...(await stores.grants.listOfClient('main', clientId, NOW, { limit: 10 })).items);
        }
        return of;
      };
      const [first] = await standing();
      expect(await operator.grants.end(ADA, 'main', first?.id ?? '')).toBe('ended');
      expect(await operator.grants.end(ADA, 'main', first?.id ?? '')).toBe('missing');
      expect(await standing()).toHaveLength(2);
      expect(await operator.grants.endOfClient(ADA, 'main', one)).toBe(1);
      expect(await operator.grants.endOfClient(ADA, 'main', one)).toBe(0);
      expect((await standing()).map(({ clientId }) => clientId)).toEqual([two]);
      expect(await operator.grants.endOfPerson(ADA, 'main', first?.subject ?? '', one)).toBe(0);
      expect(await operator.grants.endOfPerson(ADA, 'main', first?.subject ?? '')).toBe(1);
      for (const { clientId, refreshToken } of tokens) {
        expect((await refresh(clientId, refreshToken)).body.error).toBe('invalid_grant');
      }
    },
  );

  test('are found on every page of a client with many of them', async () => {
    const { operator, stores, audit } = setUp();
    const grant = {
      realm: 'main',
      clientId: 'acme',
      resource: 'https://notes.example/mcp',
      scopes: ['read'],
    };
    const times = { createdAt: NOW, expiresAt: NOW + 60_000, authentication: { at: NOW, methods: [] } };
    for (let index = 0; index < 450; index += 1) {
      await stores.grants.insert({
        ...grant,
        ...times,
        id: `grant-${index}`,
        subject: `person-${index}`,
      });
    }
    expect(await operator.grants.endOfClient(ADA, 'main', 'acme')).toBe(450);
    expect(audit.events).toHaveLength(450);
  });
});

test(
  cite(
    'an approval whose last page was not opened ends with its person',
    'vestibule:operator:person-removed',
  ),
  async () => {
    const { server, options, operator, register, newBrowser, openConsent, authorizeUrl, exchange } = setUp();
    const clientId = await register();
    // A browser that does not follow the redirect of the form yet.
    const browser = newBrowser();
    const { view } = await openConsent(browser, authorizeUrl(clientId));
    const body = new URLSearchParams({
      transaction: view.interaction,
      csrf: view.csrf,
      decision: 'approve',
      scope: 'read',
      lasting: 'until-revoked',
    });
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const request = new Request(new URL(view.action, options.issuer), {
      method: 'POST',
      headers: { cookie },
      body,
    });
    const answered = await server.consent(request, { ip: '192.0.2.10' });
    expect(answered.status).toBe(303);
    await operator.people.remove(ADA, 'main', SUBJECT);
    const shown = await browser.open(new URL(answered.headers.get('location') ?? '', options.issuer));
    const code = new URL(shown.view.location).searchParams.get('code') ?? '';
    expect((await exchange(clientId, code)).body.error).toBe('invalid_grant');
  },
);

describe('a removal that happens between the steps of a browser', () => {
  test('ends the session that a sign-in stores after it', async () => {
    const world = setUp(realmWith(), {
      authenticate: async () => ({ person: { subject: SUBJECT, name: 'Ada' }, methods: ['pwd'], stillHolds }),
    });
    const { operator, stores } = world;
    await stores.people.insert({ ...TERMS, realm: 'main' });
    const stillHolds = async () => (await stores.people.findBySubject('main', SUBJECT)) !== undefined;
    const clientId = await world.register();
    const browser = world.newBrowser();
    const signIn = async () =>
      world.answer(browser, await browser.open(world.authorizeUrl(clientId)), {
        username: 'ada',
        password: 'right',
      });
    world.intercept({
      kind: 'session.insert',
      before: () => operator.people.remove(ADA, 'main', SUBJECT),
    });
    expect((await signIn()).view.page).toBe('sign-in');
    expect(await stores.sessions.deleteOf('main', SUBJECT)).toBe(0);
  });

  test('leaves no grant of an approval that is decided after it', async () => {
    const all = await approved();
    const { stores, operator, browser } = all;
    const consent = await all.openConsent(browser, all.authorizeUrl(all.clientId));
    all.world.intercept({
      kind: 'interaction.decide',
      before: () => operator.people.remove(ADA, 'main', SUBJECT),
    });
    const { status, view } = await all.answer(browser, consent, { decision: 'approve' });
    expect([status, view.page]).toEqual([400, 'problem']);
    expect(await stores.grants.listOf('main', SUBJECT, NOW)).toEqual([]);
    expect(eventsOf(all.world, 'consent.approved')).toHaveLength(1);
  });
});

import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { APPROVE, attached, DAY, DENY, HOUR } from './aging.ts';
import { CALLBACK, NOW } from './set-up.ts';

const BLOCKED = {
  status: 403,
  view: { page: 'problem', problem: 'client-blocked', app: { name: 'App', redirectUri: CALLBACK } },
};

/** A server whose operator blocks and unblocks clients. */
async function setUp() {
  const world = await attached();
  const { clients, clientId } = world;
  return {
    ...world,
    async block(id: string = clientId): Promise<void> {
      const client = await clients.find('main', id);
      if (client !== undefined) await clients.replace({ ...client, blockedAt: NOW }, client.version);
    },
    async unblock(): Promise<void> {
      const client = await clients.find('main', clientId);
      if (client === undefined) return;
      const { blockedAt: _blocked, ...free } = client;
      await clients.replace(free, client.version);
    },
  };
}

describe('a blocked client at authorize', () => {
  test.each([
    ['in use', 0],
    ['due for hibernation', 90 * DAY],
    ['due for deletion', 1_000 * DAY],
  ])(
    cite('%s: a page that knows which app it is, without a question', 'vestibule:lifecycle:blocked-page'),
    async (_, age) => {
      const { block, pass, newBrowser, authorizeUrl, clientId, audit } = await setUp();
      await block();
      pass(age);
      const browser = newBrowser();
      expect(await browser.open(authorizeUrl(clientId))).toMatchObject(BLOCKED);
      expect(browser.cookies.size).toBe(0);
      expect(audit.events.at(-1)).toMatchObject({
        type: 'authorization.refused',
        clientId,
        error: 'client-blocked',
        ip: '192.0.2.10',
      });
    },
  );

  test('gets no redirect for any fault of the request', async () => {
    const { block, newBrowser, authorizeUrl, clientId } = await setUp();
    await block();
    for (const fault of [{ resource: undefined }, { redirect_uri: 'https://evil.example' }, { scope: 'x' }]) {
      expect(await newBrowser().open(authorizeUrl(clientId, fault))).toMatchObject({
        status: 403,
        view: { problem: 'client-blocked' },
      });
    }
  });
});

describe('a client that is blocked while the person is at it', () => {
  const openSignIn = async () => {
    const world = await setUp();
    const browser = world.newBrowser();
    return { ...world, browser, signIn: await browser.open(world.authorizeUrl(world.clientId)) };
  };

  test(cite('takes no password from them', 'vestibule:lifecycle:blocked-page'), async () => {
    const { browser, signIn, block, answer, audit } = await openSignIn();
    await block();
    expect(await browser.open(signIn.url)).toMatchObject(BLOCKED);
    for (const password of ['right', 'wrong', '']) {
      expect(await answer(browser, signIn, { username: 'ada', password })).toMatchObject(BLOCKED);
    }
    expect(audit.events.filter(({ type }) => type === 'consent.approved')).toHaveLength(1);
  });

  test.each([
    ['approval', APPROVE],
    ['denial', DENY],
  ])(
    cite('takes no %s, and one that comes later counts', 'vestibule:lifecycle:blocked-page'),
    async (_, choice) => {
      const { browser, signIn, block, unblock, answer } = await openSignIn();
      const consent = await answer(browser, signIn, { username: 'ada', password: 'right' });
      await block();
      expect(await browser.open(consent.url)).toMatchObject(BLOCKED);
      expect(await answer(browser, consent, choice)).toMatchObject(BLOCKED);
      await unblock();
      expect((await browser.open(consent.url)).view).toMatchObject({ page: 'consent' });
      expect((await answer(browser, consent, choice)).view).toMatchObject({ page: 'hand-back' });
    },
  );

  test(
    cite(
      'gets no code that was approved',
      'vestibule:lifecycle:blocked-page',
      'vestibule:lifecycle:blocked-token',
    ),
    async () => {
      const { browser, signIn, block, answer, intercept, clients, clientId } = await openSignIn();
      const consent = await answer(browser, signIn, { username: 'ada', password: 'right' });
      intercept({ kind: 'interaction.decide', after: block });
      const before = await clients.find('main', clientId);
      const done = await answer(browser, consent, APPROVE);
      expect(done).toMatchObject(BLOCKED);
      expect(JSON.stringify(done.view)).not.toContain('code=');
      expect(await browser.open(done.url)).toMatchObject(BLOCKED);
      expect(await clients.find('main', clientId)).toMatchObject({ lastUsedAt: before?.lastUsedAt });
    },
  );
});

describe('a blocked client at the token endpoint', () => {
  const REFUSED = { status: 400, body: { error: 'invalid_grant' } };

  test.each([
    ['in use', 0],
    ['due for hibernation', 90 * DAY],
    ['due for deletion', 1_000 * DAY],
  ])(
    cite('%s refreshes nothing, and is not made to register anew', 'vestibule:lifecycle:blocked-token'),
    async (_, age) => {
      const { block, pass, refresh, clientId, tokens, audit, stored } = await setUp();
      await block();
      const before = await stored();
      pass(age);
      expect(await refresh(clientId, tokens.refresh_token)).toMatchObject(REFUSED);
      expect(await stored()).toEqual(before);
      expect(audit.events.at(-1)).toMatchObject({
        type: 'token.refused',
        clientId,
        reason: 'the client is blocked',
      });
    },
  );

  test(cite('exchanges no code, and has not used it up', 'vestibule:lifecycle:blocked-token'), async () => {
    const { block, unblock, obtainCode, exchange, clientId } = await setUp();
    const code = await obtainCode(clientId);
    await block();
    expect(await exchange(clientId, code)).toMatchObject(REFUSED);
    await unblock();
    expect((await exchange(clientId, code)).status).toBe(200);
  });

  test(cite('refreshes again after it is unblocked', 'vestibule:lifecycle:blocked-token'), async () => {
    const { block, unblock, refresh, clientId, tokens } = await setUp();
    await block();
    expect(await refresh(clientId, tokens.refresh_token)).toMatchObject(REFUSED);
    await unblock();
    expect((await refresh(clientId, tokens.refresh_token)).status).toBe(200);
  });
});

test(
  cite('a sweep neither removes nor hibernates a blocked client', 'vestibule:lifecycle:blocked-stays'),
  async () => {
    const { block, register, pass, sweep, clients, clientId, events, newBrowser, authorizeUrl } =
      await setUp();
    const unused = await register();
    await block();
    await block(unused);
    const before = [await clients.find('main', clientId), await clients.find('main', unused)];
    for (const age of [2 * HOUR, 90 * DAY, 1_000 * DAY]) {
      pass(age);
      expect(await sweep()).toEqual({
        outcome: 'swept',
        unused: 0,
        hibernated: 0,
        asleep: 0,
        forgotten: 0,
        documents: 0,
      });
    }
    expect([await clients.find('main', clientId), await clients.find('main', unused)]).toEqual(before);
    expect([...events('client.removed'), ...events('client.hibernated')]).toEqual([]);
    expect((await newBrowser().open(authorizeUrl(unused))).view).toMatchObject({ problem: 'client-blocked' });
  },
);

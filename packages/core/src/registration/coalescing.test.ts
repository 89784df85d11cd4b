import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { ADA, NOW, realmWith } from '../../test/support/realm.ts';
import { BODY, type Sent, setUp } from '../../test/support/set-up.ts';

test(
  cite(
    'a duplicate from the same network gets the same client, for one use of the limits and with its own event',
    'vestibule:coalescing:same-client',
    'vestibule:coalescing:one-use',
    'vestibule:coalescing:audit',
  ),
  async () => {
    const { registered, audit, quotas, everyClient } = setUp();
    const first = await registered(BODY);
    const used = quotas();
    expect([...used.values()]).toEqual([1, 1, 1, 1, 1, 1]);
    expect(await registered(BODY)).toEqual(first);
    expect(quotas()).toEqual(used);
    expect(audit.events).toMatchObject([
      { type: 'registration.accepted', clientId: first.client_id },
      { type: 'registration.coalesced', clientId: first.client_id, realm: 'main', at: NOW, ip: '192.0.2.1' },
    ]);
    expect(await everyClient()).toHaveLength(1);
  },
);

test('the same is the same in whatever order and form it is said', async () => {
  const { registered } = setUp();
  const redirect_uris = ['https://app.example/cb', 'http://localhost/cb'];
  const { client_id } = await registered({ redirect_uris, client_name: 'Notes', scope: 'notes:read' });
  const again = {
    scope: 'notes:read notes:admin',
    client_name: ' Notes\u200B',
    redirect_uris: redirect_uris.toReversed(),
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: ['refresh_token', 'authorization_code'],
    unknown: true,
  };
  expect(await registered(again)).toMatchObject({ client_id });
});

test(
  cite(
    'after ten minutes, to the millisecond, there is a new one',
    'vestibule:coalescing:ten-minutes',
    'vestibule:coalescing:same-client',
  ),
  async () => {
    const { registered, pass } = setUp();
    const first = await registered(BODY);
    pass(599.999);
    expect(await registered(BODY)).toEqual(first);
    pass(0.001);
    expect(await registered(BODY)).not.toHaveProperty('client_id', first.client_id);
  },
);

test.each<[string, object, boolean]>([
  ['is expired by then, because it was never used', { unused: 60 }, false],
  ['is hibernated by then, although it was used', { dormant: 60 }, true],
])('no duplicate gets a client that %s', async (_, lifecycle, isUsed) => {
  const { registered, pass, clients } = setUp(realmWith({}, { lifecycle }));
  const { client_id } = await registered(BODY);
  if (isUsed) await clients.touch('main', client_id, NOW);
  pass(60);
  expect(await registered(BODY)).not.toHaveProperty('client_id', client_id);
});

test(
  cite(
    'another loopback port gets the same client, with its own port in the response',
    'vestibule:coalescing:loopback-port',
  ),
  async () => {
    const { registered, everyClient } = setUp();
    const at = (port: string) => ({
      ...BODY,
      redirect_uris: [`http://localhost${port}/cb`, 'https://app.example/cb', `http://[::1]${port}`],
    });
    const { client_id } = await registered(at(':1'));
    for (const body of [at(':65535'), at('')]) {
      expect(await registered(body)).toMatchObject({ client_id, redirect_uris: body.redirect_uris });
    }
    expect(await everyClient()).toMatchObject([{ redirectUris: at(':1').redirect_uris }]);
  },
);

const OTHERS: readonly [string, object, Sent][] = [
  ['another redirect URI', { ...BODY, redirect_uris: ['https://app.example/cb2'] }, {}],
  ['one more redirect URI', { ...BODY, redirect_uris: [...BODY.redirect_uris, 'app:/cb'] }, {}],
  ['another path on this computer', { ...BODY, redirect_uris: ['http://localhost/other'] }, {}],
  ['another spelling of this computer', { ...BODY, redirect_uris: ['http://127.0.0.1/cb'] }, {}],
  ['another name', { ...BODY, client_name: 'Other' }, {}],
  ['a name in one more language', { ...BODY, 'client_name#fr': 'Carnet' }, {}],
  ['another scope', { ...BODY, scope: 'notes:read' }, {}],
  ['other grants', { ...BODY, grant_types: ['authorization_code'] }, {}],
  ['another version', { ...BODY, software_version: '2' }, {}],
  ['one page more', { ...BODY, client_uri: 'https://app.example' }, {}],
];

test.each(OTHERS)(
  cite('%s makes another client', 'vestibule:coalescing:other-metadata'),
  async (_, body, sent) => {
    const { registered } = setUp();
    const { client_id } = await registered(BODY);
    expect(await registered(body, sent)).not.toHaveProperty('client_id', client_id);
    expect(await registered(BODY)).toHaveProperty('client_id', client_id);
  },
);

test(cite('another network has one of its own', 'vestibule:coalescing:other-network'), async () => {
  const { registered } = setUp();
  const { client_id } = await registered(BODY);
  expect(await registered(BODY, { from: '192.0.3.1' })).not.toHaveProperty('client_id', client_id);
});

test(cite('another address of the network has the same', 'vestibule:coalescing:same-network'), async () => {
  const { registered } = setUp();
  const { client_id } = await registered(BODY);
  expect(await registered(BODY, { from: '192.0.2.254' })).toHaveProperty('client_id', client_id);
});

describe('tokens', () => {
  const ONLY = { mode: 'initial-access-token' } as const;

  test(
    cite(
      'another token, or none, makes another client; the same one makes none, and loses no use',
      'vestibule:coalescing:other-metadata',
      'vestibule:coalescing:one-use',
    ),
    async () => {
      const { registered, issue, initialAccessTokens } = setUp(realmWith({ mode: 'both' }));
      const [one, two] = [await issue({ maxUses: 5 }), await issue({ maxUses: 5 })];
      const ids = [
        await registered(BODY),
        await registered(BODY, { token: one.token }),
        await registered(BODY, { token: two.token }),
      ].map(({ client_id }) => client_id);
      expect(new Set(ids).size).toBe(3);
      expect(await registered(BODY, { token: one.token })).toHaveProperty('client_id', ids[1]);
      expect(await initialAccessTokens.findByHash('main', one.record.hash)).toMatchObject({ uses: 1 });
    },
  );

  test(
    cite(
      'many concurrent registrations that present one token get one client, and one use is counted',
      'vestibule:coalescing:at-once',
      'vestibule:coalescing:token-uses',
    ),
    async () => {
      const { registered, issue, everyClient, initialAccessTokens } = setUp(realmWith(ONLY));
      const { token, record } = await issue({ maxUses: 20 });
      const answers = await Promise.all(Array.from({ length: 20 }, () => registered(BODY, { token })));
      expect(new Set(answers.map(({ client_id }) => client_id)).size).toBe(1);
      expect(await everyClient()).toHaveLength(1);
      expect(await initialAccessTokens.findByHash('main', record.hash)).toMatchObject({ uses: 1 });
    },
  );

  test.each(['initial-access-token', 'both'] as const)(
    cite(
      'a token that is spent gets the client that it has registered: %s',
      'vestibule:coalescing:token-uses',
    ),
    async (mode) => {
      const { registered, issue, audit, everyClient, initialAccessTokens } = setUp(realmWith({ mode }));
      const { token, record } = await issue();
      const first = await registered(BODY, { token });
      expect(await registered(BODY, { token })).toEqual(first);
      expect(await everyClient()).toHaveLength(1);
      expect(await initialAccessTokens.findByHash('main', record.hash)).toMatchObject({ uses: 1 });
      expect(audit.events.slice(1)).toMatchObject([
        { type: 'registration.accepted', clientId: first.client_id },
        { type: 'registration.coalesced', clientId: first.client_id },
      ]);
    },
  );

  const TOO_LATE: readonly [
    string,
    object,
    Sent,
    number,
    (typeof ONLY & { coalesce?: false }) | undefined,
  ][] = [
    ['for another client', { ...BODY, client_name: 'Other' }, {}, 0, undefined],
    ['for what the policy refuses', {}, {}, 0, undefined],
    ['for what is no object', [], {}, 0, undefined],
    ['from another network', BODY, { from: '192.0.3.1' }, 0, undefined],
    ['after ten minutes', BODY, {}, 600, undefined],
    ['where the realm turns coalescing off', BODY, {}, 0, { ...ONLY, coalesce: false }],
  ];
  test.each(TOO_LATE)(
    cite(
      'a token that is spent is refused as any other %s',
      'vestibule:coalescing:token-uses',
      'vestibule:initial-access-tokens:nothing-stored',
    ),
    async (_, body, sent, seconds, settings) => {
      const { registered, register, issue, pass, audit, everyClient } = setUp(realmWith(settings ?? ONLY));
      const { token, record } = await issue();
      await registered(BODY, { token });
      pass(seconds);
      expect(await register(body, { ...sent, token })).toEqual({ outcome: 'unauthorized', token: 'invalid' });
      expect(audit.events.at(-1)).toMatchObject({
        type: 'registration.unauthorized',
        reason: 'spent',
        initialAccessTokenId: record.id,
      });
      expect(await everyClient()).toHaveLength(1);
    },
  );

  test('a token that was revoked is refused, whatever it has registered', async () => {
    const { registered, register, issue, operator } = setUp(realmWith(ONLY));
    const { token, record } = await issue();
    await registered(BODY, { token });
    await operator.tokens.revoke(ADA, 'main', record.id);
    expect(await register(BODY, { token })).toEqual({ outcome: 'unauthorized', token: 'invalid' });
  });
});

test(
  cite(
    'many concurrent registrations get one client, and one use is counted',
    'vestibule:coalescing:at-once',
    'vestibule:coalescing:one-use',
  ),
  async () => {
    const { registered, quotas, everyClient } = setUp(realmWith({ limits: { perAddressPerHour: 20 } }));
    const answers = await Promise.all(Array.from({ length: 20 }, () => registered(BODY)));
    expect(new Set(answers.map(({ client_id }) => client_id)).size).toBe(1);
    expect([...quotas().values()]).toEqual([1, 1, 1, 1, 1, 1]);
    expect(await everyClient()).toHaveLength(1);
  },
);

test('who is past the limit still gets the client that there is', async () => {
  const { registered, register } = setUp(realmWith({ limits: { perAddressPerHour: 1 } }));
  const first = await registered(BODY);
  expect(await register({ ...BODY, client_name: 'Other' })).toMatchObject({ outcome: 'limited' });
  expect(await registered(BODY)).toEqual(first);
});

test(
  cite(
    'where clients manage themselves each has its own, with a token of its own',
    'vestibule:coalescing:not-managed',
  ),
  async () => {
    const { registered, stored } = setUp(realmWith({ management: { enabled: true } }));
    const [one, two] = [await registered(BODY), await registered(BODY)];
    expect(one.client_id).not.toBe(two.client_id);
    expect(one.registration_access_token).not.toBe(two.registration_access_token);
    expect(await stored(one.client_id)).not.toHaveProperty('registration.fingerprint');
  },
);

test(cite('where the realm turns it off each has its own', 'vestibule:coalescing:off'), async () => {
  const { registered, stored } = setUp(realmWith({ coalesce: false }));
  const [one, two] = [await registered(BODY), await registered(BODY)];
  expect(one.client_id).not.toBe(two.client_id);
  expect(await stored(one.client_id)).not.toHaveProperty('registration.fingerprint');
});

test(cite('a blocked client is never a duplicate', 'vestibule:coalescing:blocked'), async () => {
  const { registered, operator } = setUp();
  const { client_id } = await registered(BODY);
  await operator.clients.block(ADA, 'main', client_id);
  const next = await registered(BODY);
  expect(next.client_id).not.toBe(client_id);
  await operator.clients.unblock(ADA, 'main', client_id);
  await operator.clients.block(ADA, 'main', next.client_id);
  expect(await registered(BODY)).toHaveProperty('client_id', client_id);
});

import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { ADA, NOW, realmWith } from '../../test/support/realm.ts';
import { BODY, setUp } from '../../test/support/set-up.ts';
import type { GateName } from './gate-acts.ts';

/** The common members of all events in these tests. */
const BY_ADA = { realm: 'main', at: NOW, actor: ADA };

const GATES: readonly Exclude<GateName, { readonly gate: 'documents' }>[] = [
  { gate: 'realm' },
  { gate: 'api', of: 'notes' },
  { gate: 'scope', of: 'notes:read' },
];

/** The open gates of a realm. */
async function openIn({ realms }: ReturnType<typeof setUp>) {
  const realm = await realms.find('main');
  return {
    realm: realm?.settings.registration?.open,
    api: realm?.apis.map(({ openToDynamicClients }) => openToDynamicClients),
    scope: realm?.scopes.map(({ openToDynamicClients }) => openToDynamicClients),
  };
}

describe('a gate', () => {
  test.each(GATES)(
    cite('$gate closes and opens at once, each time with an event', 'vestibule:gates:at-once'),
    async (gate) => {
      const all = setUp();
      const before = await openIn(all);
      expect(await all.operator.gates.set(ADA, 'main', gate, false)).toBe('changed');
      const closed = await openIn(all);
      expect(closed).not.toEqual(before);
      expect({ ...closed, [gate.gate]: before[gate.gate] }).toEqual(before);
      expect(await all.operator.gates.set(ADA, 'main', gate, false)).toBe('unchanged');
      expect(await all.operator.gates.set(ADA, 'main', gate, true)).toBe('changed');
      expect(await openIn(all)).toEqual(before);
      expect(all.audit.events).toEqual([
        {
          type: 'gate.closed',
          ...BY_ADA,
          ...gate,
          before: { open: true },
          after: { open: false },
        },
        {
          type: 'gate.opened',
          ...BY_ADA,
          ...gate,
          before: { open: false },
          after: { open: true },
        },
      ]);
    },
  );

  test('for metadata documents opens and closes at once, and changes no other setting', async () => {
    const { operator, realms, audit } = setUp();
    const gate = { gate: 'documents' } as const;
    const settings = (await realms.find('main'))?.settings;
    for (const open of [true, false]) {
      expect(await operator.gates.set(ADA, 'main', gate, open)).toBe('changed');
      expect(await operator.gates.set(ADA, 'main', gate, open)).toBe('unchanged');
      expect((await realms.find('main'))?.settings).toEqual({
        ...settings,
        metadataDocuments: { ...settings?.metadataDocuments, open },
      });
    }
    expect(audit.events).toMatchObject([
      { type: 'gate.opened', gate: 'documents', before: { open: false }, after: { open: true } },
      { type: 'gate.closed', gate: 'documents', before: { open: true }, after: { open: false } },
    ]);
  });

  test.each<[string, string, GateName]>([
    ['in an unknown realm', 'nowhere', { gate: 'realm' }],
    ['for an unknown API', 'main', { gate: 'api', of: 'mail' }],
    ['for an unknown scope', 'main', { gate: 'scope', of: 'notes' }],
  ])('%s is missing', async (_, realm, gate) => {
    const { operator, audit, realms } = setUp();
    expect(await operator.gates.set(ADA, realm, gate, true)).toBe('missing');
    expect(audit.events).toEqual([]);
    expect(await realms.find('main')).toMatchObject({ version: 1 });
  });

  test('is set beside whatever else changes at the same moment', async () => {
    const all = setUp();
    await Promise.all(GATES.map((gate) => all.operator.gates.set(ADA, 'main', gate, false)));
    expect(await openIn(all)).toEqual({ realm: false, api: [false], scope: [false, true, false] });
    expect(await all.realms.find('main')).toMatchObject({ version: 4 });
    expect(all.audit.events).toHaveLength(3);
  });

  test('reports a concurrent change as unchanged, and a removed gate as missing', async () => {
    for (const [next, change] of [
      [realmWith({ open: false }), 'unchanged'],
      [undefined, 'missing'],
    ] as const) {
      const { operator, realms, audit, meanwhile } = setUp();
      meanwhile(async () => {
        await realms.replace(next ?? realmWith(), 1);
        if (next === undefined) realms.find = async () => undefined;
      });
      expect(await operator.gates.set(ADA, 'main', { gate: 'realm' }, false)).toBe(change);
      expect(audit.events).toEqual([]);
    }
  });

  test('changes nothing else in settings that are older than the code', async () => {
    const realm = realmWith();
    const { open } = realm.settings.registration;
    const settings = { registration: { open } } as unknown as typeof realm.settings;
    const { operator, realms } = setUp({ ...realm, settings });
    await operator.gates.set(ADA, 'main', { gate: 'realm' }, false);
    expect((await realms.find('main'))?.settings).toEqual({ registration: { open: false } });
  });
});

describe('blocking', () => {
  test('ends grants, prevents approvals, and can be undone', async () => {
    const { registered, operator, stored, ended, audit, pass } = setUp();
    const { client_id: clientId } = await registered(BODY);
    const before = await stored(clientId);
    pass(60);
    expect(await operator.clients.block(ADA, 'main', clientId)).toBe('changed');
    expect(await stored(clientId)).toEqual({ ...before, version: 2, blockedAt: NOW + 60_000 });
    expect(ended).toEqual([clientId]);
    expect(await operator.clients.unblock(ADA, 'main', clientId)).toBe('changed');
    expect(await stored(clientId)).toEqual({ ...before, version: 3 });
    expect(ended).toEqual([clientId]);
    const who = { ...BY_ADA, at: NOW + 60_000, clientId, clientName: 'Notes app' };
    expect(audit.events.slice(1)).toEqual([
      { type: 'client.blocked', ...who, before: { blocked: false }, after: { blocked: true } },
      { type: 'client.unblocked', ...who, before: { blocked: true }, after: { blocked: false } },
    ]);
  });

  test('a second time changes nothing, but ends what is left', async () => {
    const { registered, operator, ended, audit, stored, pass } = setUp();
    const { client_id: clientId } = await registered(BODY);
    expect(await operator.clients.unblock(ADA, 'main', clientId)).toBe('unchanged');
    await operator.clients.block(ADA, 'main', clientId);
    pass(60);
    expect(await operator.clients.block(ADA, 'main', clientId)).toBe('unchanged');
    expect(await stored(clientId)).toMatchObject({ blockedAt: NOW, version: 2 });
    expect(ended).toEqual([clientId, clientId]);
    expect(audit.events).toHaveLength(2);
  });

  test('all clients are found', async () => {
    const { operator, ended, audit } = setUp();
    expect(await operator.clients.block(ADA, 'main', 'dyn-nobody')).toBe('missing');
    expect(await operator.clients.unblock(ADA, 'main', 'dyn-nobody')).toBe('missing');
    expect([ended, audit.events]).toEqual([[], []]);
  });

  test('a client that is used at the same moment keeps its use', async () => {
    const { registered, operator, clients, stored, meanwhile } = setUp();
    const { client_id: clientId } = await registered(BODY);
    meanwhile(() => clients.touch('main', clientId, NOW + 5));
    expect(await operator.clients.block(ADA, 'main', clientId)).toBe('changed');
    expect(await stored(clientId)).toMatchObject({ blockedAt: NOW, lastUsedAt: NOW + 5 });
  });
});

test(
  cite('who is removed is gone with their grants and their token', 'rfc7592:5:ends-with-the-client'),
  async () => {
    const { registered, operator, registrar, everyClient, ended, audit } = setUp(
      realmWith({ management: { enabled: true } }),
    );
    const { client_id: clientId, registration_access_token: token } = await registered(BODY);
    expect(await operator.clients.remove(ADA, 'main', clientId)).toBe('changed');
    expect(await everyClient()).toEqual([]);
    expect(ended).toEqual([clientId]);
    expect(audit.events.slice(1)).toEqual([
      {
        type: 'client.removed',
        ...BY_ADA,
        clientId,
        clientName: 'Notes app',
        reason: 'operator',
        before: { name: 'Notes app', redirectUris: ['https://app.example/cb'], blocked: false },
      },
    ]);
    expect(await operator.clients.remove(ADA, 'main', clientId)).toBe('missing');
    expect(audit.events).toHaveLength(2);
    const source = { ip: '', addressKey: '', network: '', organization: '', isWithin: () => false };
    expect(await registrar.read({ realm: 'main', clientId, token, source })).toEqual({
      outcome: 'unauthorized',
      token: 'invalid',
    });
  },
);

describe('an initial access token', () => {
  test(
    cite(
      'is returned once and stored as a hash, and its event does not contain it',
      'vestibule:secrets:initial-access-tokens',
      'vestibule:secrets:events',
    ),
    async () => {
      const { operator, initialAccessTokens, audit } = setUp();
      const terms = {
        note: 'for Ada',
        expiresAt: NOW + 1,
        maxUses: 3,
        redirectHosts: ['app.example'],
        scopes: ['notes:read'],
        resources: ['https://notes.example/mcp'],
      };
      const { token, record } = await operator.tokens.issue(ADA, 'main', terms);
      expect(token).toBe('vit_random-1');
      expect(record).toEqual({
        ...terms,
        realm: 'main',
        id: 'iat-random-2',
        hash: 'hash of initial-access-token:vit_random-1',
        createdAt: NOW,
        uses: 0,
      });
      const { items } = await initialAccessTokens.list('main', { limit: 10 });
      expect(items).toEqual([record]);
      expect(audit.events).toEqual([
        {
          type: 'initial-access-token.issued',
          ...BY_ADA,
          initialAccessTokenId: record.id,
          after: terms,
        },
      ]);
      expect(JSON.stringify([items, audit.events])).not.toContain(`"${token}"`);
    },
  );

  test('never takes the place of another', async () => {
    const ids = ['t1', 'same-id', 't2', 'same-id', 't3', 'other-id'];
    const { operator, initialAccessTokens } = setUp(realmWith(), { generateToken: () => ids.shift() ?? '' });
    const terms = { expiresAt: NOW + 1, maxUses: 1 };
    const one = await operator.tokens.issue(ADA, 'main', terms);
    const two = await operator.tokens.issue(ADA, 'main', terms);
    expect([one.record.id, two.record.id]).toEqual(['iat-same-id', 'iat-other-id']);
    expect(two.token).toBe('vit_t3');
    expect((await initialAccessTokens.list('main', { limit: 10 })).items).toHaveLength(2);
  });

  test(cite('is revoked once, with an event', 'vestibule:initial-access-tokens:revoked'), async () => {
    const { issue, operator, audit, register, pass, initialAccessTokens } = setUp(
      realmWith({ mode: 'initial-access-token' }),
    );
    const { token, record } = await issue({ maxUses: 5 });
    const early = await register(BODY, { token });
    expect(early).toMatchObject({ outcome: 'registered' });
    expect(await operator.tokens.revoke(ADA, 'main', record.id)).toBe('revoked');
    expect(audit.events.at(-1)).toEqual({
      type: 'initial-access-token.revoked',
      ...BY_ADA,
      initialAccessTokenId: record.id,
      after: { revoked: true },
    });
    pass(1);
    await operator.tokens.revoke(ADA, 'main', record.id);
    expect(await initialAccessTokens.findByHash('main', record.hash)).toMatchObject({ revokedAt: NOW });
    expect(await register(BODY, { token })).toMatchObject({ outcome: 'unauthorized' });
  });

  test('is missing if it is of another realm or unknown', async () => {
    const { issue, operator, audit } = setUp();
    const { record } = await issue();
    expect(await operator.tokens.revoke(ADA, 'other', record.id)).toBe('missing');
    expect(await operator.tokens.revoke(ADA, 'main', 'iat-nobody')).toBe('missing');
    expect(audit.events).toHaveLength(1);
  });
});

describe('what is kept of an expired client', () => {
  const clientId = 'dyn-expired';
  const client = {
    kind: 'dynamic',
    realm: 'main',
    id: clientId,
    version: 1,
    name: 'App',
    redirectUris: ['https://app.example/cb'],
    grantTypes: ['authorization_code'],
    applicationType: 'web',
    issuedAt: NOW,
    registration: {},
  } as const;

  const expired = async () => {
    const world = setUp();
    await world.clients.insert(client);
    await world.clients.expire({ ...client, expiredAt: NOW + 1 }, 1);
    return world;
  };

  test(
    cite(
      'is deleted as a client is, with an event, and restores nothing',
      'vestibule:lifecycle:never-restored',
    ),
    async () => {
      const { operator, clients, audit } = await expired();
      expect(await operator.clients.remove(ADA, 'main', clientId)).toBe('changed');
      expect(await operator.clients.remove(ADA, 'main', clientId)).toBe('missing');
      expect(await clients.restore(client)).toBe('missing');
      expect(audit.events).toEqual([
        {
          type: 'client.removed',
          ...BY_ADA,
          clientId,
          clientName: 'App',
          reason: 'operator',
          before: { name: 'App', redirectUris: ['https://app.example/cb'], blocked: false },
        },
      ]);
    },
  );

  test.each<[string, 'expires' | 'is restored']>([
    ['expires at the same moment', 'expires'],
    ['is restored at the same moment', 'is restored'],
  ])(
    cite('a client that %s is deleted all the same', 'vestibule:lifecycle:never-restored'),
    async (_, what) => {
      const world = await expired();
      const { clients } = world;
      if (what === 'expires') await clients.restore(client);
      world.meanwhile(async () =>
        what === 'expires' ? clients.expire({ ...client, expiredAt: NOW + 1 }, 1) : clients.restore(client),
      );
      expect(await world.operator.clients.remove(ADA, 'main', clientId)).toBe('changed');
      expect(await clients.find('main', clientId)).toBeUndefined();
      expect(await clients.findExpired('main', clientId)).toBeUndefined();
    },
  );
});

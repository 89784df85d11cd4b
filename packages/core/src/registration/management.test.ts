import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { NOW, realmWith, type Registration } from '../../test/support/realm.ts';
import { BODY, type Sent, setUp, sourceAt } from '../../test/support/set-up.ts';
import type { PartialRealmSettings, RealmSettings } from '../realm/settings.ts';
import type { ManagementRequest } from './management/request.ts';

const managed = (
  registration: Registration = {},
  others?: PartialRealmSettings,
): ReturnType<typeof realmWith> => realmWith({ management: { enabled: true }, ...registration }, others);

/** A client that has just registered, and what it can do for itself. */
async function registeredIn(realm = managed(), body: object = BODY, sent?: Sent, given = {}) {
  const all = setUp(realm, given);
  const answer = await all.registered(body, sent);
  const { client_id: clientId, registration_access_token: token = '' } = answer;
  const request = (over: Partial<ManagementRequest> = {}): ManagementRequest => ({
    realm: 'main',
    clientId,
    token,
    source: sourceAt('192.0.2.7'),
    ...over,
  });
  return {
    ...all,
    answer,
    clientId,
    token,
    request,
    read: (over?: Partial<ManagementRequest>) => all.registrar.read(request(over)),
    update: (next: unknown, over?: Partial<ManagementRequest>) => all.registrar.update(request(over), next),
    remove: (over?: Partial<ManagementRequest>) => all.registrar.remove(request(over)),
    /** The body of an update that names its client. */
    own: (over: object = {}) => ({ ...BODY, client_id: clientId, ...over }),
  };
}

const invalid = { outcome: 'unauthorized', token: 'invalid' };

test(
  cite(
    'a registration is answered with its address and a token, of which a hash is kept',
    'rfc7592:3:address',
    'rfc7592:3:token',
    'vestibule:secrets:registration-access-tokens',
  ),
  async () => {
    const { answer, clientId, token, stored, read } = await registeredIn();
    expect(answer.registration_client_uri).toBe(`https://id.example/connect/register/${clientId}`);
    const client = await stored(clientId);
    expect(client.registrationAccessTokenHash).toBe(`hash of registration-access-token:${token}`);
    expect(Object.values(client)).not.toContain(token);
    expect(await read()).toMatchObject({ outcome: 'read' });
  },
);

test(
  cite(
    'a read gives the registration back as it is, and changes nothing',
    'rfc7592:2.1:read',
    'rfc7592:2.1:no-effect',
    'rfc7592:2.1:same-id',
    'rfc7592:3:address-and-token-again',
    'rfc7592:3:everything',
  ),
  async () => {
    const { answer, clientId, stored, read, audit } = await registeredIn();
    const before = await stored(clientId);
    for (let time = 0; time < 3; time += 1) {
      expect(await read()).toEqual({ outcome: 'read', response: answer });
    }
    expect(await stored(clientId)).toEqual(before);
    expect(audit.events).toHaveLength(1);
  },
);

test(
  cite(
    'an update takes the place of all that was said',
    'rfc7592:2.2:replaces',
    'rfc7592:2.2:update',
    'rfc7592:2.2:same-id',
    'rfc7592:2.2:server-members',
    'rfc7592:3:everything',
    'vestibule:management:audit',
  ),
  async () => {
    const words = {
      'client_name#fr': 'Carnet',
      client_uri: 'https://app.example',
      logo_uri: 'https://app.example/l',
      tos_uri: 'https://app.example/t',
      policy_uri: 'https://app.example/p',
      software_id: 'notes',
      software_version: '1',
      contacts: ['ada@app.example'],
      scope: 'notes:read',
      grant_types: ['authorization_code'],
    };
    const { answer, clientId, own, update, stored, audit, pass } = await registeredIn(managed(), {
      ...BODY,
      ...words,
    });
    const before = await stored(clientId);
    pass(60);
    const redirect_uris = ['http://localhost/cb'];
    const outcome = await update(
      own({
        redirect_uris,
        client_name: 'Other',
        client_id_issued_at: 1,
        registration_client_uri: 'https://thief.example',
        registration_access_token: 'mine',
        client_secret_expires_at: 1,
      }),
    );
    expect(outcome).toEqual({
      outcome: 'updated',
      response: {
        client_id: clientId,
        client_id_issued_at: NOW / 1_000,
        redirect_uris,
        client_name: 'Other',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        application_type: 'native',
        scope: 'notes:read notes:write',
        registration_client_uri: answer.registration_client_uri,
        registration_access_token: expect.not.stringMatching(/^mine$/),
      },
    });
    expect(await stored(clientId)).toEqual({
      realm: 'main',
      id: clientId,
      version: 2,
      issuedAt: before.issuedAt,
      name: 'Other',
      redirectUris: redirect_uris,
      grantTypes: ['authorization_code', 'refresh_token'],
      applicationType: 'native',
      registrationAccessTokenHash: expect.any(String),
    });
    expect(audit.events.at(-1)).toMatchObject({
      type: 'client.updated',
      clientId,
      clientName: 'Other',
      ip: '192.0.2.7',
      at: NOW + 60_000,
    });
    expect(JSON.stringify(audit.events)).not.toContain('"kept"');
  },
);

test(cite('null and the empty string leave a member out', 'rfc7592:2.2:null-is-absent'), async () => {
  const { own, update } = await registeredIn(managed(), { ...BODY, scope: 'notes:read', software_id: 'x' });
  const outcome = await update(own({ client_secret: '', scope: null, software_id: '', client_name: '' }));
  expect(outcome).toMatchObject({
    response: { client_name: 'app.example', scope: 'notes:read notes:write' },
  });
  expect(outcome).not.toHaveProperty('response.software_id');
});

test(
  cite(
    'what the policy changes in an update is answered as it became',
    'rfc7592:2.2:replaced',
    'rfc7592:3:address-and-token-again',
  ),
  async () => {
    const { own, update, audit } = await registeredIn();
    const asked = own({ scope: 'notes:read notes:admin', token_endpoint_auth_method: 'client_secret_basic' });
    expect(await update(asked)).toMatchObject({
      response: { scope: 'notes:read', token_endpoint_auth_method: 'none' },
    });
    expect(audit.events.at(-1)).toMatchObject({
      trace: expect.arrayContaining([
        { rule: 'scope.open', outcome: 'narrowed', from: 'notes:read notes:admin', to: 'notes:read' },
      ]),
    });
  },
);

describe('an update is refused', () => {
  const table: [string, string, (id: string) => unknown][] = [
    [cite('that names no client', 'rfc7592:2.2:client-id'), 'management.client-id', () => BODY],
    [
      cite('that names another', 'rfc7592:2.2:client-id'),
      'management.client-id',
      () => ({ ...BODY, client_id: 'dyn-other' }),
    ],
    [
      cite('that names it in another type', 'rfc7592:2.2:client-id'),
      'management.client-id',
      (id) => ({ ...BODY, client_id: [id] }),
    ],
    [
      cite('that names it by inheritance', 'rfc7592:2.2:client-id', 'vestibule:bad-input:management'),
      'management.client-id',
      (id) => JSON.parse(`{"redirect_uris":["https://app.example/cb"],"__proto__":{"client_id":"${id}"}}`),
    ],
    [
      cite('that brings a secret', 'rfc7592:2.2:no-secret'),
      'management.client-secret',
      (client_id) => ({ ...BODY, client_id, client_secret: 'x' }),
    ],
    [
      cite('that brings something else as a secret', 'rfc7592:2.2:no-secret'),
      'management.client-secret',
      (client_id) => ({ ...BODY, client_id, client_secret: 0 }),
    ],
    [cite('that says nothing', 'rfc7592:2.2:refused'), 'redirect-uris.count', (client_id) => ({ client_id })],
    ...[null, 5, 'x', [], [BODY]].map((body): [string, string, () => unknown] => [
      cite(`that is ${JSON.stringify(body)}`, 'vestibule:bad-input:management'),
      'metadata.object',
      () => body,
    ]),
    [
      cite('that wants what nobody may have', 'rfc7592:2.2:refused', 'vestibule:management:no-further'),
      'grant-types.client-credentials',
      (client_id) => ({ ...BODY, client_id, grant_types: ['client_credentials'] }),
    ],
  ];
  test.each(table)('%s, and the registration stays as it was', async (_, rule, body) => {
    const { clientId, update, stored, audit, read, answer } = await registeredIn();
    const before = await stored(clientId);
    const outcome = await update(body(clientId));
    expect(outcome).toMatchObject({ outcome: 'refused', refusal: { rule } });
    expect(await stored(clientId)).toEqual(before);
    expect(await read()).toEqual({ outcome: 'read', response: answer });
    expect(audit.events.slice(1)).toMatchObject([
      { type: 'client.update-refused', clientId, rule, ip: '192.0.2.7' },
    ]);
  });
});

test(cite('an update is judged by today’s policy', 'vestibule:management:today'), async () => {
  const { own, update, change, read, answer } = await registeredIn();
  await change(managed({ reservedNames: ['Notes'] }));
  expect(await update(own())).toMatchObject({ refusal: { rule: 'client-name.reserved' } });
  expect(await read()).toEqual({ outcome: 'read', response: answer });
  await change({ ...managed(), scopes: [] });
  expect(await update(own({ scope: 'notes:read' }))).not.toHaveProperty('response.scope');
});

describe('tokens', () => {
  test(cite('an update replaces the token, and the old one is void', 'rfc7592:5:rotation'), async () => {
    const { own, update, read, token } = await registeredIn();
    const outcome = await update(own());
    const next = outcome.outcome === 'updated' ? outcome.response.registration_access_token : undefined;
    expect(next).not.toBe(token);
    expect(await read()).toEqual(invalid);
    expect(await update(own())).toEqual(invalid);
    expect(await read({ token: next })).toMatchObject({
      response: { registration_access_token: next },
    });
  });

  test(cite('where the realm does not rotate it stays', 'vestibule:management:fixed-token'), async () => {
    const realm = managed({ management: { enabled: true, rotateToken: false } });
    const { own, update, read, token } = await registeredIn(realm);
    expect(await update(own({ client_name: 'Other' }))).toMatchObject({
      response: { registration_access_token: token },
    });
    expect(await read()).toMatchObject({ response: { client_name: 'Other' } });
  });

  test(
    cite('a refused update leaves the token as it is', 'rfc7592:2.2:refused', 'rfc7592:5:lasts'),
    async () => {
      const { own, update, read } = await registeredIn();
      await update({});
      expect(await update(own())).toMatchObject({ outcome: 'updated' });
      expect(await read()).toEqual(invalid);
    },
  );

  test(
    cite(
      'a token works for as long as its client lives, and no longer',
      'rfc7592:5:lasts',
      'rfc7592:5:ends-with-the-client',
    ),
    async () => {
      const { clients, clientId, read, update, own, remove, pass } = await registeredIn();
      await clients.touch('main', clientId, NOW);
      pass(89 * 86_400);
      expect(await read()).toMatchObject({ outcome: 'read' });
      pass(300 * 86_400);
      expect(await read()).toMatchObject({ outcome: 'read' });
      pass(100 * 86_400);
      expect(await read()).toEqual(invalid);
      await clients.remove('main', clientId);
      expect(await read()).toEqual(invalid);
      expect(await update(own())).toEqual(invalid);
      expect(await remove()).toEqual(invalid);
    },
  );
});

const wrong = cite(
  'without the right token',
  'rfc7592:2.1:wrong-token',
  'rfc7592:2.2:wrong-token',
  'rfc7592:2.3:wrong-token',
  'rfc7592:2.1:no-client',
  'rfc7592:2.2:no-client',
  'rfc7592:A:one-client',
  'vestibule:management:one-answer',
);

describe(wrong, () => {
  type Wrong = (other: { readonly clientId: string; readonly token: string }) => Partial<ManagementRequest>;
  const table: [string, 'missing' | 'invalid', Wrong][] = [
    ['none', 'missing', () => ({ token: undefined })],
    ['an empty one', 'invalid', () => ({ token: '' })],
    ['one that nobody has', 'invalid', () => ({ token: 'random-99' })],
    ['one that begins like it', 'invalid', () => ({ token: 'random' })],
    ['another client’s', 'invalid', ({ token }) => ({ token })],
    ['its own, for another client', 'invalid', ({ clientId }) => ({ clientId })],
    ['its own, for no client', 'invalid', () => ({ clientId: 'dyn-nobody' })],
    ['its own, for nothing', 'invalid', () => ({ clientId: '' })],
    ['the hash that is kept', 'invalid', () => ({ token: 'hash of registration-access-token:random-2' })],
  ];
  test.each(table)('%s: nobody reads, updates or deletes', async (_, token, make) => {
    const { registered, request, registrar, own, everyClient, audit } = await registeredIn();
    const other = await registered({ ...BODY, client_name: 'Other' });
    const asked = request(make({ clientId: other.client_id, token: other.registration_access_token ?? '' }));
    const before = [await everyClient(), audit.events.length] as const;
    const expected = { outcome: 'unauthorized', token };
    expect(await registrar.read(asked)).toEqual(expected);
    expect(await registrar.update(asked, own())).toEqual(expected);
    expect(await registrar.update(asked, {})).toEqual(expected);
    expect(await registrar.remove(asked)).toEqual(expected);
    expect(await everyClient()).toEqual(before[0]);
    const told = audit.events.slice(before[1]);
    expect(told).toHaveLength(token === 'missing' ? 0 : 4);
    const { clientId } = asked;
    const named = before[0].some(({ id }) => id === clientId)
      ? { clientId }
      : { claimedClientId: `'${clientId}'` };
    const event = { type: 'management.unauthorized', realm: 'main', at: NOW, ip: '192.0.2.7', ...named };
    expect(told).toEqual(told.map(() => event));
  });

  test('a client that has none is nobody’s to manage', async () => {
    const { registered, change, registrar, request } = await registeredIn(realmWith());
    const { client_id: clientId } = await registered({ ...BODY, client_name: 'Early' });
    await change(managed());
    for (const token of ['', 'undefined', 'x']) {
      expect(await registrar.read(request({ clientId, token }))).toEqual(invalid);
    }
  });

  test('the token of a client of the same id in another realm is no other', async () => {
    const { realms, registrar, request, token } = await registeredIn();
    await realms.insert({ ...managed(), id: 'other', issuer: 'https://other.example' });
    expect(await registrar.read(request({ realm: 'other', token }))).toEqual(invalid);
  });
});

describe(cite('where it is off there is nothing', 'vestibule:management:off'), () => {
  test.each<[string, Registration]>([
    ['management', { management: { enabled: false } }],
    ['the door', { open: false, management: { enabled: true } }],
  ])('%s', async (_, settings) => {
    const { change, read, update, own, remove, registrar, everyClient } = await registeredIn();
    await change(realmWith(settings));
    expect(await registrar.isManageable('main')).toBe(false);
    expect(await read()).toEqual({ outcome: 'closed' });
    expect(await update(own())).toEqual({ outcome: 'closed' });
    expect(await remove()).toEqual({ outcome: 'closed' });
    expect(await everyClient()).toHaveLength(1);
  });

  test('no client manages itself if the registrar is told no address for it', async () => {
    const { registered, registrar } = setUp(realmWith({ management: { enabled: true } }), {
      managementUri: undefined,
    });
    expect(await registered(BODY)).not.toHaveProperty('registration_client_uri');
    expect(await registrar.isManageable('main')).toBe(false);
  });

  test('a registration is answered without address and token', async () => {
    const { registered, stored, registrar } = setUp();
    const answer = await registered(BODY);
    expect(answer).not.toHaveProperty('registration_client_uri');
    expect(answer).not.toHaveProperty('registration_access_token');
    expect(await stored(answer.client_id)).not.toHaveProperty('registrationAccessTokenHash');
    expect(await registrar.isManageable('nowhere')).toBe(false);
  });
});

describe('a deletion', () => {
  test(
    cite(
      'takes the client away, with its grants and its token, and is an event',
      'rfc7592:2.3:delete',
      'rfc7592:2.3:no-client',
      'rfc7592:5:ends-with-the-client',
      'vestibule:management:audit',
    ),
    async () => {
      const { remove, read, clientId, ended, audit, everyClient } = await registeredIn();
      expect(await remove()).toEqual({ outcome: 'removed' });
      expect(await everyClient()).toEqual([]);
      expect(ended).toEqual([clientId]);
      expect(audit.events.at(-1)).toMatchObject({
        type: 'client.removed',
        clientId,
        clientName: 'Notes app',
        reason: 'client',
        ip: '192.0.2.7',
      });
      expect(await remove()).toEqual(invalid);
      expect(await read()).toEqual(invalid);
      expect(ended).toEqual([clientId]);
    },
  );

  test('records one event for many concurrent deletions', async () => {
    const { remove, audit } = await registeredIn();
    await Promise.all(Array.from({ length: 5 }, () => remove()));
    expect(audit.events.filter(({ type }) => type === 'client.removed')).toHaveLength(1);
  });

  test('is taken down though the grants could not be ended', async () => {
    const grants = { endAll: () => Promise.reject(new Error('away')) };
    const { remove, audit } = await registeredIn(managed(), BODY, undefined, { grants });
    await expect(remove()).rejects.toThrow('away');
    expect(audit.events.at(-1)).toMatchObject({ type: 'client.removed', reason: 'client' });
  });

  test('where nobody keeps grants is one all the same', async () => {
    const { remove, everyClient } = await registeredIn(managed(), BODY, undefined, { grants: undefined });
    expect(await remove()).toEqual({ outcome: 'removed' });
    expect(await everyClient()).toEqual([]);
  });
});

test(
  cite(
    'a client that is blocked may look, and changes nothing',
    'rfc7592:2.2:blocked',
    'rfc7592:2.3:blocked',
  ),
  async () => {
    const { operator, clientId, read, update, own, remove, stored, answer } = await registeredIn();
    await operator.block('main', clientId);
    const before = await stored(clientId);
    expect(await read()).toEqual({ outcome: 'read', response: answer });
    expect(await update(own({ client_name: 'Other' }))).toEqual({ outcome: 'blocked' });
    expect(await update({})).toEqual({ outcome: 'blocked' });
    expect(await remove()).toEqual({ outcome: 'blocked' });
    expect(await stored(clientId)).toEqual(before);
    expect(await read({ token: 'x' })).toEqual(invalid);
    await operator.unblock('main', clientId);
    expect(await update(own())).toMatchObject({ outcome: 'updated' });
  },
);

test(cite('a client may change itself sixty times in an hour', 'vestibule:limits:updates'), async () => {
  const realm = managed({ management: { enabled: true, rotateToken: false } });
  const { update, own, stored, clientId } = await registeredIn(realm);
  for (let time = 1; time <= 60; time += 1) {
    expect(await update(own({ software_version: String(time) }))).toMatchObject({ outcome: 'updated' });
  }
  expect(await update(own({ software_version: '61' }))).toEqual({ outcome: 'limited', retryAfter: 3_600 });
  expect(await stored(clientId)).toMatchObject({ softwareVersion: '60' });
});

describe(cite('updates by many clients', 'vestibule:limits:updates-of-network'), () => {
  /** So many clients that registered, and how each of them updates itself from somewhere, as often as is said. */
  async function manyIn(limits: NonNullable<Registration['limits']>) {
    const { register, registrar, audit } = setUp(
      managed({ coalesce: false, management: { enabled: true, rotateToken: false }, limits }),
    );
    return {
      audit,
      async update(from: string, times: number, origin?: string): Promise<readonly string[]> {
        const outcome = await register(BODY, { from: `${from.replaceAll('.', '')}.1.1.1` });
        if (outcome.outcome !== 'registered') throw new Error('The client is not registered.');
        const { client_id: clientId, registration_access_token: token } = outcome.response;
        const request = { realm: 'main', clientId, token, source: sourceAt(from, origin) };
        const outcomes = [];
        for (let time = 0; time < times; time += 1) {
          outcomes.push((await registrar.update(request, { ...BODY, client_id: clientId })).outcome);
        }
        return outcomes;
      },
    };
  }

  test('are limited for one address to sixty in an hour, and those of pages are counted apart', async () => {
    const { update } = await manyIn({ perRealmPerDay: 1_000 });
    expect(await update('192.0.2.1', 59)).not.toContain('limited');
    expect(await update('192.0.2.1', 2)).toEqual(['updated', 'limited']);
    expect(await update('192.0.2.1', 1, 'https://page.example')).toEqual(['updated']);
    expect(await update('192.0.2.2', 1)).toEqual(['updated']);
  });

  test('are limited for one organization to so many times as much', async () => {
    const { update } = await manyIn({ perRealmPerDay: 1_000, organizationTimes: 2 });
    for (const from of ['192.0.2.1', '192.0.2.2']) expect(await update(from, 60)).not.toContain('limited');
    expect(await update('192.0.2.3', 1)).toEqual(['limited']);
    expect(await update('198.51.100.1', 1)).toEqual(['updated']);
  });

  test('are limited for the realm, of which an organization may use a quarter', async () => {
    const { update, audit } = await manyIn({ perRealmPerDay: 1_000, updatesPerRealmPerDay: 6 });
    expect(await update('192.0.2.1', 3)).toEqual(['updated', 'updated', 'limited']);
    for (const from of ['198.51.100.1', '203.0.113.1']) {
      expect(await update(from, 2)).toEqual(['updated', 'updated']);
    }
    expect(await update('192.0.3.1', 1)).toEqual(['limited']);
    expect(audit.events.filter(({ type }) => type === 'client.updated')).toHaveLength(6);
  });

  test('in a network that the realm names may use half of the realm’s day, from one address', async () => {
    const egressRanges = [{ name: 'hosted', ranges: ['198.51.'], perHour: 10 }];
    const { update } = await manyIn({ perRealmPerDay: 1_000, updatesPerRealmPerDay: 160, egressRanges });
    for (const times of [40, 40]) expect(await update('198.51.100.1', times)).not.toContain('limited');
    expect(await update('198.51.100.1', 1)).toEqual(['limited']);
    expect(await update('192.0.2.1', 1)).toEqual(['updated']);
  });

  test('record no more than one can read of redirect URIs', async () => {
    const { update, own, audit } = await registeredIn();
    const long = `https://app.example/${'x'.repeat(2_000)}`;
    const redirect_uris = Array.from({ length: 10 }, (_, index) => `${long}/${index}`.slice(-2_048));
    await update(own({ redirect_uris: redirect_uris.map((uri) => uri.slice(0, 2_040)) }));
    const [event] = audit.events.slice(-1);
    expect(event?.type).toBe('client.updated');
    expect(JSON.stringify(event).length).toBeLessThan(8_000);
  });
});

describe(
  cite(
    'an update is held to what the token named that the client registered with',
    'vestibule:initial-access-tokens:update',
  ),
  () => {
    const mode = { mode: 'initial-access-token', management: { enabled: true } } as const;

    async function boundClient() {
      const all = setUp(managed(mode));
      const { token: initial, record } = await all.issue({
        redirectHosts: ['app.example'],
        scopes: ['notes:read'],
        resources: ['https://notes.example/mcp'],
      });
      const { client_id: clientId, registration_access_token: token } = await all.registered(BODY, {
        token: initial,
      });
      const update = (over: object) =>
        all.registrar.update(
          { realm: 'main', clientId, token, source: sourceAt('192.0.2.7') },
          { ...BODY, client_id: clientId, ...over },
        );
      return { ...all, clientId, update, id: record.id };
    }

    test.each<[string, object, object]>([
      [
        'a host',
        { redirect_uris: ['https://other.example/cb'] },
        { refusal: { rule: 'redirect-uris.accepted-host' } },
      ],
      ['a scope alone', { scope: 'notes:write' }, { refusal: { rule: 'initial-access-token.scopes' } }],
      ['a scope among others', { scope: 'notes:read notes:write' }, { response: { scope: 'notes:read' } }],
      ['no scope', {}, { response: { scope: 'notes:read' } }],
    ])('%s', async (_, over, expected) => {
      const { update, stored, clientId } = await boundClient();
      expect(await update(over)).toMatchObject(expected);
      expect(await stored(clientId)).toMatchObject({
        scope: ['notes:read'],
        bounds: {
          redirectHosts: ['app.example'],
          scopes: ['notes:read'],
          resources: ['https://notes.example/mcp'],
        },
      });
    });

    test('also when that token is long gone', async () => {
      const { update, operator, id, stored, clientId } = await boundClient();
      await operator.revokeToken('main', id);
      expect(await update({ scope: 'notes:read notes:write' })).toMatchObject({
        response: { scope: 'notes:read' },
      });
      expect(await stored(clientId)).toMatchObject({ initialAccessTokenId: id });
    });
  },
);

test('an update without its statement is vouched for by nobody', async () => {
  const issuer = { name: 'V', issuer: 'https://v.example', algorithms: ['ES256'] } as const;
  const softwareStatements: RealmSettings['registration']['softwareStatements'] = {
    issuers: [issuer],
    untrusted: 'ignore',
  };
  const claims = { client_name: 'Vouched', redirect_uris: ['https://v.example/cb'] };
  const statements = { verify: async () => ({ outcome: 'verified', issuer, claims }) as const };
  const { stored, clientId, update, own } = await registeredIn(
    managed({ softwareStatements, management: { enabled: true, rotateToken: false } }),
    { software_statement: 'a.b.c' },
    undefined,
    { statements },
  );
  expect(await stored(clientId)).toMatchObject({ name: 'Vouched', vouchedBy: 'https://v.example' });
  await update(own());
  const client = await stored(clientId);
  expect(client).toMatchObject({ name: 'Notes app' });
  expect(client).not.toHaveProperty('vouchedBy');
  expect(client).not.toHaveProperty('softwareStatement');
  await update({ client_id: clientId, software_statement: 'a.b.c' });
  expect(await stored(clientId)).toMatchObject({ name: 'Vouched', vouchedBy: 'https://v.example' });
});

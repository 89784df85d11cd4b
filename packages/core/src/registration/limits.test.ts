import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { ADA, NOW, realmWith, type Registration } from '../../test/support/realm.ts';
import { BODY, setUp, sourceAt } from '../../test/support/set-up.ts';
import type { ProcessCounts } from '../limits/process-counts.ts';
import { attempt } from './limits.ts';

const realmOf = (limits: NonNullable<Registration['limits']>) => realmWith({ coalesce: false, limits });
const limited = { outcome: 'limited', retryAfter: 3_600 };
const registered = { outcome: 'registered' };
const on = (port: number) => ({
  ...BODY,
  redirect_uris: ['https://app.example/cb', `http://localhost:${port}/cb`],
});

test(
  cite(
    'registrations with the same redirect URIs share a limit, from wherever and on whatever port of this computer',
    'vestibule:limits:redirect-uris',
    'vestibule:limits:audit',
  ),
  async () => {
    const { register, audit } = setUp(realmOf({ perRedirectUrisPerHour: 2 }));
    expect(await register(on(1), { from: '192.0.2.1' })).toMatchObject(registered);
    expect(await register(on(2), { from: '198.51.100.1' })).toMatchObject(registered);
    expect(await register(on(3), { from: '203.0.113.1' })).toEqual(limited);
    expect(audit.events.at(-1)).toMatchObject({ type: 'registration.limited', limit: 'redirect-uris' });
    const elsewhere = { redirect_uris: ['https://elsewhere.example/cb'] };
    expect(await register(elsewhere, { from: '203.0.113.1' })).toMatchObject(registered);
  },
);

test(
  cite(
    'an organization uses no more than its part of the realm’s day, and leaves the rest to others',
    'vestibule:limits:organization',
    'vestibule:limits:audit',
  ),
  async () => {
    const limits = { perAddressPerHour: 1, perRealmPerDay: 8, organizationPercentOfDay: 25 };
    const { register, audit } = setUp(realmOf(limits));
    for (const from of ['192.0.2.1', '192.0.2.2']) {
      expect(await register(BODY, { from })).toMatchObject(registered);
    }
    expect(await register(BODY, { from: '192.0.2.3' })).toEqual({ outcome: 'limited', retryAfter: 86_400 });
    expect(audit.events.at(-1)).toMatchObject({ type: 'registration.limited', limit: 'organization' });
    expect(await register(BODY, { from: '198.51.100.1' })).toMatchObject(registered);
  },
);

test.each<[string, NonNullable<Registration['limits']>, { origin?: string }]>([
  ['the page of one origin', { perOriginPerHour: 8 }, { origin: 'https://agent.example' }],
  ['one place', { perRedirectUrisPerHour: 8 }, {}],
])(
  cite(
    'an organization uses no more than a quarter of what registers in an hour for %s',
    'vestibule:limits:organization-of-hour',
    'vestibule:limits:audit',
  ),
  async (_title, limits, sent) => {
    const { register, audit } = setUp(realmOf(limits));
    for (const from of ['192.0.2.1', '192.0.2.2']) {
      expect(await register(BODY, { from, ...sent })).toMatchObject(registered);
    }
    expect(await register(BODY, { from: '192.0.2.3', ...sent })).toEqual(limited);
    expect(audit.events.at(-1)).toMatchObject({ type: 'registration.limited', limit: 'organization' });
    expect(await register(BODY, { from: '198.51.100.1', ...sent })).toMatchObject(registered);
  },
);

test('a limit may be left to one organization', async () => {
  const { register } = setUp(realmOf({ perRedirectUrisPerHour: 4, organizationPercentOfHour: 100 }));
  const statuses = [];
  for (let host = 1; host < 6; host += 1) {
    statuses.push((await register(BODY, { from: `192.0.2.${host}` })).outcome);
  }
  expect(statuses).toEqual([...Array<string>(4).fill('registered'), 'limited']);
});

test(
  cite('an organization registers so many times as often as an address', 'vestibule:limits:organization'),
  async () => {
    const { register } = setUp(realmOf({ perAddressPerHour: 1, organizationTimes: 2 }));
    for (const from of ['192.0.2.1', '192.0.2.2']) {
      expect(await register(BODY, { from })).toMatchObject(registered);
    }
    expect(await register(BODY, { from: '192.0.2.3' })).toEqual(limited);
    expect(await register(BODY, { from: '198.51.100.1' })).toMatchObject(registered);
  },
);

test(
  cite(
    'redirect URIs of known vendors are not counted, so that their users cannot be locked out',
    'vestibule:limits:vendors',
  ),
  async () => {
    const vendors = [{ name: 'Acme', hosts: ['acme.example'], schemes: ['acme'] }];
    const realm = realmWith({
      coalesce: false,
      limits: { perRedirectUrisPerHour: 1 },
      vendors: [{ name: 'Zylo', hosts: ['zylo.example'] }],
    });
    const { register } = setUp(realm, { vendors });
    const leadingTo = (...uris: string[]) => ({ client_name: 'An app', redirect_uris: uris });
    for (const uri of ['https://acme.example/cb', 'https://zylo.example/cb', 'acme://cb']) {
      for (const from of ['192.0.2.1', '198.51.100.1', '203.0.113.1']) {
        expect(await register(leadingTo(uri), { from })).toMatchObject(registered);
      }
    }
    const mixed = leadingTo('https://acme.example/cb', 'https://elsewhere.example/cb');
    expect(await register(mixed)).toMatchObject(registered);
    expect(await register(mixed, { from: '198.51.100.1' })).toEqual(limited);
  },
);

describe(cite('a web page', 'vestibule:limits:origin'), () => {
  const origin = 'https://page.example';

  test('is counted by its origin, for all visitors', async () => {
    const { register, audit } = setUp(realmOf({ perOriginPerHour: 2 }));
    for (const from of ['192.0.2.1', '198.51.100.1']) {
      expect(await register(BODY, { from, origin })).toMatchObject(registered);
    }
    expect(await register(BODY, { from: '203.0.113.1', origin })).toEqual(limited);
    expect(audit.events.at(-1)).toMatchObject({ type: 'registration.limited', limit: 'origin' });
    expect(await register(BODY, { from: '203.0.113.1' })).toMatchObject(registered);
  });

  test('the page of a known vendor is not counted by its origin, because others can send its name', async () => {
    const vendors = [{ name: 'Page', hosts: ['page.example'] }];
    const { register } = setUp(realmOf({ perOriginPerHour: 0 }), { vendors });
    expect(await register(BODY, { origin })).toMatchObject(registered);
  });

  test('does not use up what the programs of its visitor may register, or ask', async () => {
    const { register } = setUp(realmOf({ perAddressPerHour: 1, attemptsPerAddressPerHour: 2 }));
    expect(await register(BODY, { origin })).toMatchObject(registered);
    for (let time = 0; time < 3; time += 1) expect(await register(BODY, { origin })).toEqual(limited);
    expect(await register(BODY)).toMatchObject(registered);
  });
});

test(
  cite('the operator is informed once that a realm’s day is full', 'vestibule:limits:day-full'),
  async () => {
    const { register, audit } = setUp(realmOf({ perRealmPerDay: 1 }));
    await register(BODY, { from: '192.0.2.1' });
    for (const from of ['198.51.100.1', '203.0.113.1', '203.0.113.1']) await register(BODY, { from });
    const told = audit.events.filter(({ type }) => type === 'registration.day-full');
    expect(told).toMatchObject([{ perRealmPerDay: 1, until: NOW + 86_400_000 }]);
    expect(audit.events.at(-1)).toMatchObject({ type: 'registration.limited', limit: 'realm' });
  },
);

describe(cite('a network that the realm names', 'vestibule:limits:egress-range'), () => {
  const egressRanges = [
    { name: 'hosted', ranges: ['198.51.', '203.0.113.'], perHour: 3 },
    { name: 'wider', ranges: ['203.0.'], perHour: 1 },
  ];

  test('has one limit for all of it, in the place of that for an address', async () => {
    const { register, audit, quotas } = setUp(realmOf({ perAddressPerHour: 1, egressRanges }));
    for (const from of ['198.51.100.1', '198.51.100.1', '203.0.113.9']) {
      expect(await register(BODY, { from })).toMatchObject(registered);
    }
    expect(await register(BODY, { from: '198.51.100.2' })).toEqual(limited);
    expect(audit.events.at(-1)).toMatchObject({ type: 'registration.limited', limit: 'egress-range' });
    expect(quotas().get('registration:main:egress:hosted')).toBe(3);
    expect([...quotas().keys()].some((key) => key.includes(':address:'))).toBe(false);
  });

  test('may be in two, and counts in the first', async () => {
    const { register, quotas } = setUp(realmOf({ egressRanges }));
    await register(BODY, { from: '203.0.113.9' });
    await register(BODY, { from: '203.0.7.9' });
    expect(quotas().get('registration:main:egress:hosted')).toBe(1);
    expect(quotas().get('registration:main:egress:wider')).toBe(1);
  });

  test('leaves others to the limit for an address, and none of them to another limit', async () => {
    const { register } = setUp(realmOf({ perAddressPerHour: 1, perRealmPerDay: 3, egressRanges }));
    expect(await register(BODY)).toMatchObject(registered);
    expect(await register(BODY)).toEqual(limited);
    expect(await register(BODY, { from: '198.51.100.1' })).toMatchObject(registered);
    expect(await register(BODY, { from: '198.51.100.1' })).toMatchObject(registered);
    expect(await register(BODY, { from: '198.51.100.1' })).toEqual({
      outcome: 'limited',
      retryAfter: 86_400,
    });
  });

  test('uses no more than half of the realm’s day, or as much as the realm says', async () => {
    const [hosted] = egressRanges;
    const ranges = (more: object) => (hosted === undefined ? [] : [{ ...hosted, perHour: 100, ...more }]);
    for (const [more, expected] of [
      [{}, 2],
      [{ perDay: 3 }, 3],
    ] as const) {
      const { register } = setUp(realmOf({ perRealmPerDay: 4, egressRanges: ranges(more) }));
      const from = '198.51.100.1';
      for (let time = 0; time < expected; time += 1) {
        expect(await register(BODY, { from })).toMatchObject(registered);
      }
      expect(await register(BODY, { from })).toEqual({ outcome: 'limited', retryAfter: 86_400 });
      expect(await register(BODY)).toMatchObject(registered);
    }
  });

  test('may be closed altogether', async () => {
    const closed = [{ name: 'closed', ranges: ['192.0.2.'], perHour: 0 }];
    const { register } = setUp(realmOf({ egressRanges: closed }));
    expect(await register(BODY)).toEqual(limited);
  });
});

describe(cite('a request that one limit stops has used none', 'vestibule:limits:refund'), () => {
  test.each<[string, NonNullable<Registration['limits']>]>([
    ['address', { perAddressPerHour: 0 }],
    ['redirect-uris', { perRedirectUrisPerHour: 0 }],
    ['realm', { perRealmPerDay: 0 }],
    ['awake-clients', { awakeClients: 0 }],
    ['egress-range', { egressRanges: [{ name: 'all', ranges: [''], perHour: 0 }] }],
  ])('%s', async (limit, limits) => {
    const { register, audit, quotas, everyClient } = setUp(realmOf(limits));
    expect(await register(BODY)).toMatchObject({ outcome: 'limited' });
    expect(audit.events).toMatchObject([{ type: 'registration.limited', limit }]);
    expect([...quotas().values()].filter((uses) => uses !== 0)).toEqual([]);
    expect(await everyClient()).toEqual([]);
  });
});

test(
  cite(
    'a full realm accepts no client until one is hibernated, blocked or expires',
    'vestibule:limits:awake-clients',
    'vestibule:limits:audit',
  ),
  async () => {
    const { register, registered: answered, clients, operator, audit } = setUp(realmOf({ awakeClients: 2 }));
    const [one, two] = [await answered(BODY), await answered(BODY)];
    expect(await register(BODY)).toEqual(limited);
    expect(audit.events.at(-1)).toMatchObject({ type: 'registration.limited', limit: 'awake-clients' });

    const sleeping = await clients.find('main', one.client_id);
    if (sleeping?.kind === 'dynamic') {
      const registration = { ...sleeping.registration, hibernatedAt: 1 };
      await clients.replace({ ...sleeping, registration }, sleeping.version);
    }
    const three = await answered(BODY);
    expect(await register(BODY)).toEqual(limited);
    await operator.clients.block(ADA, 'main', two.client_id);
    await answered(BODY);
    expect(await register(BODY)).toEqual(limited);
    await operator.clients.remove(ADA, 'main', three.client_id);
    expect(await register(BODY)).toMatchObject(registered);
  },
);

describe('the order of things', () => {
  const full = { awakeClients: 0, perAddressPerHour: 0 };
  test.each<[string, Registration, object, object]>([
    ['a door before a token', { open: false, mode: 'initial-access-token' }, {}, { outcome: 'closed' }],
    [
      'a token before the policy',
      { mode: 'initial-access-token' },
      {},
      { outcome: 'unauthorized', token: 'missing' },
    ],
    ['the policy before the limits', { limits: full }, {}, { outcome: 'refused' }],
    ['a full realm before other limits', { limits: full }, BODY, limited],
  ])('asks for %s', async (_, settings, body, outcome) => {
    expect(await setUp(realmWith(settings)).register(body)).toMatchObject(outcome);
  });

  test('a duplicate uses no limit', async () => {
    const all = setUp();
    const first = await all.registered(BODY);
    expect(await all.registered(BODY)).toEqual(first);
    expect([...all.quotas().values()]).toEqual([1, 1, 1, 1, 1, 1]);
  });
});

describe(cite('attempts, whatever becomes of them', 'vestibule:limits:attempts'), () => {
  test('have a limit for each address, and one line in the audit', async () => {
    const { register, audit } = setUp(realmOf({ attemptsPerAddressPerHour: 2 }));
    await register({ redirect_uris: [] });
    await register({ redirect_uris: [] });
    for (let i = 0; i < 3; i += 1) expect(await register(BODY)).toEqual(limited);
    expect(audit.events.map(({ type }) => type)).toEqual([
      'registration.refused',
      'registration.refused',
      'registration.limited',
    ]);
    expect(await register(BODY, { from: '198.51.100.1' })).toMatchObject(registered);
  });

  test('have a bound of their own, for all of it, within a network that the realm names', async () => {
    const [hosted, other] = ['198.51.', '203.0.'].map((range) => ({
      name: range,
      ranges: [range],
      perHour: 5,
      attemptsPerHour: 2,
    }));
    const { register, audit } = setUp(
      realmOf({ attemptsPerAddressPerHour: 0, egressRanges: [hosted, other].flatMap((one) => one ?? []) }),
    );
    await register({ redirect_uris: [] }, { from: '198.51.100.1' });
    await register({ redirect_uris: [] }, { from: '198.51.100.2' });
    expect(await register(BODY, { from: '198.51.100.3' })).toEqual(limited);
    expect(audit.events.at(-1)).toMatchObject({ type: 'registration.limited', limit: 'attempts' });
    expect(await register(BODY, { from: '203.0.113.1' })).toMatchObject(registered);
  });

  test('are a hundred thousand in such a network, unless the realm says otherwise', async () => {
    const egressRanges = [{ name: 'hosted', ranges: ['198.51.'], perHour: 5 }];
    const realm = realmOf({ attemptsPerAddressPerHour: 0, egressRanges });
    const used: unknown[] = [];
    const counts: ProcessCounts = {
      takeBack: () => {},
      use: (...use) => {
        used.push(use);
        return { allowed: true };
      },
    };
    attempt(counts, realm, sourceAt('198.51.100.1'), NOW);
    expect(used).toEqual([
      ['registration:main:attempts:egress:hosted', { uses: 100_000, seconds: 3_600 }, NOW],
    ]);
  });
});

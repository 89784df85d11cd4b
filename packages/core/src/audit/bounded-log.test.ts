import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { NOW } from '../../test/support/realm.ts';
import { createMemoryAuditLog } from '../memory/index.ts';
import { boundedAuditLog } from './bounded-log.ts';
import type { AuditEvent, AuditFacts } from './event.ts';

const network = (ip: string): string => ip.replace(/:\w+$/, '');

function setUp(perAddressPerHour?: number) {
  const kept = createMemoryAuditLog();
  const omitted: AuditEvent[] = [];
  const audit = boundedAuditLog(kept, {
    addressKey: network,
    onOmitted: (event) => void omitted.push(event),
    ...(perAddressPerHour !== undefined && { perAddressPerHour, cheapPerAddressPerHour: perAddressPerHour }),
  });
  return {
    kept,
    omitted,
    record: (facts: AuditFacts, { ip = 'a:1', realm = 'main' }: { ip?: string; realm?: string } = {}) =>
      audit.record({ ...facts, realm, at: NOW, ip }),
    audit,
    types: () => kept.events.map(({ type }) => type),
  };
}

const FREE: readonly AuditFacts[] = [
  { type: 'registration.coalesced', clientId: 'app' },
  { type: 'registration.refused', rule: 'body.json', description: 'no JSON' },
  { type: 'registration.unauthorized', reason: 'unknown' },
  { type: 'registration.limited', limit: 'address' },
  { type: 'client.update-refused', clientId: 'app', rule: 'scope.known', description: 'none' },
  { type: 'management.unauthorized' },
  { type: 'transaction.refused', problem: 'unknown' },
  { type: 'authorization.refused', error: 'invalid_request' },
  { type: 'authorization.limited', clientId: 'app' },
  { type: 'sign-in.failed', username: 'ada' },
  { type: 'sign-in.limited', username: 'ada' },
  { type: 'answer.too-soon', page: 'consent', subject: 'ada' },
  { type: 'token.refused', error: 'invalid_grant', reason: 'unknown' },
];

test.each(FREE.map((facts) => [facts.type, facts] as const))(
  cite(
    'keeps a bounded number of events for each address, and one on the rest: %s',
    'vestibule:limits:audit-log',
  ),
  async (type, facts) => {
    const { record, kept, types } = setUp(2);
    for (let time = 0; time < 5; time += 1) await record(facts);
    expect(types()).toEqual([type, type, 'audit.limited']);
    expect(kept.events.at(-1)).toEqual({
      type: 'audit.limited',
      realm: 'main',
      at: NOW,
      ip: 'a:1',
      eventType: type,
    });
  },
);

test(
  cite('no type of event uses up what is there for another', 'vestibule:limits:audit-classes'),
  async () => {
    const { record, types } = setUp(1);
    for (const facts of FREE) await record(facts);
    expect(types()).toEqual(FREE.map(({ type }) => type));
  },
);

const refusedToken = (error: string, reason: string, misused?: true) =>
  ({ type: 'token.refused', error, reason, ...(misused && { misused }) }) as const satisfies AuditFacts;

test(
  cite(
    'keeps refusals of misused tokens apart from worthless ones, and each error code apart from others',
    'vestibule:limits:audit-classes',
  ),
  async () => {
    const { record, kept } = setUp(1);
    await record(refusedToken('invalid_grant', 'unknown'));
    await record(refusedToken('invalid_grant', 'unknown'));
    await record(refusedToken('invalid_grant', 'used before', true));
    await record(refusedToken('invalid_client', 'no such client'));
    expect(kept.events.filter(({ type }) => type === 'token.refused')).toMatchObject([
      { reason: 'unknown' },
      { reason: 'used before' },
      { reason: 'no such client' },
    ]);
  },
);

test.each<[string, (n: number) => AuditFacts]>([
  ['the reason', (n) => refusedToken('invalid_request', `'x${n}' is repeated`)],
  ['the error code', (n) => refusedToken(`no_such_error_${n}`, 'unknown')],
  [
    'the client',
    (n) => ({ ...refusedToken('invalid_grant', 'unknown'), clientId: `https://app.example/${n}` }),
  ],
  ['the rule', (n) => ({ type: 'registration.refused', rule: `redirect-uris.${n}`, description: `${n}` })],
  ['the name', (n) => ({ type: 'sign-in.failed', username: `ada${n}` })],
  ['the problem', (n) => ({ type: 'transaction.refused', problem: `no. ${n}` })],
])(
  cite('counts events that differ in %s in one budget', 'vestibule:limits:audit-log'),
  async (_title, factsOf) => {
    const { record, types } = setUp(2);
    for (let n = 0; n < 9; n += 1) await record(factsOf(n));
    expect(types()).toEqual([factsOf(0).type, factsOf(0).type, 'audit.limited']);
  },
);

test(
  cite('what is left out is counted by type, and recorded', 'vestibule:limits:audit-omitted'),
  async () => {
    const { record, audit, kept, omitted } = setUp(1);
    for (const ip of ['a:1', 'a:2', 'b:1', 'b:1']) {
      await record({ type: 'sign-in.failed', username: 'ada' }, { ip });
      await record({ type: 'management.unauthorized' }, { ip });
    }
    await record({ type: 'management.unauthorized' }, { realm: 'other' });
    await record({ type: 'management.unauthorized' }, { realm: 'other' });
    await audit.recordOmitted(NOW + 60_000);
    const counts = { 'sign-in.failed': 2, 'management.unauthorized': 2 };
    expect(kept.events.slice(-2)).toEqual([
      { type: 'audit.omitted', realm: 'main', at: NOW + 60_000, since: NOW, omitted: counts },
      {
        type: 'audit.omitted',
        realm: 'other',
        at: NOW + 60_000,
        since: NOW,
        omitted: { 'management.unauthorized': 1 },
      },
    ]);
    expect(omitted).toHaveLength(5);
  },
);

test(
  cite(
    'keeps the counts of omitted events that could not be recorded until the next time',
    'vestibule:limits:audit-omitted',
  ),
  async () => {
    const kept = createMemoryAuditLog();
    const failing = new Set<string>();
    const record = async (event: AuditEvent): Promise<void> => {
      if (!failing.delete(event.realm)) return kept.record(event);
      await omitIn(event.realm, NOW + 2);
      throw new Error('no room on the disk');
    };
    const audit = boundedAuditLog(
      { ...kept, record },
      {
        addressKey: network,
        perAddressPerHour: 0,
      },
    );
    const omitIn = async (realm: string, at: number) => {
      await audit.record({ type: 'sign-in.failed', username: 'ada', realm, at, ip: 'a:1' });
    };
    for (const realm of ['first', 'second', 'third']) await omitIn(realm, NOW);
    failing.add('second');
    await expect(audit.recordOmitted(NOW + 1)).rejects.toThrow('no room on the disk');
    await audit.recordOmitted(NOW + 3);
    const omitted = kept.events.flatMap((event) =>
      event.type === 'audit.omitted' ? [[event.realm, event.at, event.since, event.omitted]] : [],
    );
    expect(omitted).toEqual([
      ['first', NOW + 1, NOW, { 'sign-in.failed': 1 }],
      ['second', NOW + 3, NOW, { 'sign-in.failed': 2 }],
      ['third', NOW + 3, NOW, { 'sign-in.failed': 1 }],
    ]);
  },
);

test(
  cite(
    'records what was left out of a realm at most once an hour, beginning with the first of it',
    'vestibule:limits:audit-omitted',
  ),
  async () => {
    const kept = createMemoryAuditLog();
    const audit = boundedAuditLog(kept, { addressKey: network, perAddressPerHour: 0 });
    const minutes = (count: number): number => NOW + count * 60_000;
    for (let minute = 0; minute <= 200; minute += 1) {
      const realms = minute === 130 ? ['main', 'other'] : ['main'];
      for (const realm of realms) {
        await audit.record({
          type: 'sign-in.failed',
          username: 'ada',
          realm,
          at: minutes(minute),
          ip: 'a:1',
        });
      }
      await audit.recordOmittedHourly(minutes(minute));
    }
    await audit.recordOmitted(minutes(200));
    const omitted = kept.events.flatMap((event) =>
      event.type === 'audit.omitted'
        ? [[event.realm, event.at, event.since, event.omitted['sign-in.failed']]]
        : [],
    );
    expect(omitted).toEqual([
      ['main', minutes(60), minutes(0), 61],
      ['main', minutes(121), minutes(61), 61],
      ['main', minutes(182), minutes(122), 61],
      ['other', minutes(190), minutes(130), 1],
      ['main', minutes(200), minutes(183), 18],
    ]);
  },
);

test('what was left out is recorded once, and nothing where nothing was', async () => {
  const { record, audit, types } = setUp(1);
  await audit.recordOmitted(NOW);
  expect(types()).toEqual([]);
  for (let time = 0; time < 2; time += 1) await record({ type: 'management.unauthorized' });
  await audit.recordOmitted(NOW);
  await audit.recordOmitted(NOW);
  expect(types()).toEqual(['management.unauthorized', 'audit.limited', 'audit.omitted']);
});

test(
  cite('another address of the same network is the same, and others are not', 'vestibule:limits:audit-log'),
  async () => {
    const { record, kept } = setUp(1);
    for (const ip of ['a:1', 'a:2', 'b:1']) await record({ type: 'management.unauthorized' }, { ip });
    await record({ type: 'management.unauthorized' }, { realm: 'other' });
    expect(kept.events.map(({ type, ip, realm }) => [type, ip, realm])).toEqual([
      ['management.unauthorized', 'a:1', 'main'],
      ['audit.limited', 'a:2', 'main'],
      ['management.unauthorized', 'b:1', 'main'],
      ['management.unauthorized', 'a:1', 'other'],
    ]);
  },
);

test(
  cite(
    'keeps of one organization 16 times as much as of one address, and announces once that there was more',
    'vestibule:limits:audit-log',
  ),
  async () => {
    const kept = createMemoryAuditLog();
    const audit = boundedAuditLog(kept, {
      addressKey: (ip) => ip,
      organizationKey: network,
      perAddressPerHour: 2,
    });
    const failed = { type: 'sign-in.failed', username: 'ada', realm: 'main', at: NOW } as const;
    for (let host = 0; host < 40; host += 1) await audit.record({ ...failed, ip: `a:${host}` });
    await audit.record({ ...failed, ip: 'b:1' });
    const counts = Map.groupBy(kept.events, ({ type, ip }) => `${type} of ${network(ip ?? '')}`);
    expect([...counts].map(([what, events]) => [what, events.length])).toEqual([
      ['sign-in.failed of a', 32],
      ['audit.limited of a', 1],
      ['sign-in.failed of b', 1],
    ]);
  },
);

const refreshed = (grantId: string, grantType: 'authorization_code' | 'refresh_token' = 'refresh_token') =>
  ({
    type: 'token.issued',
    grantType,
    grantId,
    clientId: 'app',
    subject: 'ada',
    resource: 'https://api.example',
    scopes: [],
    tokenId: 'id',
  }) as const satisfies AuditFacts;

test(
  cite('keeps 24 refreshes of one grant in a day, and counts the others', 'vestibule:limits:audit-refreshes'),
  async () => {
    const { record, audit, kept, omitted } = setUp();
    for (let time = 0; time < 30; time += 1) await record(refreshed('g'), { ip: `${time}:1` });
    await record(refreshed('other'));
    await record(refreshed('g'), { realm: 'other' });
    await record(refreshed('g', 'authorization_code'));
    await audit.recordOmitted(NOW);
    expect(kept.events).toHaveLength(24 + 3 + 1);
    expect(kept.events.at(-1)).toMatchObject({ type: 'audit.omitted', omitted: { 'token.issued': 6 } });
    expect(omitted).toHaveLength(6);
  },
);

test(
  cite(
    'repeated refreshes of a grant use up nothing of what is kept of its refreshes, and are bounded as well',
    'vestibule:limits:audit-refreshes',
  ),
  async () => {
    const { record, audit, kept } = setUp();
    for (let time = 0; time < 30; time += 1) await record({ ...refreshed('g'), repeated: true });
    for (let time = 0; time < 30; time += 1) await record(refreshed('g'));
    await audit.recordOmitted(NOW);
    const issued = kept.events.flatMap((event) => (event.type === 'token.issued' ? [event.repeated] : []));
    expect(issued).toEqual([...Array<true>(24).fill(true), ...Array<undefined>(24).fill(undefined)]);
    expect(kept.events.at(-1)).toMatchObject({ type: 'audit.omitted', omitted: { 'token.issued': 12 } });
  },
);

test(
  cite(
    'records worthless requests together behind the response, and all others before it',
    'vestibule:limits:audit-worthless',
  ),
  async () => {
    const kept = createMemoryAuditLog();
    const behind: AuditEvent[] = [];
    const audit = boundedAuditLog(kept, {
      addressKey: network,
      append: async (events) => void behind.push(...events),
    });
    for (const facts of [...FREE, refreshed('g')]) {
      await audit.record({ ...facts, realm: 'main', at: NOW, ip: 'a:1' });
    }
    await audit.recordOmitted(NOW);
    const telling = [
      'registration.unauthorized',
      'management.unauthorized',
      'transaction.refused',
      'sign-in.failed',
      'sign-in.limited',
      'answer.too-soon',
      'token.issued',
    ];
    expect(kept.events.map(({ type }) => type)).toEqual(telling);
    const cheap = FREE.map(({ type }) => type).filter((type) => !telling.includes(type));
    expect(behind.map(({ type }) => type)).toEqual(cheap);
  },
);

test('counts worthless events that could not be recorded as omitted', async () => {
  const kept = createMemoryAuditLog();
  const append = (): Promise<never> => Promise.reject(new Error('disk full'));
  const audit = boundedAuditLog(kept, { addressKey: network, append });
  await audit.record({ type: 'authorization.refused', error: 'x', realm: 'main', at: NOW, ip: 'a:1' });
  await audit.recordOmitted(NOW);
  expect(kept.events).toMatchObject([{ type: 'audit.omitted', omitted: { 'authorization.refused': 1 } }]);
});

const DEAR: readonly AuditFacts[] = [
  { type: 'registration.accepted', clientId: 'app', clientName: 'App', redirectUris: [], trace: [] },
  { type: 'client.blocked', clientId: 'app', clientName: 'App' },
  { type: 'sign-in.succeeded', subject: 'ada' },
  { type: 'grant.ended', grantId: 'g', clientId: 'app', reason: 'refresh-token-replayed' },
];

test.each(DEAR.map((facts) => [facts.type, facts] as const))(
  cite('%s is kept however often it happens', 'vestibule:limits:audit-log'),
  async (type, facts) => {
    const { record, types } = setUp(0);
    for (let time = 0; time < 3; time += 1) await record(facts);
    expect(types()).toEqual([type, type, type]);
  },
);

test('always records events without a request', async () => {
  const { audit, types } = setUp(0);
  const event: AuditEvent = { type: 'management.unauthorized', realm: 'main', at: NOW };
  await audit.record(event);
  expect(types()).toEqual(['management.unauthorized']);
});

test.each([
  ['telling', 1_000, { type: 'sign-in.failed', username: 'ada' }],
  ['cheap', 250, { type: 'registration.refused', rule: 'body.json', description: 'no JSON' }],
] as const)('keeps by default, of a %s type, %d events in an hour', async (_title, count, facts) => {
  const { record, types } = setUp();
  for (let time = 0; time < count + 2; time += 1) await record(facts);
  expect(types().filter((type) => type === facts.type)).toHaveLength(count);
});

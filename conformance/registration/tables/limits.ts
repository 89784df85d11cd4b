import { cite } from '@vestibule/requirements';
import { ACTOR } from '@vestibule/testing/operator';
import { describe, expect, test } from 'vitest';
import { BODY, openPlace, type Place, type Registration } from '../support/place.ts';
import type { Table } from './table.ts';

type Limits = NonNullable<Registration['limits']>;
type Sent = readonly [body: object, from: string, status: number];

const FROM = '192.0.2.1';
const ELSEWHERE = '203.0.113.1';
const on = (port: number) => ({
  ...BODY,
  redirect_uris: ['https://on.example/cb', `http://localhost:${port}/cb`],
});

const HERE = { ...BODY, redirect_uris: ['http://localhost/cb'] };

/** What is sent in sequence, the responses, and the limit that the last one reached. */
const ROWS: readonly [title: string, limits: Limits, limit: string, sent: readonly Sent[]][] = [
  [
    cite('one address', 'vestibule:limits:address', 'vestibule:limits:audit'),
    { perAddressPerHour: 2 },
    'address',
    [
      [BODY, FROM, 201],
      [BODY, FROM, 201],
      [BODY, '192.0.2.2', 201],
      [BODY, FROM, 429],
    ],
  ],
  [
    cite('one address of IPv6, which is a /64', 'vestibule:limits:subnet'),
    { perAddressPerHour: 2 },
    'address',
    [
      [BODY, '2001:db8::1', 201],
      [BODY, '2001:db8::2', 201],
      [BODY, '2001:db8:0:1::1', 201],
      [BODY, '2001:db8::3', 429],
    ],
  ],
  [
    cite('the same redirect URIs, on any port of this computer', 'vestibule:limits:redirect-uris'),
    { perRedirectUrisPerHour: 2 },
    'redirect-uris',
    [
      [on(1), FROM, 201],
      [on(2), ELSEWHERE, 201],
      [BODY, ELSEWHERE, 201],
      [on(3), '198.51.100.1', 429],
    ],
  ],
  [
    cite('the same redirect URIs, but not this computer alone', 'vestibule:limits:redirect-uris'),
    { perRedirectUrisPerHour: 1 },
    'redirect-uris',
    [
      [HERE, FROM, 201],
      [HERE, ELSEWHERE, 201],
      [BODY, FROM, 201],
      [BODY, ELSEWHERE, 429],
    ],
  ],
  [
    cite('an address that comes too often, whatever for', 'vestibule:limits:attempts'),
    { attemptsPerAddressPerHour: 2 },
    'attempts',
    [
      [{}, FROM, 400],
      [BODY, FROM, 201],
      [BODY, ELSEWHERE, 201],
      [BODY, FROM, 429],
    ],
  ],
  [
    cite('a realm', 'vestibule:limits:realm'),
    { perRealmPerDay: 2, organizationPercentOfDay: 50 },
    'realm',
    [
      [BODY, FROM, 201],
      [on(1), ELSEWHERE, 201],
      [BODY, '198.51.100.1', 429],
    ],
  ],
  [
    cite('a network that the realm names', 'vestibule:limits:egress-range'),
    {
      perAddressPerHour: 1,
      egressRanges: [{ name: 'hosted', ranges: ['2001:db8::/32', '203.0.113.0/25'], perHour: 3 }],
    },
    'egress-range',
    [
      [BODY, ELSEWHERE, 201],
      [BODY, ELSEWHERE, 201],
      [BODY, '2001:db8:7::1', 201],
      [BODY, '203.0.113.128', 201],
      [BODY, FROM, 201],
      [BODY, '203.0.113.127', 429],
    ],
  ],
  [
    cite('what the policy refuses is not counted', 'vestibule:limits:refusals'),
    { perAddressPerHour: 1 },
    'address',
    [
      [{}, FROM, 400],
      [{ ...BODY, scope: '"' }, FROM, 400],
      [BODY, FROM, 201],
      [BODY, FROM, 429],
    ],
  ],
  [
    cite('what the realm has no room for costs the address nothing', 'vestibule:limits:refund'),
    { perAddressPerHour: 2, perRedirectUrisPerHour: 1 },
    'address',
    [
      [BODY, ELSEWHERE, 201],
      [BODY, FROM, 429],
      [BODY, FROM, 429],
      [on(1), FROM, 201],
      [{ ...BODY, redirect_uris: ['https://other.example/'] }, FROM, 201],
      [{ ...BODY, redirect_uris: ['https://third.example/'] }, FROM, 429],
    ],
  ],
  [
    cite('a full realm', 'vestibule:limits:awake-clients'),
    { awakeClients: 2 },
    'awake-clients',
    [
      [BODY, FROM, 201],
      [BODY, ELSEWHERE, 201],
      [on(1), '198.51.100.1', 429],
    ],
  ],
];

const sendAll = async (place: Place, sent: readonly Sent[]): Promise<readonly number[]> => {
  const statuses = [];
  for (const [body, from] of sent) statuses.push((await place.register(body, { from })).status);
  return statuses;
};

export const limits: Table = (venue) => {
  const open = (some: Limits, more: Registration = {}) =>
    openPlace(venue(), { coalesce: false, ...more, limits: some });

  describe('limited by', () => {
    test.each(ROWS)('%s', async (_, some, limit, sent) => {
      const place = await open(some);
      expect(await sendAll(place, sent)).toEqual(sent.map(([, , status]) => status));
      expect(await place.clients()).toHaveLength(sent.filter(([, , status]) => status === 201).length);
      const told = (await place.events()).filter(({ type }) => type === 'registration.limited');
      expect(told).toContainEqual(expect.objectContaining({ limit }));
      expect(told).toHaveLength(sent.filter(([, , status]) => status === 429).length);
    });
  });

  test(cite('the answer says when to come back', 'rfc7591:3:rate-limit'), async () => {
    const place = await open({ perAddressPerHour: 0 });
    const { status, headers, body } = await place.register(BODY);
    expect([status, headers.get('cache-control')]).toEqual([429, 'no-store']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(body).toEqual({ error: 'too_many_requests', error_description: expect.any(String) });
  });

  test(
    cite('exactly as many concurrent registrations succeed as are left', 'vestibule:limits:at-once'),
    async () => {
      const place = await open({ perAddressPerHour: 3 });
      const answers = await Promise.all(Array.from({ length: 12 }, () => place.register(BODY)));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(9);
      expect(await place.clients()).toHaveLength(3);
    },
  );

  test(
    cite('who has a token is held up by a full realm alone', 'vestibule:initial-access-tokens:lifts-limits'),
    async () => {
      const none = { perAddressPerHour: 0, perRealmPerDay: 0, perRedirectUrisPerHour: 0 };
      const place = await open({ ...none, awakeClients: 2 }, { mode: 'both' });
      const { token } = await place.issue({ maxUses: 5 });
      expect((await place.register(BODY)).status).toBe(429);
      const statuses = [];
      for (let time = 0; time < 3; time += 1) statuses.push((await place.register(BODY, { token })).status);
      expect(statuses).toEqual([201, 201, 429]);
      expect(await place.counts()).toMatchObject({ 'registration.limited': 2 });
    },
  );

  test(cite('a realm has room again when a client goes', 'vestibule:limits:awake-clients'), async () => {
    const place = await open({ awakeClients: 1 });
    const { client_id } = await place.registered();
    expect((await place.register(BODY)).status).toBe(429);
    await place.operator.clients.remove(ACTOR, place.id, client_id);
    expect((await place.register(BODY)).status).toBe(201);
  });
};

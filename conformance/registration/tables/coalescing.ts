import { cite } from '@vestibule/requirements';
import { ACTOR } from '@vestibule/testing/operator';
import { describe, expect, test } from 'vitest';
import { BODY, openPlace, type Registration } from '../support/place.ts';
import type { Table } from './table.ts';

type Row = [title: string, body: object, from: string, isSame: boolean, after?: number];

const FIRST = '192.0.2.1';
const ROWS: readonly Row[] = [
  [cite('the same from the same address', 'vestibule:coalescing:same-client'), BODY, FIRST, true],
  [
    cite('the same a moment before ten minutes are over', 'vestibule:coalescing:ten-minutes'),
    BODY,
    FIRST,
    true,
    599.999,
  ],
  [cite('the same after ten minutes', 'vestibule:coalescing:ten-minutes'), BODY, FIRST, false, 600],
  [cite('the same from its /24', 'vestibule:coalescing:same-network'), BODY, '192.0.2.255', true],
  [
    cite('the same from its /24, as IPv6 writes it', 'vestibule:coalescing:same-network'),
    BODY,
    '::ffff:192.0.2.9',
    true,
  ],
  [cite('the same from the next /24', 'vestibule:coalescing:other-network'), BODY, '192.0.3.1', false],
  [
    cite('what comes to the same', 'vestibule:coalescing:same-client'),
    { ...BODY, token_endpoint_auth_method: 'client_secret_post', response_types: ['code'], jwks_uri: 'x' },
    FIRST,
    true,
  ],
  [
    cite('another name', 'vestibule:coalescing:other-metadata'),
    { ...BODY, client_name: 'Other' },
    FIRST,
    false,
  ],
  [
    cite('another redirect URI', 'vestibule:coalescing:other-metadata'),
    { ...BODY, redirect_uris: ['https://app.example/cb2'] },
    FIRST,
    false,
  ],
];

export const coalescing: Table = (venue) => {
  describe('a second registration', () => {
    test.each(ROWS)('%s', async (_, body, from, isSame, after = 1) => {
      const place = await openPlace(venue());
      const first = await place.registered(BODY, { from: FIRST });
      place.pass(after);
      const second = await place.registered(body, { from });
      expect(second.client_id === first.client_id).toBe(isSame);
      if (isSame) expect(second).toEqual(first);
      expect(await place.clients()).toHaveLength(isSame ? 1 : 2);
    });
  });

  test(
    cite(
      'addresses of one IPv6 /64 are the same, and those of two are not',
      'vestibule:coalescing:same-network',
    ),
    async () => {
      const place = await openPlace(venue());
      const ids = [];
      for (const from of ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:1:3::1']) {
        ids.push((await place.registered(BODY, { from })).client_id);
      }
      expect(ids[0]).toBe(ids[1]);
      expect(ids[2]).not.toBe(ids[0]);
    },
  );

  test(
    cite(
      'costs no limit anything, and is an event of its own',
      'vestibule:coalescing:one-use',
      'vestibule:coalescing:audit',
    ),
    async () => {
      const limits = {
        perAddressPerHour: 2,
        perRealmPerDay: 2,
        organizationPercentOfDay: 100,
        perRedirectUrisPerHour: 2,
        organizationPercentOfHour: 100,
      };
      const place = await openPlace(venue(), { limits });
      const { client_id } = await place.registered();
      for (let time = 0; time < 4; time += 1) await place.registered();
      await place.registered({ ...BODY, client_name: 'Other' });
      expect((await place.register({ ...BODY, client_name: 'Third' })).status).toBe(429);
      expect(await place.counts()).toEqual({
        'registration.accepted': 2,
        'registration.coalesced': 4,
        'registration.limited': 1,
      });
      expect(await place.events()).toContainEqual(
        expect.objectContaining({ type: 'registration.coalesced', clientId: client_id, ip: '192.0.2.1' }),
      );
    },
  );

  test(
    cite(
      'many concurrent ones get one client, for one use',
      'vestibule:coalescing:at-once',
      'vestibule:coalescing:one-use',
    ),
    async () => {
      const place = await openPlace(venue(), {
        limits: { perAddressPerHour: 17, organizationPercentOfHour: 100 },
      });
      const answers = await Promise.all(Array.from({ length: 16 }, () => place.register(BODY)));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
      expect(new Set(answers.map(({ body }) => body.client_id)).size).toBe(1);
      expect(await place.counts()).toEqual({ 'registration.accepted': 1, 'registration.coalesced': 15 });
      const others = Array.from({ length: 16 }, (_, place_) => ({ ...BODY, client_name: `App ${place_}` }));
      for (const other of others) expect((await place.register(other)).status).toBe(201);
      expect((await place.register({ ...BODY, client_name: 'One more' })).status).toBe(429);
    },
  );

  test.each<[string, Registration]>([
    [
      cite('where clients manage themselves', 'vestibule:coalescing:not-managed'),
      { management: { enabled: true } },
    ],
    [cite('where the realm turns it off', 'vestibule:coalescing:off'), { coalesce: false }],
  ])('each is one of its own %s', async (_, settings) => {
    const place = await openPlace(venue(), settings);
    const [one, two] = [await place.registered(), await place.registered()];
    expect(one.client_id).not.toBe(two.client_id);
    expect(await place.clients()).toHaveLength(2);
  });

  test(
    cite('another token, or none, makes another client', 'vestibule:coalescing:other-metadata'),
    async () => {
      const place = await openPlace(venue(), { mode: 'both' });
      const [one, two] = [await place.issue({ maxUses: 3 }), await place.issue({ maxUses: 3 })];
      const ids = [];
      for (const token of [undefined, one.token, two.token, one.token]) {
        ids.push((await place.registered(BODY, { token })).client_id);
      }
      expect(new Set(ids.slice(0, 3)).size).toBe(3);
      expect(ids[3]).toBe(ids[1]);
    },
  );

  test(
    cite(
      'many concurrent ones that present one token get one client, for one of its uses',
      'vestibule:coalescing:at-once',
      'vestibule:coalescing:token-uses',
    ),
    async () => {
      const place = await openPlace(venue(), { mode: 'initial-access-token' });
      const { token, record } = await place.issue({ maxUses: 16 });
      const answers = await Promise.all(Array.from({ length: 16 }, () => place.register(BODY, { token })));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
      expect(new Set(answers.map(({ body }) => body.client_id)).size).toBe(1);
      expect(await place.initialAccessTokens.findByHash(place.id, record.hash)).toMatchObject({ uses: 1 });
    },
  );

  test(
    cite('a token of one use registers twice what is one', 'vestibule:coalescing:token-uses'),
    async () => {
      const place = await openPlace(venue(), { mode: 'initial-access-token' });
      const { token } = await place.issue();
      const first = await place.registered(BODY, { token });
      expect(await place.registered(BODY, { token })).toEqual(first);
      expect((await place.register({ ...BODY, client_name: 'Other' }, { token })).status).toBe(401);
      expect(await place.clients()).toHaveLength(1);
    },
  );

  test(cite('a blocked client is not given out again', 'vestibule:coalescing:blocked'), async () => {
    const place = await openPlace(venue());
    const { client_id } = await place.registered();
    await place.operator.clients.block(ACTOR, place.id, client_id);
    expect((await place.registered()).client_id).not.toBe(client_id);
  });
};

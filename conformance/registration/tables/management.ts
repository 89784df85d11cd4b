import { cite } from '@vestibule/requirements';
import { ACTOR } from '@vestibule/testing/operator';
import { describe, expect, test } from 'vitest';
import {
  type Asked,
  BODY,
  NOW,
  openPlace,
  type Place,
  REGISTER,
  type Registration,
} from '../support/place.ts';
import type { Table } from './table.ts';

const managed = { management: { enabled: true } } as const;

/** Two clients, and how the first is managed. */
async function twoClients(place: Place) {
  const one = await place.registered();
  const two = await place.registered({ ...BODY, client_name: 'Other' });
  const own = { ...BODY, client_id: one.client_id, client_name: 'Changed' };
  return {
    one,
    two,
    /** Sends a request with this method, with a valid body if one is needed. */
    manage: (
      method: string,
      { path = one.registration_client_uri, ...asked }: Asked & { path?: string } = {},
    ) =>
      place.ask(path, {
        method,
        token: one.registration_access_token,
        ...(method === 'PUT' && { body: own }),
        ...asked,
      }),
  };
}

type Clients = Awaited<ReturnType<typeof twoClients>>;
type Wrong = readonly [
  title: string,
  challenge: RegExp,
  how: (clients: Clients) => Asked & { readonly path?: string },
];

const NONE = /^Bearer realm="registration"$/;
const BAD = /^Bearer realm="registration", error="invalid_token", error_description="[^"\\]+"$/;

const WRONG: readonly Wrong[] = [
  ['none', NONE, () => ({ token: undefined })],
  [
    'its own, in the query',
    NONE,
    ({ one }) => ({
      token: undefined,
      path: `${one.registration_client_uri}?access_token=${one.registration_access_token}`,
    }),
  ],
  ['an empty one', BAD, () => ({ token: undefined, headers: { authorization: 'Bearer ' } })],
  ['an unknown one', BAD, () => ({ token: 'x'.repeat(43) })],
  ['another client’s', BAD, ({ two }) => ({ token: two.registration_access_token })],
  ['its own, for another client', BAD, ({ two }) => ({ path: two.registration_client_uri })],
  ['its own, for no client', BAD, () => ({ path: `${REGISTER}/dyn-nobody` })],
  ['its own, for a client of a strange name', BAD, () => ({ path: `${REGISTER}/__proto__` })],
  ['its own, for what is escaped', BAD, () => ({ path: `${REGISTER}/%00%F0%9F%98%80` })],
  ['its own, cut off', BAD, ({ one }) => ({ token: one.registration_access_token.slice(0, -1) })],
  [
    'its own, in another case',
    BAD,
    ({ one }) => ({ token: one.registration_access_token.replace(/[a-zA-Z]/, swapCase) }),
  ],
  [
    'its own, by Basic',
    BAD,
    ({ one }) => ({
      token: undefined,
      headers: { authorization: `Basic ${btoa(`${one.client_id}:${one.registration_access_token}`)}` },
    }),
  ],
  [
    'its own, twice',
    BAD,
    ({ one }) => ({
      token: undefined,
      headers: { authorization: Array(2).fill(`Bearer ${one.registration_access_token}`).join(', ') },
    }),
  ],
];

const swapCase = (letter: string): string =>
  letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();

const wrong = cite(
  'with a wrong token',
  'rfc7592:2:bearer',
  'rfc7592:2.1:wrong-token',
  'rfc7592:2.1:no-client',
  'rfc7592:2.2:wrong-token',
  'rfc7592:2.2:no-client',
  'rfc7592:2.3:wrong-token',
  'rfc7592:A:one-client',
  'vestibule:management:one-answer',
  'vestibule:secrets:errors',
);

export const management: Table = (venue) => {
  describe.each(['GET', 'PUT', 'DELETE'])(`${wrong}: %s`, (method) => {
    test.each(WRONG)('%s', async (_, challenge, how) => {
      const place = await openPlace(venue(), managed);
      const all = await twoClients(place);
      const before = await place.clients();
      const answer = await all.manage(method, how(all));
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(challenge);
      // Exactly the response for a client that never existed.
      const token = challenge === NONE ? undefined : 'nonsense';
      const nobody = await all.manage(method, { token, path: `${REGISTER}/dyn-nobody` });
      expect(answer.text).toBe(nobody.text);
      expect(headersOf(answer.headers)).toEqual(headersOf(nobody.headers));
      for (const { registration_access_token: secret } of [all.one, all.two]) {
        expect(answer.text).not.toContain(secret);
      }
      expect(await place.clients()).toEqual(before);
      expect(await all.manage('GET')).toMatchObject({ status: 200, body: all.one });
    });
  });

  test(
    cite(
      'a client reads, replaces and deletes itself',
      'rfc7592:2.1:read',
      'rfc7592:2.1:no-cache',
      'rfc7592:2.2:update',
      'rfc7592:2.2:replaces',
      'rfc7592:2.2:same-id',
      'rfc7592:2.3:delete',
      'rfc7592:2.3:no-cache',
      'rfc7592:3:address',
      'rfc7592:3:token',
      'rfc7592:3:address-and-token-again',
      'rfc7592:3:everything',
      'rfc7592:5:rotation',
    ),
    async () => {
      const place = await openPlace(venue(), managed);
      const { one, two, manage } = await twoClients(place);
      expect(one.registration_client_uri).toBe(`${place.issuer}${REGISTER}/${one.client_id}`);
      const read = await manage('GET');
      expect([read.status, read.headers.get('cache-control'), read.body]).toEqual([200, 'no-store', one]);

      const { status, headers, body } = await manage('PUT');
      expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect(body).toEqual({
        ...one,
        client_name: 'Changed',
        registration_access_token: expect.stringMatching(/^[\w-]{22,}$/),
      });
      const { registration_access_token: token } = body;
      expect((await manage('GET')).status).toBe(401);
      expect(await manage('GET', { token })).toMatchObject({ status: 200, body });

      const deleted = await manage('DELETE', { token });
      expect([deleted.status, deleted.text]).toEqual([204, '']);
      expect(deleted.headers.get('cache-control')).toBe('no-store');
      for (const method of ['GET', 'PUT', 'DELETE']) {
        expect((await manage(method, { token })).status).toBe(401);
      }
      expect((await place.clients()).map(({ id }) => id)).toEqual([two.client_id]);
    },
  );

  test(
    cite(
      'updates, refused ones and deletions are events',
      'vestibule:management:audit',
      'vestibule:secrets:events',
    ),
    async () => {
      const place = await openPlace(venue(), { management: { enabled: true, rotateToken: false } });
      const { one, manage } = await twoClients(place);
      await manage('PUT', { body: {} });
      await manage('PUT');
      await manage('GET', { token: 'x' });
      await manage('DELETE');
      expect(await place.counts()).toEqual({
        'registration.accepted': 2,
        'client.update-refused': 1,
        'client.updated': 1,
        'client.removed': 1,
        'management.unauthorized': 1,
      });
      expect(JSON.stringify(await place.events())).not.toContain(one.registration_access_token);
    },
  );

  test(
    cite(
      'an update is judged by today’s policy, and changes nothing where that refuses',
      'vestibule:management:today',
      'rfc7592:2.2:refused',
    ),
    async () => {
      const place = await openPlace(venue(), managed);
      const { one, manage } = await twoClients(place);
      const before = await place.stored(one.client_id);
      await place.change({ ...managed, reservedNames: ['Changed'] });
      expect(await manage('PUT')).toMatchObject({
        status: 400,
        body: { error_description: expect.stringContaining('[client-name.reserved]') },
      });
      expect(await place.stored(one.client_id)).toEqual(before);
    },
  );

  test.each([true, false])(
    cite(
      'one of ten concurrent updates wins, if rotation is %s',
      'vestibule:management:two-at-once',
      'vestibule:management:fixed-token',
    ),
    async (rotateToken) => {
      const place = await openPlace(venue(), { management: { enabled: true, rotateToken } });
      const { one, manage } = await twoClients(place);
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, place_) =>
          manage('PUT', { body: { ...BODY, client_id: one.client_id, client_name: `App ${place_}` } }),
        ),
      );
      const won = answers.filter(({ status }) => status === 200);
      // Later requests found the token rotated, or came next.
      expect(answers.filter(({ status }) => ![200, 409, 401].includes(status))).toEqual([]);
      expect(won.length).toBeGreaterThan(0);
      if (rotateToken) expect(won).toHaveLength(1);
      const names = won.map(({ body }) => body.client_name);
      const client = await place.stored(one.client_id);
      expect(names).toContain(client?.name);
      expect(client?.version).toBe(1 + won.length);
      const { registration_access_token: token } = won[0]?.body ?? {};
      expect(token === one.registration_access_token).toBe(!rotateToken);
      expect((await manage('GET', { token })).status).toBe(200);
    },
  );

  test(
    cite(
      'a client that is used all the while is updated all the same',
      'vestibule:management:used-meanwhile',
    ),
    async () => {
      const place = await openPlace(venue(), managed);
      const { one, manage } = await twoClients(place);
      const { clients } = venue().stores;
      const uses = Array.from({ length: 5 }, (_, time) => clients.touch(place.id, one.client_id, NOW + time));
      const [answer] = await Promise.all([manage('PUT'), ...uses]);
      expect(answer.status).toBe(200);
      expect(await place.stored(one.client_id)).toMatchObject({ name: 'Changed', version: 7 });
    },
  );

  test(
    cite('a client that is blocked may look, and no more', 'rfc7592:2.2:blocked', 'rfc7592:2.3:blocked'),
    async () => {
      const place = await openPlace(venue(), managed);
      const { one, manage } = await twoClients(place);
      await place.operator.clients.block(ACTOR, place.id, one.client_id);
      const before = await place.clients();
      expect(await manage('GET')).toMatchObject({ status: 200, body: one });
      expect((await manage('PUT')).status).toBe(403);
      expect((await manage('DELETE')).status).toBe(403);
      expect(await place.clients()).toEqual(before);
    },
  );

  test(
    cite(
      'however a client goes, its token goes with it',
      'rfc7592:5:ends-with-the-client',
      'rfc7592:5:lasts',
    ),
    async () => {
      const place = await openPlace(venue(), managed);
      const { one, two, manage } = await twoClients(place);
      const ofTwo = { path: two.registration_client_uri, token: two.registration_access_token };
      place.pass(3_599);
      expect((await manage('GET')).status).toBe(200);
      expect((await manage('GET', ofTwo)).status).toBe(200);
      await place.operator.clients.remove(ACTOR, place.id, one.client_id);
      expect((await manage('GET')).status).toBe(401);
      await manage('DELETE', ofTwo);
      expect((await manage('GET', ofTwo)).status).toBe(401);
    },
  );

  test.each<[string, Registration]>([
    ['management is off', {}],
    ['registration is closed', { open: false, ...managed }],
  ])(cite('if %s the endpoint does not exist', 'vestibule:management:off'), async (_, settings) => {
    const place = await openPlace(venue(), managed);
    const { one, manage } = await twoClients(place);
    await place.change(settings);
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await manage(method, method === 'PATCH' ? { body: {} } : {});
      expect(answer).toMatchObject({ status: 404, body: { error: 'not_found' } });
    }
    if (settings.open !== false) {
      const answer = await place.registered({ ...BODY, client_name: 'Third' });
      expect(answer).not.toHaveProperty('registration_client_uri');
      expect(answer).not.toHaveProperty('registration_access_token');
    }
    await place.change(managed);
    expect(await manage('GET')).toMatchObject({ status: 200, body: one });
  });

  test(cite('other methods are answered 405 with those there are', 'rfc7592:2:methods'), async () => {
    const { manage } = await twoClients(await openPlace(venue(), managed));
    for (const method of ['POST', 'PATCH']) {
      const { status, headers } = await manage(method, { body: {} });
      expect([status, headers.get('allow')]).toEqual([405, 'GET, PUT, DELETE, HEAD']);
    }
  });
};

/** Headers with a meaning; those of the connection belong to the venue. */
const headersOf = (headers: Headers): object => {
  const { date: _date, ...rest } = Object.fromEntries(headers);
  return rest;
};

import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { NOW, realmWith, type Registration } from '../../test/support/realm.ts';
import { managed, registeredIn } from '../../test/support/managed.ts';
import { BODY, setUp } from '../../test/support/set-up.ts';
import type { ManagementRequest } from './management/request.ts';

const invalid = { outcome: 'unauthorized', token: 'invalid' };

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
    ['an unknown one', 'invalid', () => ({ token: 'random-99' })],
    ['one that begins like it', 'invalid', () => ({ token: 'random' })],
    ['another client’s', 'invalid', ({ token }) => ({ token })],
    ['its own, for another client', 'invalid', ({ clientId }) => ({ clientId })],
    ['its own, for no client', 'invalid', () => ({ clientId: 'dyn-nobody' })],
    ['its own, for nothing', 'invalid', () => ({ clientId: '' })],
    ['the hash that is kept', 'invalid', () => ({ token: 'hash of registration-access-token:random-2' })],
  ];
  test.each(table)('%s: no read, update or deletion', async (_, token, make) => {
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

  test('a client without a token cannot be managed', async () => {
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

describe(cite('if it is off, the endpoint does not exist', 'vestibule:management:off'), () => {
  test.each<[string, Registration]>([
    ['management', { management: { enabled: false } }],
    ['registration', { open: false, management: { enabled: true } }],
  ])('%s', async (_, settings) => {
    const { change, read, update, own, remove, registrar, everyClient } = await registeredIn();
    await change(realmWith(settings));
    expect(await registrar.isManageable('main')).toBe(false);
    expect(await read()).toEqual({ outcome: 'closed' });
    expect(await update(own())).toEqual({ outcome: 'closed' });
    expect(await remove()).toEqual({ outcome: 'closed' });
    expect(await everyClient()).toHaveLength(1);
  });

  test('no client manages itself if the registrar has no management URI', async () => {
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
    expect(await stored(answer.client_id)).not.toHaveProperty('registration.accessTokenHash');
    expect(await registrar.isManageable('nowhere')).toBe(false);
  });
});

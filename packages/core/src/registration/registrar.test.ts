import { cite } from '@vestibule/requirements';
import { NOW } from '@vestibule/testing/now';
import { EMPTY_REALM, READ_NOTES } from '@vestibule/testing/realm';
import { describe, expect, test } from 'vitest';
import { createMemoryRealmStore, createMemoryRegistrationStores } from '../memory/index.ts';
import type { Realm } from '../realm/realm.ts';
import type { PartialRealmSettings } from '../realm/settings.ts';
import { realmSettings } from '../realm/realm-settings.ts';
import { newClientId } from './client-id.ts';
import { createRegistrar } from './registrar.ts';
import type { RegistrationSource } from './registration-source.ts';

/** The id of the first client. */
const FIRST_ID = newClientId(NOW, 'id1');

const sourceAt = (ip: string): RegistrationSource => ({
  ip,
  addressKey: ip,
  network: ip,
  organization: ip,
  isWithin: () => false,
});

const realmWith = (settings: PartialRealmSettings = { registration: { open: true } }): Realm => ({
  ...EMPTY_REALM,
  settings: realmSettings(settings),
  scopes: [READ_NOTES],
});

function setUp(realm: Realm = realmWith(), ids: string[] = []) {
  const stores = createMemoryRegistrationStores();
  const { clients, audit, commit } = stores;
  const realms = createMemoryRealmStore(realm);
  let counter = 0;
  const registrar = createRegistrar({
    realms,
    clients,
    commit,
    audit,
    clock: () => NOW,
    generateToken: () => ids.shift() ?? `id${(counter += 1)}`,
    hash: (text) => `hash of ${text}`,
  });
  const register = async (body: unknown, from = '192.0.2.1') => {
    const admission = await registrar.admit('main', sourceAt(from));
    return admission.outcome === 'admitted' ? registrar.register(admission, body) : admission;
  };
  return { registrar, register, clients, audit, quotas: () => stores.quotas, realms };
}

const body = { redirect_uris: ['http://localhost:1234/callback'], client_name: 'LM Studio' };

describe('an accepted registration', () => {
  test(
    cite(
      'is answered with everything that was registered',
      'rfc7591:3.2.1:everything',
      'rfc7591:3.2.1:issued-at',
      'rfc7591:3.2.1:no-secret',
      'rfc7591:3.1:server-chooses-the-id',
      'rfc7591:2:auth-method-default',
      'rfc7591:2:scope-default',
      'rfc9700:4.15.1:chosen',
    ),
    async () => {
      const { register } = setUp();
      expect(
        await register({ ...body, logo_uri: 'https://lm.example/l.png', client_secret: 'x', client_id: 'y' }),
      ).toEqual({
        outcome: 'registered',
        response: {
          client_id: FIRST_ID,
          client_id_issued_at: NOW / 1000,
          client_name: 'LM Studio',
          redirect_uris: ['http://localhost:1234/callback'],
          token_endpoint_auth_method: 'none',
          grant_types: ['authorization_code', 'refresh_token'],
          response_types: ['code'],
          application_type: 'native',
          scope: 'notes:read',
          logo_uri: 'https://lm.example/l.png',
        },
      });
    },
  );

  test(
    cite(
      'is answered with its claims in every language, and stored by language',
      'rfc7591:2.2:kept',
      'rfc7591:2:software',
      'rfc7591:2:contacts',
    ),
    async () => {
      const { register, clients } = setUp();
      const claims = {
        'client_name#ja-Jpan-JP': 'メモ',
        'client_name#fr': 'Carnet',
        'policy_uri#fr': 'https://lm.example/fr',
        software_id: 'lm',
        software_version: '1',
        contacts: ['ada@lm.example'],
      };
      expect(await register({ ...body, ...claims })).toMatchObject({ response: claims });
      expect(await clients.find('main', FIRST_ID)).toMatchObject({
        softwareId: 'lm',
        softwareVersion: '1',
        contacts: ['ada@lm.example'],
        translations: {
          'ja-Jpan-JP': { name: 'メモ' },
          fr: { name: 'Carnet', policyUri: 'https://lm.example/fr' },
        },
      });
    },
  );

  test('is judged by the defaults of settings that are newer than its realm', async () => {
    const { registration, ...others } = realmWith().settings;
    const { allowedRedirectHosts: _allowed, refusedRedirectHosts: _refused, ...older } = registration;
    const settings = { ...others, registration: older } as unknown as Realm['settings'];
    const { register } = setUp({ ...realmWith(), settings });
    expect(await register(body)).toMatchObject({ outcome: 'registered' });
  });

  test(cite('is stored, unbounded where it named no scope', 'rfc7591:2:scope-default'), async () => {
    const { register, clients } = setUp();
    await register(body);
    const stored = await clients.find('main', FIRST_ID);
    expect(stored).toMatchObject({ realm: 'main', id: FIRST_ID, name: 'LM Studio', issuedAt: NOW });
    expect(stored).not.toHaveProperty('scope');
    expect(await clients.find('other', FIRST_ID)).toBeUndefined();
  });

  test('has no scope in the answer where none can be had', async () => {
    const { register } = setUp({ ...realmWith(), scopes: [] });
    const outcome = await register(body);
    expect(outcome).toMatchObject({ outcome: 'registered' });
    expect(outcome).not.toHaveProperty('response.scope');
  });

  test(cite('never takes over an id that is in use', 'rfc7591:3.2.1:client-id-unique'), async () => {
    const { register, clients } = setUp(realmWith(), ['same', 'same', 'other']);
    await register(body);
    await register({ ...body, client_name: 'Second' });
    expect(await clients.find('main', newClientId(NOW, 'same'))).toMatchObject({ name: 'LM Studio' });
    expect(await clients.find('main', newClientId(NOW, 'other'))).toMatchObject({ name: 'Second' });
  });

  test('is recorded with what the policy changed', async () => {
    const { register, audit } = setUp();
    await register(body);
    expect(audit.events).toMatchObject([
      {
        type: 'registration.accepted',
        realm: 'main',
        at: NOW,
        ip: '192.0.2.1',
        clientId: FIRST_ID,
        clientName: 'LM Studio',
      },
    ]);
    expect(JSON.stringify(audit.events)).not.toContain('"kept"');
  });
});

test(
  cite(
    'a refused registration is recorded, and neither stored nor counted',
    'rfc7591:3.2.2:nothing-stored',
    'vestibule:limits:refusals',
    'vestibule:policy:stable-ids',
  ),
  async () => {
    const { register, clients, audit, quotas } = setUp();
    const outcome = await register({ redirect_uris: ['http://app.example/'] });
    expect(outcome).toMatchObject({ outcome: 'refused', refusal: { rule: 'redirect-uris.http-host' } });
    expect(audit.events).toMatchObject([{ type: 'registration.refused', rule: 'redirect-uris.http-host' }]);
    expect(await clients.find('main', FIRST_ID)).toBeUndefined();
    expect(quotas().size).toBe(0);
  },
);

describe('a closed door', () => {
  test.each([
    [cite('by default', 'vestibule:gates:closed-by-default'), 'main', realmWith({})],
    ['in an unknown realm', 'nowhere', realmWith()],
  ])('%s', async (_, id, realm) => {
    const { registrar, audit, quotas } = setUp(realm);
    expect(await registrar.isOpen(id)).toBe(false);
    expect(await registrar.admit(id, sourceAt('192.0.2.1'))).toEqual({ outcome: 'closed' });
    expect(audit.events).toEqual([]);
    expect(quotas().size).toBe(0);
  });

  test(cite('opens and closes at once', 'vestibule:gates:at-once'), async () => {
    const { registrar, register, realms } = setUp(realmWith({}));
    await realms.replace(realmWith(), 1);
    expect(await registrar.isOpen('main')).toBe(true);
    expect(await register(body)).toMatchObject({ outcome: 'registered' });
    await realms.replace(realmWith({}), 2);
    expect(await register(body)).toEqual({ outcome: 'closed' });
  });
});

describe('the limits', () => {
  test(
    cite(
      'five an hour for one address by default, without an effect on others',
      'vestibule:limits:address',
      'vestibule:limits:audit',
    ),
    async () => {
      const { register, audit } = setUp(realmWith({ registration: { open: true, coalesce: false } }));
      for (let i = 0; i < 5; i += 1) expect(await register(body)).toMatchObject({ outcome: 'registered' });
      expect(await register(body)).toEqual({ outcome: 'limited', retryAfter: 3_600 });
      expect(audit.events.at(-1)).toMatchObject({ type: 'registration.limited', limit: 'address' });
      expect(await register(body, '192.0.2.2')).toMatchObject({ outcome: 'registered' });
    },
  );

  test(
    cite(
      'a day’s number for the realm, which costs the address nothing',
      'vestibule:limits:realm',
      'vestibule:limits:refund',
      'vestibule:limits:audit',
    ),
    async () => {
      const { register, audit, quotas } = setUp(
        realmWith({
          registration: { open: true, limits: { perRealmPerDay: 2, organizationPercentOfDay: 50 } },
        }),
      );
      await register(body, 'a');
      await register(body, 'b');
      expect(await register(body, 'c')).toEqual({ outcome: 'limited', retryAfter: 86_400 });
      expect(audit.events.at(-1)).toMatchObject({ type: 'registration.limited', limit: 'realm' });
      expect(quotas().get('registration:main:address:c')).toBeUndefined();
    },
  );
});

test(cite('a preview says what would happen and leaves no trace', 'vestibule:policy:preview'), async () => {
  const { registrar, clients, audit, quotas } = setUp();
  expect(await registrar.preview('main', body)).toMatchObject({
    ok: true,
    metadata: { client_name: 'LM Studio' },
  });
  expect(await registrar.preview('main', {})).toMatchObject({
    ok: false,
    refusal: { rule: 'redirect-uris.count' },
  });
  const bounds = { redirectHosts: ['app.example'] };
  expect(await registrar.preview('main', body, bounds)).toMatchObject({ ok: true });
  const away = { ...body, redirect_uris: ['https://stranger.example/cb'] };
  expect(await registrar.preview('main', away)).toMatchObject({ ok: true });
  expect(await registrar.preview('main', away, bounds)).toMatchObject({
    ok: false,
    refusal: { rule: 'redirect-uris.accepted-host' },
  });
  expect(await registrar.preview('nowhere', body)).toBeUndefined();
  expect(await clients.find('main', FIRST_ID)).toBeUndefined();
  expect(audit.events).toEqual([]);
  expect(quotas().size).toBe(0);
});

import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { ADA, NOW, realmWith } from '../../test/support/realm.ts';
import { BODY, setUp, sourceAt } from '../../test/support/set-up.ts';
import type { RegistrationLimits } from '../realm/registration-settings.ts';
import { commitRecorded } from '../audit/commit-recorded.ts';
import type { Vendor } from '../brand/vendor.ts';
import { type Restoration, restorationIn, restorationOf, type RestorationOptions } from './restore.ts';

const CLIENT = {
  kind: 'dynamic',
  realm: 'main',
  id: 'dyn-expired',
  version: 1,
  name: 'App',
  redirectUris: ['https://app.example/cb'],
  grantTypes: ['authorization_code', 'refresh_token'],
  applicationType: 'web',
  issuedAt: NOW - 7_200_000,
  registration: {},
} as const;
const EXPIRED = { ...CLIENT, expiredAt: NOW - 3_600_000 };

interface Given extends Pick<RestorationOptions, 'vendors'> {
  /** Vendors that the realm adds. @default [] */
  readonly added?: readonly Vendor[];
  /** The page in the person's browser. @default none */
  readonly origin?: string;
}

async function expired(
  limits: Partial<RegistrationLimits> = {},
  { added = [], origin, ...others }: Given = {},
) {
  const realm = realmWith({ limits, vendors: added });
  const world = setUp(realm);
  const { clients, audit, commit } = world;
  await clients.insert(CLIENT);
  await clients.expire(EXPIRED, 1);
  const hash = (text: string): string => `hash of ${text}`;
  const source = sourceAt('192.0.2.9', origin);
  const restore = async (): Promise<Restoration> => {
    const changes = restorationOf({ ...others, hash }, realm, source, EXPIRED, NOW);
    return restorationIn(realm, await commitRecorded({ audit, commit }, changes, []));
  };
  return { ...world, restore };
}

describe('an expired client that a person approved', () => {
  test(
    cite('is a client again, with the id it had, and in use', 'vestibule:lifecycle:restored'),
    async () => {
      const { restore, clients } = await expired();
      expect(await restore()).toEqual({ outcome: 'restored' });
      expect(await clients.find('main', CLIENT.id)).toEqual({ ...CLIENT, lastUsedAt: NOW });
      expect(await clients.findExpired('main', CLIENT.id)).toBeUndefined();
      expect(await restore()).toEqual({ outcome: 'there' });
    },
  );

  test('is not restored once it was deleted', async () => {
    const { restore, operator, clients } = await expired();
    await operator.clients.remove(ADA, 'main', CLIENT.id);
    expect(await restore()).toEqual({ outcome: 'missing' });
    expect(await clients.find('main', CLIENT.id)).toBeUndefined();
  });

  test.each<[string, Partial<RegistrationLimits>]>([
    ['of its address', { perAddressPerHour: 1 }],
    ['of its redirect URIs', { perRedirectUrisPerHour: 1 }],
    ['of the realm', { perRealmPerDay: 1 }],
  ])(
    cite('counts against the limit %s as a registration does', 'vestibule:lifecycle:restored-today'),
    async (_, limits) => {
      const { restore, clients, operator } = await expired(limits);
      expect(await restore()).toEqual({ outcome: 'restored' });
      await operator.clients.remove(ADA, 'main', CLIENT.id);
      await clients.insert(CLIENT);
      await clients.expire(EXPIRED, 1);
      expect(await restore()).toEqual({ outcome: 'limited', retryAfter: expect.any(Number) });
      expect(await clients.findExpired('main', CLIENT.id)).toEqual(EXPIRED);
    },
  );

  const theirs: readonly Vendor[] = [{ name: 'Acme', hosts: ['app.example'] }];
  test.each<[string, string, Partial<RegistrationLimits>, Given]>([
    ['the redirect URIs', 'the directory', { perRedirectUrisPerHour: 1 }, { vendors: theirs }],
    ['the redirect URIs', 'the realm', { perRedirectUrisPerHour: 1 }, { added: theirs }],
    [
      'the page',
      'the directory',
      { perOriginPerHour: 1 },
      { vendors: theirs, origin: 'https://app.example' },
    ],
    ['the page', 'the realm', { perOriginPerHour: 1 }, { added: theirs, origin: 'https://app.example' }],
  ])(
    cite(
      'does not count %s of a vendor of %s, as a registration does not',
      'vestibule:lifecycle:restored-today',
    ),
    async (_what, _of, limits, given) => {
      const roomy = { perRedirectUrisPerHour: 100, perOriginPerHour: 100, ...limits };
      const { restore, operator, clients } = await expired(roomy, given);
      expect(await restore()).toEqual({ outcome: 'restored' });
      await operator.clients.remove(ADA, 'main', CLIENT.id);
      await clients.insert(CLIENT);
      await clients.expire(EXPIRED, 1);
      expect(await restore()).toEqual({ outcome: 'restored' });
    },
  );

  test(
    cite('waits while the realm has as many clients as it will have', 'vestibule:lifecycle:restored-today'),
    async () => {
      const { restore, registered, clients } = await expired({ awakeClients: 1, perAddressPerHour: 1 });
      const other = await registered(BODY);
      expect(await restore()).toEqual({ outcome: 'limited', retryAfter: 3_600 });
      await clients.remove('main', other.client_id);
      // The quota that was reserved then was released.
      expect(await restore()).toEqual({ outcome: 'restored' });
    },
  );
});

import { describe, expect, test } from 'vitest';
import { realmWith } from '../../test/support/realm.ts';
import { createMemoryRealmStore } from '../memory/index.ts';
import type { RealmStore } from '../ports/realm-store.ts';
import { changeRealm } from './change-realm.ts';
import type { RealmRecord } from './realm.ts';

const withName =
  (name: string) =>
  (realm: RealmRecord): RealmRecord => ({ ...realm, name });

const replacing =
  ({ replace }: RealmStore) =>
  (_before: RealmRecord, after: RealmRecord, version: number) =>
    replace(after, version);

describe('changeRealm', () => {
  test('returns the realm before and after the change', async () => {
    const realms = createMemoryRealmStore(realmWith());
    expect(await changeRealm(realms, 'main', withName('Other'), replacing(realms))).toEqual({
      outcome: 'changed',
      before: realmWith(),
      after: { ...realmWith(), name: 'Other' },
    });
    expect(await realms.find('main')).toMatchObject({ name: 'Other', version: 2 });
  });

  test('makes the change again from what another one left behind', async () => {
    const realms = createMemoryRealmStore(realmWith());
    const changes = Array.from({ length: 20 }, (_, index) =>
      changeRealm(
        realms,
        'main',
        (realm) => ({ ...realm, name: `${realm.name} ${index}` }),
        replacing(realms),
      ),
    );
    expect((await Promise.all(changes)).every(({ outcome }) => outcome === 'changed')).toBe(true);
    expect((await realms.find('main'))?.name.split(' ')).toHaveLength(21);
  });

  test('writes nothing if the change returns the same object or a refusal', async () => {
    const realms = createMemoryRealmStore(realmWith());
    expect(await changeRealm(realms, 'main', (realm) => realm, replacing(realms))).toEqual({
      outcome: 'unchanged',
    });
    expect(await changeRealm(realms, 'main', () => ({ outcome: 'refused' }), replacing(realms))).toEqual({
      outcome: 'refused',
    });
    expect(await realms.find('main')).toMatchObject({ version: 1 });
  });

  test('reports a realm that does not exist, or was removed meanwhile, as missing', async () => {
    const realms = createMemoryRealmStore(realmWith());
    expect(await changeRealm(realms, 'nowhere', withName('x'), replacing(realms))).toEqual({
      outcome: 'missing',
    });
    realms.replace = async () => 'missing';
    expect(await changeRealm(realms, 'main', withName('x'), replacing(realms))).toEqual({
      outcome: 'missing',
    });
  });
});

import { type Realm, type RealmStore, realmSettings } from '@vestibule/core';

/**
 * The realms of a store, or an empty realm while the store has none: its gates are closed, and it has no people. It is never
 * stored.
 *
 * @param issuer the issuer of the empty realm @default there is no empty realm
 */
export function realmsOrEmpty(realms: RealmStore, issuer: string | undefined): ListedRealms {
  if (issuer === undefined) return realms;
  const empty: Realm = {
    id: 'main',
    name: 'Vestibule',
    issuer,
    settings: realmSettings(),
    scopes: [],
    apis: [],
  };
  const list = async (): Promise<readonly Realm[]> => {
    const all = await realms.list();
    return all.length === 0 ? [empty] : all;
  };
  return {
    list,
    find: async (id) =>
      (await realms.find(id)) ?? (id === empty.id ? onlyIf(empty, await list()) : undefined),
  };
}

/** Finds and lists realms. */
export interface ListedRealms {
  find(id: string): Promise<Realm | undefined>;
  list(): Promise<readonly Realm[]>;
}

const onlyIf = (realm: Realm, all: readonly Realm[]): Realm | undefined =>
  all.includes(realm) ? realm : undefined;

import type { RealmStore } from '@vestibule/core';
import { completeRealm, findRealm, type Realm } from '@vestibule/core/realm';

/**
 * The realms of a store, or an empty realm while the store has none: its gates are closed, and it has no people. It is never
 * stored.
 *
 * @param issuer the issuer of the empty realm @default there is no empty realm
 */
export function realmsOrEmpty(realms: RealmStore, issuer: string | undefined): ListedRealms {
  const listStored = async (): Promise<readonly Realm[]> => (await realms.list()).map(completeRealm);
  if (issuer === undefined) return { list: listStored, find: (id) => findRealm(realms, id) };
  const empty = completeRealm({
    id: 'main',
    name: 'Vestibule',
    issuer,
    settings: {},
    scopes: [],
    apis: [],
  });
  const list = async (): Promise<readonly Realm[]> => {
    const all = await listStored();
    return all.length === 0 ? [empty] : all;
  };
  return {
    list,
    find: async (id) =>
      (await findRealm(realms, id)) ?? (id === empty.id ? onlyIf(empty, await list()) : undefined),
  };
}

/** Finds and lists realms. */
export interface ListedRealms {
  find(id: string): Promise<Realm | undefined>;
  list(): Promise<readonly Realm[]>;
}

const onlyIf = (realm: Realm, all: readonly Realm[]): Realm | undefined =>
  all.includes(realm) ? realm : undefined;

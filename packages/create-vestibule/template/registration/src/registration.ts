import { createClientSweeper, forgettableUntil } from '@vestibule/core';
import { createMemoryRealmStore } from '@vestibule/core/memory';
import type { Realm } from '@vestibule/core/realm';
import { createRegistrar } from '@vestibule/core/registration';
import type { Database } from '@vestibule/database';
import { randomToken, type Route, sha256 } from '@vestibule/http';
import { createRegistrationEndpoint } from '@vestibule/http/registration';
import { randomUUID } from 'node:crypto';
import { lookupEndpoint } from './lookup.ts';
import { mayUse } from './may-use.ts';

/** Registration for one realm: its routes, and what deletes unused clients. */
export function createRegistration(realm: Realm, { stores }: Pick<Database, 'stores'>, lookupToken: string) {
  const shared = { ...stores, realms: createMemoryRealmStore(realm), clock: Date.now };
  const { realms, clients, commit, audit, clock } = shared;
  const registrar = createRegistrar({
    realms,
    clients,
    commit,
    audit,
    clock,
    generateToken: randomToken,
    hash: sha256,
  });
  const register = createRegistrationEndpoint({ registrar, realm: realm.id, onError: console.error });
  const lookup = lookupEndpoint((question) => mayUse(realm, clients, question), lookupToken);

  const unused = createClientSweeper({ ...shared, holder: randomUUID() });
  async function sweep(): Promise<void> {
    await unused.sweep(realm.id, 50);
    await stores.sweep(forgettableUntil(Date.now()), 500);
  }

  const routes: readonly Route[] = [
    { path: '/connect/register', endpoint: register },
    { path: '/lookup', endpoint: lookup },
  ];
  return { routes, sweep };
}

import { getConnInfo } from '@hono/node-server/conninfo';
import { createClientSweeper, type RealmDirectory } from '@vestibule/core';
import { createMemoryLeaseStore } from '@vestibule/core/memory';
import { realmSettings } from '@vestibule/core/realm';
import { createRegistrar } from '@vestibule/core/registration';
import { randomToken, sha256 } from '@vestibule/http';
import { createRegistrationEndpoint } from '@vestibule/http/registration';
import { Hono } from 'hono';
import type { RegistrationStores } from './store/stores.ts';

/** The application, and what it has to do now and then. */
export interface Application {
  readonly app: Hono;
  /** Deletes clients that were never used, old events and ended limits. */
  sweep(): Promise<void>;
}

/** An application at which clients register. */
export function createApplication(
  issuer: string,
  { clients, commit, audit, sweep }: RegistrationStores,
  clock = Date.now,
): Application {
  const settings = realmSettings({ registration: { open: true, reservedNames: ['Acme'] } });
  const realm = { id: 'main', name: 'Acme', issuer, settings, apis: [], scopes: [] };
  const realms: RealmDirectory = { find: async (id) => (id === realm.id ? realm : undefined) };
  const stores = { realms, clients, commit, audit, clock };

  const register = createRegistrationEndpoint({
    registrar: createRegistrar({ ...stores, generateToken: randomToken, hash: sha256 }),
    realm: realm.id,
    onError: (error) => process.stderr.write(`${String(error)}\n`),
  });
  const app = new Hono();
  app.all('/connect/register', async (c) => {
    const ip = getConnInfo(c).remote.address ?? '';
    return (await register(c.req.raw, { ip })) ?? c.notFound();
  });

  // One process sweeps, so its lease need not be stored.
  const sweeper = createClientSweeper({
    ...stores,
    leases: createMemoryLeaseStore(),
    holder: 'the only one',
  });
  return {
    app,
    async sweep() {
      await sweeper.sweep(realm.id, 50);
      await sweep(clock(), 500);
    },
  };
}

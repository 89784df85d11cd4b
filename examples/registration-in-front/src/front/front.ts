import type { RealmDirectory } from '@vestibule/core';
import { realmSettings } from '@vestibule/core/realm';
import { createRegistrar } from '@vestibule/core/registration';
import { openDatabase } from '@vestibule/database';
import { createRouter } from '@vestibule/express';
import { randomToken, sha256 } from '@vestibule/http';
import { createRegistrationEndpoint } from '@vestibule/http/registration';
import express, { type Express } from 'express';
import { type AdminApi, creatingThere } from './clients-there.ts';

/** Where registration stands, and in front of what. */
export interface FrontOptions {
  /** The origin that agents see. */
  readonly origin: string;
  /** The issuer of the server that exists. */
  readonly issuer: string;
  /** The API that registered clients may use. */
  readonly api: string;
  readonly adminApi: AdminApi;
  readonly database: string;
}

/** Registration: our policy, limits and events decide; the server that exists issues the tokens. */
export async function createFront(options: FrontOptions): Promise<Express> {
  const { origin, issuer, api, adminApi, database } = options;
  const { stores } = await openDatabase(database);
  const realm = {
    id: 'main',
    name: 'Acme',
    issuer,
    settings: realmSettings({ registration: { open: true } }),
    scopes: [{ name: 'notes:read', description: 'Read your notes', openToDynamicClients: true }],
    apis: [{ id: 'notes', name: 'Notes', resource: api, scopes: ['notes:read'], openToDynamicClients: true }],
  };
  const realms: RealmDirectory = { find: async (id) => (id === realm.id ? realm : undefined) };
  const registrar = createRegistrar({
    realms,
    clients: stores.clients,
    commit: creatingThere(stores.commit, adminApi),
    audit: stores.audit,
    clock: Date.now,
    generateToken: randomToken,
    hash: sha256,
  });
  const endpoint = createRegistrationEndpoint({
    registrar,
    realm: realm.id,
    onError: (error) => process.stderr.write(`${String(error)}\n`),
  });
  return express().use(createRouter({ origin, routes: [{ path: '/connect/register', endpoint }] }));
}

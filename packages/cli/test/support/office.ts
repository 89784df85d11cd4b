import { createRegistrar, type Registrar, type StoredClient } from '@vestibule/core';
import { randomToken, sha256 } from '@vestibule/http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Database, openDatabase, readDatabaseUrl } from '../../src/index.ts';
import { call, type Circumstances, type Ended } from './call.ts';
import { realmWith, REGISTERED } from './realm.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A database in use, and an operator who works against it. */
export interface Office {
  readonly url: string;
  /** As a server that runs has it open. */
  readonly database: Database;
  /** That of a server that runs. */
  readonly registrar: Registrar;
  /** Calls `vestibule` with this database. */
  call(args: readonly string[], circumstances?: Circumstances): Promise<Ended>;
  /** Calls it with `--json`, and reads what it said. */
  json(args: readonly string[], circumstances?: Circumstances): Promise<ReturnType<typeof JSON.parse>>;
  /** Adds a client. */
  add(client: Partial<StoredClient> & { readonly id: string }): Promise<void>;
}

/** @param url @default a SQLite file of its own */
export async function openOffice(
  realms = [realmWith()],
  url = `sqlite:${join(temporaryFolder(), 'vestibule.db')}`,
): Promise<Office> {
  const read = readDatabaseUrl(url);
  if (!read.ok) throw new Error(read.problem);
  const database = await openDatabase(read.location, 2);
  onTestFinished(() => database.close());
  const { stores, limiter } = database;
  for (const realm of realms) await stores.realms.insert(realm);
  const callHere: Office['call'] = (args, { env, ...others } = {}) =>
    call(args, { env: { DATABASE_URL: url, ...env }, ...others });
  return {
    url,
    database,
    registrar: createRegistrar({ ...stores, limiter, clock: Date.now, entropy: randomToken, hash: sha256 }),
    call: callHere,
    json: async (args, circumstances) =>
      JSON.parse((await callHere([...args, '--json'], circumstances)).stdout),
    add: async (client) => {
      await stores.clients.insert({ ...CLIENT, ...client });
    },
  };
}

const CLIENT = {
  realm: 'main',
  version: 1,
  name: 'Notes Agent',
  redirectUris: ['https://app.example/callback'],
  grantTypes: ['authorization_code', 'refresh_token'],
  applicationType: 'web',
  issuedAt: REGISTERED,
  lastUsedAt: REGISTERED,
} as const;

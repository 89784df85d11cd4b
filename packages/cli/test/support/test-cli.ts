import type { DynamicClient } from '@vestibule/core';
import { createRegistrar, type Registrar } from '@vestibule/core/registration';
import { type Database, openDatabase } from '@vestibule/database';
import { randomToken, sha256 } from '@vestibule/http';
import { temporaryFolder } from '@vestibule/testing/folder';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { call, type CallOptions, type CommandOutcome } from './call.ts';
import { realmWith, REGISTERED } from './realm.ts';

/** A database in use, and the command line on it. */
export interface TestCli {
  readonly url: string;
  /** The database as a running server has it open. */
  readonly database: Database;
  /** The registrar of a running server. */
  readonly registrar: Registrar;
  /** Calls `vestibule` with this database. */
  call(args: readonly string[], callOptions?: CallOptions): Promise<CommandOutcome>;
  /** Calls it with `--json`, and parses its output. */
  json(args: readonly string[], callOptions?: CallOptions): Promise<ReturnType<typeof JSON.parse>>;
  /** Adds a client. */
  add(client: Partial<DynamicClient> & { readonly id: string }): Promise<void>;
}

/** @param url @default a SQLite file of its own */
export async function openCli(
  realms = [realmWith()],
  url = `sqlite:${join(temporaryFolder(), 'vestibule.db')}`,
): Promise<TestCli> {
  const database = await openDatabase(url, { maxConnections: 2 });
  onTestFinished(() => database.close());
  const { stores } = database;
  for (const realm of realms) await stores.realms.insert(realm);
  const callHere: TestCli['call'] = (args, { env, ...others } = {}) =>
    call(args, { env: { DATABASE_URL: url, ...env }, ...others });
  return {
    url,
    database,
    registrar: createRegistrar({
      realms: stores.realms,
      clients: stores.clients,
      commit: stores.commit,
      initialAccessTokens: stores.initialAccessTokens,
      audit: stores.audit,
      clock: Date.now,
      generateToken: randomToken,
      hash: sha256,
    }),
    call: callHere,
    json: async (args, callOptions) => JSON.parse((await callHere([...args, '--json'], callOptions)).stdout),
    add: async (client) => {
      await stores.clients.insert({ ...CLIENT, ...client });
    },
  };
}

const CLIENT = {
  kind: 'dynamic',
  realm: 'main',
  version: 1,
  name: 'Notes Agent',
  redirectUris: ['https://app.example/callback'],
  grantTypes: ['authorization_code', 'refresh_token'],
  applicationType: 'web',
  issuedAt: REGISTERED,
  lastUsedAt: REGISTERED,
  registration: {},
} as const;

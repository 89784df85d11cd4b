import type { GuardedFetch } from '@vestibule/cimd';
import type { Clock } from '@vestibule/core';
import type { AuditEvent } from '@vestibule/core/audit';
import {
  findRealm,
  type PartialRealmSettings,
  type PersonDocument,
  type PreregistrationDocument,
  type Realm,
} from '@vestibule/core/realm';
import { createVestibule } from '@vestibule/node';
import type { SignInMethod, Stores, TokenProvider } from '@vestibule/server';
import { newFolder } from '@vestibule/testing/folder';
import type { Addresses } from '@vestibule/testing/oauth';
import { OPEN_REALM, OPERATOR_TOKEN } from '@vestibule/testing/open-seed';
import { freePort } from '@vestibule/testing/port';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { protectedApi } from './protected-api.ts';

export { NO_WAIT } from '@vestibule/testing/open-seed';
export { ADA } from '@vestibule/testing/people';
export type { Addresses } from '@vestibule/testing/oauth';

/** A realm to serve. An issuer or resource that begins with a slash is at the origin of the server. */
export interface SeedFile {
  readonly realm: {
    readonly id: string;
    readonly name: string;
    readonly issuer?: string;
    readonly settings?: PartialRealmSettings;
  };
  readonly scopes?: Realm['scopes'];
  readonly apis?: Realm['apis'];
  readonly people?: readonly PersonDocument[];
  readonly clients?: readonly PreregistrationDocument[];
}

/** An open realm with room for many registrations, two APIs, and Ada. */
export const OPEN_SEED: SeedFile = OPEN_REALM;

/** The issuer of a server behind a proxy. Tests reach the server directly, and browsers without scripts accept its cookies. */
export const HOSTED = 'https://id.example';

/** A running server, of which a test also knows the inside. */
export interface TestApp extends Addresses {
  readonly realm: Realm;
  readonly stores: Stores;
  /** Changes the realm of the running server. */
  change(change: (realm: Realm) => Realm): Promise<void>;
  stop(): Promise<void>;
}

export interface OpenAppOptions {
  /** @default a loopback issuer at the port of the server */
  readonly issuer?: string;
  readonly clock?: Clock;
  /** The path of an SQLite file. @default a file that is deleted with the server */
  readonly database?: string;
  readonly trustProxy?: string | number | false;
  /** @default passwords of the people in the database */
  readonly signIn?: SignInMethod;
  /** @default none: all tokens are of this server */
  readonly providerTokens?: TokenProvider;
  /** Fetches keys and documents. @default only from public addresses */
  readonly guardedFetch?: GuardedFetch;
  /** More realms to serve. */
  readonly others?: readonly SeedFile[];
  readonly onEvent?: (event: AuditEvent) => void;
  readonly onError?: (error: unknown) => void;
}

/** Starts a whole server on a free port. It is stopped after the test. */
export async function startApp(seed: SeedFile = OPEN_SEED, options: OpenAppOptions = {}): Promise<TestApp> {
  const app = await openApp(seed, options);
  onTestFinished(() => app.stop());
  return app;
}

/** Starts a whole server on a free port. */
export async function openApp(seed: SeedFile, options: OpenAppOptions = {}): Promise<TestApp> {
  const folder = newFolder();
  const port = await freePort();
  const reached = `http://localhost:${port}`;
  const { issuer = reached, database = join(folder, 'test.db'), others = [], ...more } = options;
  const vestibule = await createVestibule({
    onError: () => undefined,
    onWarning: () => undefined,
    ...more,
    database: { kind: 'sqlite', path: database },
    realms: [seed, ...others].map((one) => newRealm(one, issuer)),
    routesBeside: protectedApi,
    operatorToken: OPERATOR_TOKEN,
  });
  await vestibule.listen({ port, host: issuer === reached ? undefined : '127.0.0.1' });
  const { stores } = vestibule;
  const { id } = seed.realm;
  const realm = await findRealm(stores.realms, id);
  if (realm === undefined) throw new Error(`The realm ${id} was not created.`);
  return {
    realm,
    stores,
    issuer: reached,
    notes: new URL('/mcp', issuer),
    async change(change) {
      const [now, stored] = [await findRealm(stores.realms, id), await stores.realms.find(id)];
      if (now !== undefined && stored !== undefined) {
        await stores.realms.replace(change(now), stored.version);
      }
    },
    async stop() {
      await vestibule.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function newRealm({ realm, apis = [], clients = [], ...others }: SeedFile, issuer: string) {
  const absolute = (uri: string): string => (uri.startsWith('/') ? new URL(uri, issuer).href : uri);
  return {
    ...others,
    realm: { ...realm, issuer: absolute(realm.issuer ?? issuer) },
    apis: apis.map((api) => ({ ...api, resource: absolute(api.resource) })),
    clients: clients.map((client) => ({
      ...client,
      access: client.access.map((one) => ({ ...one, resource: absolute(one.resource) })),
    })),
  };
}

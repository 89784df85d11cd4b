import { newFolder } from '@vestibule/testing/folder';
import type { Addresses } from '@vestibule/testing/oauth';
import { NO_WAIT, OPEN_REALM, OPERATOR_TOKEN } from '@vestibule/testing/open-seed';
import { ADA } from '@vestibule/testing/people';
import { freePort } from '@vestibule/testing/port';
import type { RoutesBeside } from '@vestibule/node';
import type { Config } from '@vestibule/node/environment';
import { createLogger } from '../../src/logger.ts';
import { run, type RunningApp } from '../../src/run.ts';
import type { DatabaseLocation } from '@vestibule/database';
import type { Clock } from '@vestibule/core';
import { completeRealm, type PartialRealmSettings, type Realm } from '@vestibule/core/realm';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { onTestFinished } from 'vitest';

/** A seed in the form that operators write. */
export interface SeedFile {
  readonly realm: {
    readonly id: string;
    readonly name: string;
    readonly issuer?: string;
    readonly settings?: PartialRealmSettings;
  };
  readonly scopes?: readonly object[];
  readonly apis?: readonly object[];
  readonly people?: readonly object[];
  readonly clients?: readonly object[];
}

/** The open realm of all tests, as a seed. */
export const OPEN_SEED: SeedFile = OPEN_REALM;

export { ADA, type Addresses, NO_WAIT, OPERATOR_TOKEN };

export interface TestApp extends RunningApp, Addresses {
  /** Changes the realm while the app runs. */
  change(change: (realm: Realm) => Realm): Promise<void>;
}

/**
 * The reference app on a free port, stopped at the end of the test.
 *
 * @param database an empty one @default one of its own, which is deleted with it
 */
export async function startApp(
  seed: SeedFile = OPEN_SEED,
  clock?: Clock,
  database?: DatabaseLocation,
): Promise<TestApp> {
  const app = await openApp(seed, { ...(clock && { clock }), ...(database && { database }) });
  onTestFinished(() => app.stop());
  return app;
}

/** The issuer of an app behind a proxy. The test browsers have no proxy, and accept its cookies nevertheless. */
export const HOSTED = 'https://id.example';

export interface OpenAppOptions {
  /** Its issuer. @default a loopback issuer, at its port */
  readonly issuer?: string;
  readonly clock?: Clock;
  /** An empty one. @default one of its own, which is deleted with it */
  readonly database?: DatabaseLocation;
  readonly logger?: Logger;
  readonly trustProxy?: Config['trustProxy'];
  /** Where people sign in. @default with passwords */
  readonly upstream?: Config['upstream'];
  /** @default a free one */
  readonly port?: number;
  /** Other realms that it serves. */
  readonly others?: readonly SeedFile[];
  /** What it serves beside its realms. @default the Notes server */
  readonly routesBeside?: RoutesBeside;
}

/** The reference app on a free port, until it is stopped. */
export async function openApp(
  seed: SeedFile,
  {
    clock,
    database,
    logger = createLogger('silent'),
    trustProxy = false,
    others = [],
    routesBeside,
    upstream,
    ...options
  }: OpenAppOptions = {},
): Promise<TestApp> {
  const folder = newFolder();
  const port = options.port ?? (await freePort());
  const reached = `http://localhost:${port}`;
  const { issuer = reached } = options;
  const all = [seed, ...others];
  const seeds = all.map(({ realm }) => join(folder, `${realm.id}.json`));
  for (const [index, file] of seeds.entries()) await writeFile(file, JSON.stringify(all[index]));
  const config = {
    port,
    issuer,
    database: database ?? { kind: 'sqlite', path: join(folder, 'test.db') },
    databaseConnections: 4,
    seeds,
    keyEncryption: { from: 'default' },
    logLevel: 'silent',
    trustProxy,
    operatorToken: OPERATOR_TOKEN,
    ...(upstream !== undefined && { upstream }),
  } as const;
  const app = await run(config, logger, clock, routesBeside);
  return {
    ...app,
    issuer: reached,
    notes: new URL('/mcp', issuer),
    change: async (change) => {
      const realm = await app.stores.realms.find(app.realm.id);
      if (realm !== undefined) await app.stores.realms.replace(change(completeRealm(realm)), realm.version);
    },
    async stop() {
      await app.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

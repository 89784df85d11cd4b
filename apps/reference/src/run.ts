import { type Database, databaseRefused, openDatabase } from '@vestibule/cli';
import {
  type AuditLog,
  type Clock,
  createClientSweeper,
  isStoreUnavailable,
  type Realm,
} from '@vestibule/core';
import type { Stores } from '@vestibule/server';
import type { Logger } from 'pino';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { createMetrics } from './metrics.ts';
import { operatorCheck } from './operator.ts';
import { listen, type Listening } from './listen.ts';
import { hashPassword, passwordAuthenticator } from './password.ts';
import { chooseRealm, type RealmOrigin } from './seed/apply.ts';
import { readSeed } from './seed/read.ts';
import type { Seed } from './seed/schema.ts';
import { clientSweeper, keepSwept } from './sweeping.ts';
import { randomUUID } from 'node:crypto';

/** A reference app that is up. */
export interface RunningApp {
  readonly realm: Realm;
  readonly realmOrigin: RealmOrigin;
  readonly stores: Stores;
  /** Lets answers finish and closes the database. */
  stop(): Promise<void>;
}

/** Starts the reference app. The port comes before the database: a start that has no port leaves nothing behind. */
export async function run(config: Config, logger: Logger, clock: Clock = Date.now): Promise<RunningApp> {
  const seed = config.seed === undefined ? undefined : await readSeed(config.seed, config.issuer);
  const listening = await listen(config);
  try {
    const database = await openDatabase(config.database, config.databaseConnections);
    try {
      return await serve(config, logger, clock, seed, listening, database);
    } catch (error) {
      await database.close();
      throw isStoreUnavailable(error) ? databaseRefused(config.database, error) : error;
    }
  } catch (error) {
    await listening.close();
    throw error;
  }
}

async function serve(
  config: Config,
  logger: Logger,
  clock: Clock,
  seed: Seed | undefined,
  listening: Listening,
  database: Database,
): Promise<RunningApp> {
  const { stores, limiter, ping } = database;
  const { realm, origin, realms } = await chooseRealm(stores, config, seed, hashPassword);
  const isOperator = operatorCheck(config.operatorToken);
  const metrics = createMetrics(isOperator);
  const audit = metrics.counted(logged(stores.audit, logger));
  const app = createApp({
    realm,
    realms,
    stores,
    limiter,
    ping,
    audit,
    isOperator,
    routes: config.operatorToken === undefined ? [] : [metrics.route],
    authenticate: await passwordAuthenticator(stores.people),
    trustProxy: config.trustProxy,
    clock,
    onError: (error, { method, url }) =>
      logger.error({ err: error, method, path: url.split('?', 1)[0] }, 'failed'),
  });
  listening.serve(app);
  const endSweeping = keepSwept({
    sweepers: [
      stores,
      limiter,
      clientSweeper(
        createClientSweeper({
          ...stores,
          realms,
          audit,
          clock,
          holder: randomUUID(),
        }),
        realm.id,
      ),
    ],
    clock,
    onError: (error) => logger.error({ err: error }, 'sweeping failed'),
  });
  return {
    realm,
    realmOrigin: origin,
    stores,
    async stop() {
      endSweeping();
      await listening.close();
      await database.close();
    },
  };
}

/** The audit log, with each event in the process's log too. */
const logged = (audit: AuditLog, logger: Logger): AuditLog => ({
  async record(event) {
    await audit.record(event);
    logger.info(event, event.type);
  },
});

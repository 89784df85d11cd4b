import type { AuditLog, Realm } from '@vestibule/core';
import { createSqliteRateLimiter } from '@vestibule/rate-limit';
import { createSqliteStores, openDatabase, type SqliteStores } from '@vestibule/sqlite';
import type { Logger } from 'pino';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { close, listen } from './listen.ts';
import { hashPassword, passwordAuthenticator } from './password.ts';
import { Refused } from './refused.ts';
import { chooseRealm } from './seed/apply.ts';
import { readSeed } from './seed/read.ts';
import { keepSwept } from './sweeping.ts';

/** A reference app that is up. */
export interface RunningApp {
  readonly realm: Realm;
  readonly stores: SqliteStores;
  /** Whether the realm was made at this start. */
  readonly isNewRealm: boolean;
  /** Lets answers finish and closes the database. */
  stop(): Promise<void>;
}

/** Starts the reference app. */
export async function run(config: Config, logger: Logger): Promise<RunningApp> {
  const seed = config.seed === undefined ? undefined : await readSeed(config.seed, config.issuer);
  const database = open(config.databasePath);
  try {
    const stores = createSqliteStores(database);
    const limiter = createSqliteRateLimiter(database);
    const { realm, isNew } = await chooseRealm(stores, config.issuer, seed, hashPassword);
    const app = createApp({
      realm,
      stores,
      limiter,
      audit: logged(stores.audit, logger),
      authenticate: await passwordAuthenticator(stores.people),
      trustProxy: config.trustProxy,
      onError: (error, { method, url }) =>
        logger.error({ err: error, method, path: url.split('?', 1)[0] }, 'failed'),
    });
    const servers = await listen(app, config);
    const endSweeping = keepSwept({
      sweepers: [stores, limiter],
      onError: (error) => logger.error({ err: error }, 'sweeping failed'),
    });
    return {
      realm,
      stores,
      isNewRealm: isNew,
      async stop() {
        endSweeping();
        await Promise.all(servers.map(close));
        database.close();
      },
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function open(path: string): ReturnType<typeof openDatabase> {
  try {
    return openDatabase({ path });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refused(`DATABASE_URL=sqlite:${path} cannot be opened: ${reason}`);
  }
}

/** The audit log, with each event in the process's log too. */
const logged = (audit: AuditLog, logger: Logger): AuditLog => ({
  async record(event) {
    await audit.record(event);
    logger.info(event, event.type);
  },
});

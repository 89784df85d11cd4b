import { type Clock, isStoreUnavailable, type Realm } from '@vestibule/core';
import { type Database, databaseRefused, openDatabase } from '@vestibule/database';
import {
  createVestibule,
  findKeyCipher,
  forgeableAddresses,
  hashPassword,
  listen,
  type ListenOptions,
  type Vestibule,
} from '@vestibule/node';
import type { Stores } from '@vestibule/server';
import type { Logger } from 'pino';
import { type Config, VARIABLE_NAMES } from '@vestibule/node/environment';
import { refuseDemoPasswords, refuseDemoPeople } from './demo/demo-password.ts';
import { notesRoutes } from './notes/routes.ts';
import { chooseRealms, type RealmOrigin } from './seed/apply.ts';
import { type DescribedRealm, readSeeds } from './seed/read.ts';

/** A running reference app. */
export interface RunningApp {
  readonly realm: Realm;
  /** The other realms that it serves. */
  readonly others: readonly Realm[];
  readonly realmOrigin: RealmOrigin;
  readonly stores: Stores;
  /** Lets responses finish and closes the database. */
  stop(): Promise<void>;
}

/** What names the database, in messages. */
const NAMED_BY = 'DATABASE_URL=';

/** Starts the reference app. It listens before it opens the database, so that a failed start creates no database. */
export async function run(
  config: Config & Pick<ListenOptions, 'timeouts'>,
  logger: Logger,
  clock: Clock = Date.now,
): Promise<RunningApp> {
  const described = await readSeeds(config.seeds, config.issuer);
  refuseDemoPasswords(config, described);
  const issuers = [config.issuer];
  const listening = await listen({ ...config, issuers, names: VARIABLE_NAMES });
  try {
    const database = await openDatabase(config.database, {
      maxConnections: config.databaseConnections,
      namedBy: NAMED_BY,
    });
    try {
      const warning = forgeableAddresses({ ...config, issuers }, VARIABLE_NAMES);
      if (warning !== undefined) logger.warn(warning);
      const { vestibule, ...chosen } = await open(config, logger, clock, described, database);
      listening.serve(vestibule.app);
      return {
        ...chosen,
        stores: vestibule.stores,
        async stop() {
          await listening.close();
          await vestibule.stop();
          await database.close();
        },
      };
    } catch (error) {
      await database.close();
      throw isStoreUnavailable(error) ? databaseRefused(config.database, error, NAMED_BY) : error;
    }
  } catch (error) {
    await listening.close();
    throw error;
  }
}

async function open(
  config: Config,
  logger: Logger,
  clock: Clock,
  described: readonly DescribedRealm[],
  database: Database,
): Promise<Omit<RunningApp, 'stores' | 'stop'> & { readonly vestibule: Vestibule }> {
  const { stores } = database;
  const { issuer, keyEncryption, operatorToken, trustProxy } = config;
  // Checked before a realm is created, so that a refused start stores nothing.
  await findKeyCipher({ ...config, names: VARIABLE_NAMES });
  const { realm, others, origin } = await chooseRealms(stores, config, described, hashPassword);
  await refuseDemoPeople(config, [realm, ...others], stores.people);
  const vestibule = await createVestibule({
    database,
    issuer,
    keyEncryption,
    operatorToken,
    trustProxy,
    clock,
    names: VARIABLE_NAMES,
    routesBeside: notesRoutes,
    onError: (error, { during, ...request }) => logger.error({ err: error, ...request }, `${during} failed`),
    onEvent: (event) => logger.info(event, event.type),
    onWarning: (warning) => logger.warn(warning),
  });
  return { vestibule, realm, others, realmOrigin: origin };
}

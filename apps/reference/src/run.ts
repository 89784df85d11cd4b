import {
  type Clock,
  createClientSweeper,
  isStoreUnavailable,
  type Realm,
  watchedAuditLog,
} from '@vestibule/core';
import { type Database, databaseRefused, openDatabase } from '@vestibule/database';
import {
  checkKeys,
  clientSweeper,
  createAuditLog,
  createMetrics,
  findKeyCipher,
  forgeableAddresses,
  hashPassword,
  keepSwept,
  listen,
  type Listening,
  type ListenOptions,
  loggedPath,
  makeKeyFile,
  omissionRecorder,
  operatorCheck,
  passwordAuthenticator,
  readableByOthers,
  storeSweeper,
} from '@vestibule/node';
import { plainKeys, type Stores } from '@vestibule/server';
import type { Logger } from 'pino';
import { createApp } from './app.ts';
import { type Config, VARIABLE_NAMES } from './config.ts';
import { refuseDemoPasswords, refuseDemoPeople } from './demo/demo-password.ts';
import { chooseRealms, type RealmOrigin } from './seed/apply.ts';
import { type DescribedRealm, readSeeds } from './seed/read.ts';
import { randomUUID } from 'node:crypto';

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
  const listening = await listen({ ...config, names: VARIABLE_NAMES });
  try {
    const database = await openDatabase(config.database, {
      maxConnections: config.databaseConnections,
      namedBy: NAMED_BY,
    });
    try {
      return await serve(config, logger, clock, described, listening, database);
    } catch (error) {
      await database.close();
      throw isStoreUnavailable(error) ? databaseRefused(config.database, error, NAMED_BY) : error;
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
  described: readonly DescribedRealm[],
  listening: Listening,
  database: Database,
): Promise<RunningApp> {
  const { stores, limiter, ping } = database;
  const named = { ...config, names: VARIABLE_NAMES };
  const isFound = (await findKeyCipher(named)) !== undefined;
  if (!isFound && config.database.kind === 'postgres') {
    logger.warn('signing keys are stored unencrypted. Set KEY_ENCRYPTION_KEY to encrypt them');
  }
  const proxyWarning = forgeableAddresses(config, VARIABLE_NAMES);
  if (proxyWarning !== undefined) logger.warn(proxyWarning);
  const { realm, others, origin, realms } = await chooseRealms(stores, config, described, hashPassword);
  // Checked again: another process may have created the file, and keys with it, in the meantime.
  const found = await findKeyCipher(named);
  await checkKeys(stores.keys, [realm, ...others], found ?? plainKeys, VARIABLE_NAMES);
  await refuseDemoPeople(config, [realm, ...others], stores.people);
  const isOperator = operatorCheck(config.operatorToken);
  const metrics = createMetrics(isOperator);
  const bounded = createAuditLog(stores.audit, limiter, (event) => logger.info(event, event.type));
  const audit = watchedAuditLog(bounded, metrics.count);
  const authenticate = await passwordAuthenticator(stores.people);
  const keyCipher = found ?? (await makeKeyFile(config)) ?? plainKeys;
  for (const warning of readableByOthers(config)) logger.warn(warning);
  const app = createApp({
    served: [realm, ...others],
    realms,
    stores,
    keyCipher,
    limiter,
    ping,
    audit,
    isOperator,
    routes: config.operatorToken === undefined ? [] : [metrics.route],
    authenticate,
    trustProxy: config.trustProxy,
    clock,
    onError: (error, { method, url }) =>
      logger.error({ err: error, method, path: loggedPath(url) }, 'request failed'),
  });
  listening.serve(app);
  const clientSweeping = createClientSweeper({ ...stores, realms, audit, clock, holder: randomUUID() });
  const endSweeping = keepSwept({
    sweepers: [
      storeSweeper(stores),
      limiter,
      omissionRecorder(bounded),
      ...[realm, ...others].map(({ id }) => clientSweeper(clientSweeping, id)),
    ],
    clock,
    onError: (error) => logger.error({ err: error }, 'sweeping failed'),
  });
  return {
    realm,
    others,
    realmOrigin: origin,
    stores,
    async stop() {
      endSweeping();
      await listening.close();
      await bounded
        .recordOmitted(clock())
        .catch((error: unknown) => logger.error({ err: error }, 'recording omitted audit events failed'));
      await database.close();
    },
  };
}

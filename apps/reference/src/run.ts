import { type Clock, isStoreUnavailable } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { type Database, databaseRefused, openDatabase, reasonOf, Refused } from '@vestibule/database';
import { notesRoutes } from '@vestibule/example-notes';
import {
  createVestibule,
  lazyGuardedFetch,
  listen,
  type ListenOptions,
  type RoutesBeside,
  type Vestibule,
} from '@vestibule/node';
import { type Config, type UpstreamConfig, VARIABLE_NAMES } from '@vestibule/node/environment';
import type { SignInMethod, Stores } from '@vestibule/server';
import type { Logger } from 'pino';
import { refuseDemoPasswords, refuseDemoPeople } from './demo/demo-password.ts';
import { type DescribedRealm, readSeeds } from './seeds.ts';

/** A running reference app. */
export interface RunningApp {
  readonly realm: Realm;
  /** The other realms that it serves. */
  readonly others: readonly Realm[];
  /** The origin of the realm: created from a seed at this start, read from the database, or the empty realm. */
  readonly realmOrigin: 'seed' | 'database' | 'nowhere';
  readonly stores: Stores;
  /** Lets responses finish and closes the database. */
  stop(): Promise<void>;
}

/** What names the database, in messages. */
const NAMED_BY = 'DATABASE_URL=';

/**
 * Starts the reference app. It listens before it opens the database, so that a failed start creates no database.
 *
 * @param routesBeside what is served beside the authorization servers: the Notes server, and in the demo a front page
 */
export async function run(
  config: Config & Pick<ListenOptions, 'timeouts'>,
  logger: Logger,
  clock: Clock = Date.now,
  routesBeside: RoutesBeside = notesRoutes,
): Promise<RunningApp> {
  const described = await readSeeds(config.seeds, config.issuer);
  await refuseDemoPasswords(config, described);
  const onWarning = (warning: string): void => logger.warn(warning);
  const issuers = [config.issuer];
  const listening = await listen({ ...config, issuers, onWarning, names: VARIABLE_NAMES });
  try {
    const database = await openDatabase(config.database, {
      maxConnections: config.databaseConnections,
      namedBy: NAMED_BY,
    });
    try {
      const { vestibule, ...realms } = await open(
        config,
        logger,
        { clock, routesBeside },
        described,
        database,
      );
      listening.serve(vestibule.listener);
      return {
        ...realms,
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
  { clock, routesBeside }: { readonly clock: Clock; readonly routesBeside: RoutesBeside },
  described: readonly DescribedRealm[],
  database: Database,
): Promise<Omit<RunningApp, 'stores' | 'stop'> & { readonly vestibule: Vestibule }> {
  const { issuer, keyEncryption, operatorToken, trustProxy, fetchAllow = [] } = config;
  const { realms, people } = database.stores;
  const seeds = described.map(({ document }) => document);
  const before = await realms.list();
  // Checked before a realm is created, so that a refused start stores nothing.
  await refuseDemoPeople(config, [...before, ...seeds.map((seed) => seed.realm)], people);
  const vestibule = await createVestibule({
    database,
    realms: seeds,
    issuer,
    keyEncryption,
    operatorToken,
    trustProxy,
    ...(config.upstream !== undefined && { signIn: await signInAt(config.upstream, fetchAllow, logger) }),
    guardedFetch: lazyGuardedFetch({ allowOperators: fetchAllow }),
    clock,
    names: VARIABLE_NAMES,
    routesBeside,
    onWarning: (warning) => logger.warn(warning),
    onError: (error, { during, ...request }) => logger.error({ err: error, ...request }, `${during} failed`),
    onEvent: (event) => logger.info(event, event.type),
  });
  const all = await vestibule.realms();
  const isFirst = ({ id }: Realm): boolean => id === seeds[0]?.realm.id;
  const realm = all.find((one) => one.issuer === issuer) ?? all.find(isFirst) ?? all[0];
  if (realm === undefined) {
    await vestibule.stop();
    throw new Refused('No realm can be served. The log says why.');
  }
  const has = (list: readonly { readonly id: string }[]): boolean => list.some(({ id }) => id === realm.id);
  const realmOrigin = has(before) ? 'database' : has(seeds.map((seed) => seed.realm)) ? 'seed' : 'nowhere';
  return { vestibule, realm, others: all.filter(({ id }) => id !== realm.id), realmOrigin };
}

/**
 * Sign-in at the OpenID provider of the configuration. Loaded only for that.
 *
 * @throws Refused if the variables do not fit the kind of provider
 */
async function signInAt(
  { preset = 'openid', ...upstream }: UpstreamConfig,
  allowNetworks: readonly string[],
  logger: Logger,
): Promise<SignInMethod> {
  const { isPresetName, PRESETS, signInUpstream } = await import('@vestibule/upstream');
  if (!isPresetName(preset)) {
    throw new Refused(`UPSTREAM_PRESET=${preset} must be one of ${Object.keys(PRESETS).join(', ')}`);
  }
  const onFailure = ({ rule, detail }: { readonly rule: string; readonly detail: string }): void =>
    logger.warn({ rule, detail }, 'a sign-in at the provider failed');
  try {
    return signInUpstream({ ...upstream, preset, allowNetworks, onFailure });
  } catch (error) {
    throw new Refused(`The UPSTREAM_ variables are refused. ${reasonOf(error)}`);
  }
}

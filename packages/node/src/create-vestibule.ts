import { createPages } from '@vestibule/consent-ui';
import { checkOptions, createClientSweeper, isStoreUnavailable, type OptionTable } from '@vestibule/core';
import { watchedAuditLog } from '@vestibule/core/audit';
import type { Realm } from '@vestibule/core/realm';
import { databaseRefused, openDatabase, reasonOf } from '@vestibule/database';
import { createSitesRouter } from '@vestibule/express';
import type { Endpoint } from '@vestibule/http';
import { createProviderTokenSweeper, plainKeys, type Stores, passwords } from '@vestibule/server';
import type { Express, RequestHandler } from 'express';
import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import type { OnVestibuleError } from './error-context.ts';
import { createApps } from './express-app.ts';
import { createFetchEndpoint } from './fetch-endpoint.ts';
import { checkKeys, findKeyCipher, makeKeyFile } from './keys/find-key-cipher.ts';
import { listen, type Listening, type ListenOptions } from './listening/listen.ts';
import { lazyGuardedFetch } from './lazy-guarded-fetch.ts';
import { loggedPath } from './logged-path.ts';
import { operatorCheck } from './operator-token.ts';
import { checkProviderTokens } from './provider-tokens.ts';
import { passwordAuthenticator } from './passwords.ts';
import { createRealms, requireIssuer } from './realms/create-realms.ts';
import { realmRoutes } from './realms/realm-routes.ts';
import { realmsOrEmpty } from './realms/realms-or-empty.ts';
import { followRealms } from './realms/served-realms.ts';
import { OPTION_NAMES } from './setting-names.ts';
import type { Metrics } from './upkeep/metrics.ts';
import { createAuditLog } from './upkeep/process-audit-log.ts';
import { clientSweeper, keepSwept, omissionRecorder, storeSweeper } from './upkeep/sweeping.ts';
import { checkVestibuleOptions, type GivenStores, type VestibuleOptions } from './vestibule-options.ts';
import { readableByOthers } from './warnings/readable-by-others.ts';

/** A Vestibule that works: it can be mounted, called or made to listen. */
export interface Vestibule {
  /** The stores of the database. */
  readonly stores: Stores;
  /** The realms that are served now. A realm that an operator adds to the database is served a second later. */
  realms(): Promise<readonly Realm[]>;
  /**
   * Serves the realms for any server that speaks `Request` and `Response`. Returns `undefined` for a path that no realm has.
   */
  readonly handle: Endpoint;
  /**
   * Serves the realms inside an Express app and passes other paths on. Mount it at the root, because issuers are whole URLs,
   * and before body parsers.
   */
  readonly router: RequestHandler;
  /** An Express app with the realms, `/healthz`, `/readyz`, and responses to unknown paths and failures. */
  readonly app: Express;
  /** What `app` does, for `http.createServer`: requests to the realms do not pass through Express, which takes less time. */
  readonly listener: RequestListener;
  /**
   * Listens with the app. `stop` ends it.
   *
   * @throws TypeError that names each option that is unknown, missing or has the wrong type
   * @throws Refused if the port is in use or not permitted, or the address is not one of this computer
   */
  listen(options: VestibuleListenOptions): Promise<Listening>;
  /** Ends sweeping, lets responses finish, and closes the database unless it was given open. */
  stop(): Promise<void>;
}

/** Where and how to listen. For loopback issuers only loopback addresses are used unless `host` is set. */
export type VestibuleListenOptions = Pick<ListenOptions, 'port' | 'host' | 'timeouts'>;

/** A misspelt `host` would listen on all addresses. */
const LISTEN_OPTIONS: OptionTable<VestibuleListenOptions> = {
  port: 'whole number',
  host: 'string?',
  timeouts: 'object?',
};

/**
 * Creates a whole server: all realms of a database, each an authorization server with dynamic client registration and pages, and
 * what they need while they run: key encryption, sweeping, a bounded audit log, metrics and health checks.
 *
 * @throws TypeError that names each option that is unknown, missing or has the wrong type
 * @throws Refused if the database or the key encryption cannot be used
 * @example
 * ```ts
 * import { createVestibule } from '@vestibule/node';
 *
 * const issuer = 'http://localhost:4000';
 * const settings = { registration: { open: true } };
 * const vestibule = await createVestibule({
 *   database: 'sqlite:./vestibule.db',
 *   realms: [{ realm: { id: 'main', name: 'Acme', issuer, settings } }],
 * });
 * await vestibule.listen({ port: 4000 });
 * ```
 */
export async function createVestibule(options: VestibuleOptions): Promise<Vestibule> {
  checkVestibuleOptions(options);
  const { database } = options;
  if (typeof database !== 'string' && 'stores' in database) {
    return assemble(options, database, async () => undefined);
  }
  const opened = await openDatabase(database);
  try {
    return await assemble(options, opened, opened.close);
  } catch (error) {
    await opened.close();
    throw isStoreUnavailable(error) ? databaseRefused(opened.location, error) : error;
  }
}

async function assemble(
  options: VestibuleOptions,
  { stores, limiter, location, ping = readRealms(stores) }: GivenStores,
  closeDatabase: () => Promise<void>,
): Promise<Vestibule> {
  const { issuer, trustProxy = false, operatorToken, keyEncryption = { from: 'default' } } = options;
  const { pages = createPages(), clock = Date.now, names = OPTION_NAMES } = options;
  const { onEvent = ignore, onError = printError, onWarning = warnProcess } = options;
  const { routesBeside = noRoutes, guardedFetch = lazyGuardedFetch() } = options;
  const onRequestError = (error: unknown, { method, url }: RequestLine): void =>
    onError(error, { during: 'request', method, path: loggedPath(url) });

  const realms = realmsOrEmpty(stores.realms, issuer);
  const keys = { keyEncryption, database: location, names };
  const found = await findKeyCipher(keys);
  if (found === undefined && location?.kind !== 'sqlite') {
    onWarning(`signing keys are stored unencrypted. Set ${names.keySecrets} to encrypt them`);
  }
  const newRealms = options.realms ?? [];
  const bounded = createAuditLog(stores, onEvent);
  await createRealms(stores, newRealms, { clock, audit: bounded, names });
  if (issuer !== undefined && newRealms.length === 0) await requireIssuer(stores, issuer, names);
  await checkKeys(stores.keys, await realms.list(), found ?? plainKeys, names);
  const keyCipher = found ?? (await makeKeyFile(keys)) ?? plainKeys;
  for (const warning of readableByOthers(keys)) onWarning(warning);

  const providerTokens = checkProviderTokens(options.providerTokens, {
    stores,
    realms: await realms.list(),
    keyCipher,
    names,
  });

  const isOperator = operatorCheck(operatorToken);
  const metrics = operatorToken === undefined ? undefined : await openMetrics(isOperator);
  const audit = metrics === undefined ? bounded : watchedAuditLog(bounded, metrics.count);
  const served = followRealms({
    realms,
    routesOf: realmRoutes({
      realms,
      stores,
      limiter,
      audit,
      signIn: options.signIn ?? passwords({ authenticate: passwordAuthenticator(stores.people) }),
      keyCipher,
      providerTokens,
      pages,
      isOperator,
      clock,
      onError: onRequestError,
      guardedFetch,
      onFetchError: (error) => onError(error, { during: 'fetching a metadata document' }),
      routesBeside,
    }),
    routesOfOrigin: metrics === undefined ? [] : [metrics.route],
    clock,
    onError: (error) => onError(error, { during: 'following realms' }),
  });
  await served();

  const router = createSitesRouter({ sites: async () => (await served()).sites });
  const { app, listener } = createApps({ served, router, pages, ping, trustProxy, onError: onRequestError });
  const clients = createClientSweeper({ ...stores, realms, audit, clock, holder: randomUUID() });
  const endSweeping = keepSwept({
    sweepers: async () => [
      storeSweeper(stores),
      limiter,
      omissionRecorder(bounded),
      ...(await realms.list()).map(({ id }) => clientSweeper(clients, id)),
      ...(providerTokens === undefined
        ? []
        : (await realms.list()).map(({ id }) =>
            createProviderTokenSweeper({
              ...providerTokens,
              realm: id,
              keyCipher,
              clock,
              onError: (error) => onError(error, { during: 'revoking tokens of the provider' }),
            }),
          )),
    ],
    clock,
    onError: (error) => onError(error, { during: 'sweeping' }),
  });

  const listenings: Listening[] = [];
  return {
    stores,
    realms: async () => (await served()).realms,
    handle: createFetchEndpoint(served),
    router,
    app,
    listener,
    async listen(listenOptions) {
      checkOptions('listen', listenOptions, LISTEN_OPTIONS);
      const { port, host, timeouts = {} } = listenOptions;
      const issuers = (await served()).realms.map((realm) => realm.issuer);
      const listening = await listen({ port, host, timeouts, names, issuers, trustProxy, onWarning });
      listenings.push(listening);
      listening.serve(listener);
      return listening;
    },
    async stop() {
      endSweeping();
      await Promise.all(listenings.map((listening) => listening.close()));
      await bounded
        .recordOmitted(clock())
        .catch((error: unknown) => onError(error, { during: 'recording omitted audit events' }));
      await closeDatabase();
    },
  };
}

/** Loaded only if an operator's programs can read metrics. */
async function openMetrics(isOperator: (token: string) => Promise<boolean>): Promise<Metrics> {
  const { createMetrics } = await import('./upkeep/metrics.ts');
  return createMetrics(isOperator);
}

/** The parts of a request that are logged. */
interface RequestLine {
  readonly method: string;
  readonly url: string;
}

const ignore = (): void => undefined;
const noRoutes = (): readonly [] => [];
const readRealms = (stores: Stores) => async (): Promise<void> => void (await stores.realms.list());
const warnProcess = (warning: string): void => process.emitWarning(warning, { code: 'VESTIBULE' });
const printError: OnVestibuleError = (error, context) => {
  const what = context.during === 'request' ? `${context.method} ${context.path}` : context.during;
  process.stderr.write(`Vestibule failed at ${what}: ${reasonOf(error)}\n`);
};

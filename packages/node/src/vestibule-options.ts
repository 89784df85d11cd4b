import type { GuardedFetch } from '@vestibule/cimd';
import { checkOptions, type Clock, type OptionTable } from '@vestibule/core';
import type { AuditEvent } from '@vestibule/core/audit';
import type { Database, DatabaseLocation } from '@vestibule/database';
import type { SignInMethod, Pages, TokenProvider } from '@vestibule/server';
import type { OnVestibuleError } from './error-context.ts';
import type { KeyEncryption } from './keys/key-encryption.ts';
import type { NewRealm } from './realms/parse-new-realm.ts';
import type { RoutesBeside } from './realms/realm-routes.ts';
import type { SettingNames } from './setting-names.ts';

/** Stores and a rate limiter; for example those of an open database. */
export type GivenStores = Pick<Database, 'stores' | 'limiter'> & Partial<Pick<Database, 'location' | 'ping'>>;

/** Options of `createVestibule`. */
export interface VestibuleOptions {
  /**
   * The database: its URL, such as `sqlite:./vestibule.db` or `postgres://user:password@host/database`, its location, or
   * stores. Stores that are given are not closed by `stop`.
   */
  readonly database: string | DatabaseLocation | GivenStores;
  /**
   * Realms to create if the database does not have them. Every realm of the database is served, also others and those that
   * are added later.
   *
   * @default none
   */
  readonly realms?: readonly NewRealm[];
  /**
   * The issuer of the realm that is served while the database has none: it has closed gates and no people, and is not
   * stored. If the database has realms and `realms` is empty, one of them must have this issuer.
   *
   * @default none: nothing but health checks responds
   */
  readonly issuer?: string;
  /**
   * How people sign in. A method that sends them to a page of your application gets `finishSignIn` of the server in
   * `routesBeside`.
   *
   * @default by the passwords of the people in the database
   */
  readonly signIn?: SignInMethod;
  /**
   * A provider whose tokens some APIs accept, instead of those of this server: `providerTokens()` of `@vestibule/upstream`. Its tokens
   * are stored under `keyEncryption`, which a database other than SQLite has to have for it.
   *
   * @default none: all tokens are of this server
   */
  readonly providerTokens?: TokenProvider;
  /** Renders pages. @default the pages of `@vestibule/consent-ui` */
  readonly pages?: Pages;
  /** Routes beside those of each realm, for example of an API in the same process. @default none */
  readonly routesBeside?: RoutesBeside;
  /**
   * Where the secret is that encrypts signing keys in the database.
   *
   * @default a file beside a SQLite database, created at the first start; keys in other databases are not encrypted
   */
  readonly keyEncryption?: KeyEncryption;
  /**
   * Fetches all that the server gets from other hosts: the metadata documents of clients, and the keys at the `jwksUri` of
   * pre-registered clients and of statement issuers. For keys on a host inside your network, give
   * `createGuardedFetch({ allowOperators: ['10.0.0.0/8'] })`.
   *
   * @default `createGuardedFetch()` of `@vestibule/cimd/node`, which connects to public addresses only
   */
  readonly guardedFetch?: GuardedFetch;
  /**
   * The bearer token that an operator's programs present for previews of registrations and for `/metrics`.
   *
   * @default none: previews and metrics are off
   */
  readonly operatorToken?: string | undefined;
  /**
   * Proxies whose `X-Forwarded-For` is trusted, as a number or as addresses. `router` uses the setting of the app that
   * mounts it instead.
   *
   * @default false
   */
  readonly trustProxy?: string | number | false;
  /** Called with each error that is a bug or an outage. @default writes a line to standard error */
  readonly onError?: OnVestibuleError;
  /** Called with each audit event, also with those that the bounded audit log omits. @default nothing */
  readonly onEvent?: (event: AuditEvent) => void;
  /** Called with each warning for the operator. @default emits a process warning */
  readonly onWarning?: (warning: string) => void;
  /** The current time. @default `Date.now` */
  readonly clock?: Clock;
  /** What messages call the settings. @default the names of these options */
  readonly names?: SettingNames;
}

const OPTIONS: OptionTable<VestibuleOptions> = {
  database: 'string | object',
  realms: 'list?',
  issuer: 'url?',
  signIn: 'begin()?',
  providerTokens: 'complete()?',
  pages: 'signIn()?',
  routesBeside: 'function?',
  keyEncryption: 'object?',
  guardedFetch: 'fetch()?',
  operatorToken: 'string?',
  trustProxy: 'string | whole number | false?',
  onError: 'function?',
  onEvent: 'function?',
  onWarning: 'function?',
  clock: 'function?',
  names: 'object?',
};

const KEY_SOURCES = {
  secrets: true,
  file: true,
  default: true,
} as const satisfies Record<KeyEncryption['from'], true>;

/**
 * Checks the options and the source of key encryption. A misspelled one would store signing keys unencrypted.
 *
 * @throws TypeError that names each option that is unknown, missing or has the wrong type
 */
export function checkVestibuleOptions(options: VestibuleOptions): void {
  checkOptions('createVestibule', options, OPTIONS);
  const { keyEncryption } = options;
  if (keyEncryption !== undefined && !Object.hasOwn(KEY_SOURCES, keyEncryption.from)) {
    throw new TypeError(`keyEncryption.from must be one of ${Object.keys(KEY_SOURCES).join(', ')}.`);
  }
}

import type {
  AuditLog,
  ClientSealer,
  ClientSource,
  Clock,
  DocumentClients,
  GenerateToken,
  OptionTable,
  RateLimiter,
  RealmDirectory,
} from '@vestibule/core';
import type { ClientRules } from '@vestibule/core/policy';
import type { AssertionOptions } from '@vestibule/assertions';
import type { Endpoint, OnError } from '@vestibule/http';
import type { KeyCipher } from './key/key-cipher.ts';
import type { Pages } from './pages/pages.ts';
import type { SignInMethod } from './sign-in/sign-in-method.ts';
import type { ProviderTokenOptions } from './provider-tokens/provider-token-options.ts';
import type { ServerStores } from './ports/stores.ts';

/** An authorization server. `policy` and `vendors` judge hibernated and expired clients; give those of the registrar. */
export interface AuthorizationServerOptions extends ClientRules {
  /** The id of the realm. */
  readonly realm: string;
  /** The issuer identifier of the realm. Every URL is made from it, never from a request. */
  readonly issuer: string;
  readonly realms: RealmDirectory;
  /**
   * Where clients are found. What is recorded about them, and what restores an expired one, is in the stores.
   *
   * @default `storedClients(stores.clients)`, and with `sealer` also the clients that are not stored yet
   */
  readonly clients?: ClientSource;
  readonly stores: ServerStores;
  /** How people sign in: `passwords({ authenticate })`, or a method of your own. */
  readonly signIn: SignInMethod;
  /** The pages for people. */
  readonly pages: Pages;
  readonly limiter: RateLimiter;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly generateToken: GenerateToken;
  /**
   * Encrypts private keys in the database.
   *
   * @default they are stored without encryption
   */
  readonly keyCipher?: KeyCipher;
  /**
   * Opens clients that are not stored yet: that of the registrar.
   *
   * @default only stored clients are found
   */
  readonly sealer?: ClientSealer | undefined;
  /**
   * Fetches the documents of clients whose `client_id` is a URL, and those that verify registered clients:
   * `createMetadataDocuments()` of `@vestibule/cimd`.
   *
   * @default no client can be described or verified by a document
   */
  readonly metadataDocuments?: DocumentClients | undefined;
  /**
   * Called with every exception. The response has no details. With a loopback issuer the path of a page is a secret: a log
   * must omit what follows `/connect/at/`.
   */
  readonly onError: OnError;
  /**
   * A provider whose tokens some APIs accept, instead of those of this server. Needs `keyCipher`.
   *
   * @default none: all tokens are of this server
   */
  readonly providerTokens?: ProviderTokenOptions;
  /**
   * The client registration endpoint. With it the server has a route for it, and the metadata names it while registration is
   * open.
   *
   * @default no client can register
   */
  readonly registration?: Endpoint;
  /**
   * The client configuration endpoint, where clients manage their registration. Only together with `registration`.
   *
   * @default no client can manage its registration
   */
  readonly management?: Endpoint;
  /**
   * Further paths, from the root of the issuer's host, at which the token endpoint responds. `/token` is the default of MCP
   * 2025-03-26, which clients use if they have lost the metadata after a restart.
   *
   * @default none
   * @see {@link
   * https://modelcontextprotocol.io/specification/2025-03-26/basic/authorization#2-3-3-fallbacks-for-servers-without-metadata-discovery
   * MCP 2025-03-26 §2.3.3}
   */
  readonly tokenAliases?: readonly string[];
  /**
   * Fetches the keys of pre-registered clients from the address in their settings: `createGuardedFetch()` of
   * `@vestibule/cimd/node`.
   *
   * @default none: clients with such an address cannot authenticate
   */
  readonly fetch?: AssertionOptions['fetch'];
}

/** What each option of an authorization server must be. */
export const SERVER_OPTIONS: OptionTable<AuthorizationServerOptions> = {
  realm: 'string',
  issuer: 'url',
  realms: 'find()',
  clients: 'find()?',
  stores: 'object',
  signIn: 'begin()',
  pages: 'signIn()',
  limiter: 'consume()',
  audit: 'record()',
  clock: 'function',
  generateToken: 'function',
  keyCipher: 'encrypt()?',
  sealer: 'open()?',
  metadataDocuments: 'obtain()?',
  providerTokens: 'object?',
  onError: 'function',
  registration: 'function?',
  management: 'function?',
  tokenAliases: 'list?',
  fetch: 'fetch()?',
  policy: 'apply()?',
  vendors: 'list?',
};

/** The stores of an authorization server. The object may have others as well. */
export const SERVER_STORES: OptionTable<ServerStores> = {
  clients: 'find()',
  interactions: 'object',
  codes: 'object',
  grants: 'object',
  sessions: 'object',
  finishedSignIns: 'object',
  keys: 'list()',
  people: 'findBySubject()',
  pushedRequests: 'object',
  replays: 'object',
  revokedTokens: 'object',
  commit: 'function',
};

import type {
  AuditLog,
  ClientResolver,
  Clock,
  GenerateToken,
  RateLimiter,
  RealmDirectory,
} from '@vestibule/core';
import type { AssertionOptions } from '@vestibule/assertions';
import type { Endpoint, OnError } from '@vestibule/http';
import type { KeyCipher } from './key/key-cipher.ts';
import type { Pages } from './pages/pages.ts';
import type { Authenticate } from './person/authenticate.ts';
import type { SignInQueue } from './sign-in/sign-in-queue.ts';
import type { ServerStores } from './ports/stores.ts';

export interface AuthorizationServerOptions {
  /** The id of the realm it serves. */
  readonly realm: string;
  /** The realm's issuer identifier: every address is made from it, none from a request. */
  readonly issuer: string;
  readonly realms: RealmDirectory;
  readonly clients: ClientResolver;
  readonly stores: ServerStores;
  /** Says who a person is. */
  readonly authenticate: Authenticate;
  /**
   * Where attempts to sign in wait for one another. Realms that one process serves share one.
   *
   * @default one of its own, as `createSignInQueue()` makes it
   */
  readonly signInQueue?: SignInQueue;
  /** What people see. */
  readonly pages: Pages;
  readonly limiter: RateLimiter;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly generateToken: GenerateToken;
  /**
   * Keeps the private halves of signing keys unreadable in the database.
   *
   * @default none: they are kept as they are
   */
  readonly keyCipher?: KeyCipher;
  /**
   * Told of every exception. The person or program gets a bare answer. With a loopback issuer the path of a page is a
   * secret: a log must leave out what follows `/connect/at/`.
   */
  readonly onError: OnError;
  /**
   * The client registration endpoint. With it the server has a route for it, and the metadata names it while the
   * realm's door is open.
   *
   * @default none: nobody can register here
   */
  readonly registration?: Endpoint;
  /**
   * The client configuration endpoint, where clients manage their own registration. Only beside registration.
   *
   * @default none: nobody manages themselves here
   */
  readonly management?: Endpoint;
  /**
   * Further paths, from the root of the issuer's host, at which the token endpoint responds. `/token` is the default of MCP
   * 2025-03-26, which clients use after a restart in which they lost the metadata.
   *
   * @default none
   * @see {@link https://modelcontextprotocol.io/specification/2025-03-26/basic/authorization#2-3-3-fallbacks-for-servers-without-metadata-discovery MCP 2025-03-26 §2.3.3}
   */
  readonly tokenAliases?: readonly string[];
  /**
   * Fetches the keys of clients that an operator made, where their settings name an address for them. It has to heed the
   * `signal` and the `redirect` that it is given.
   *
   * @default the global `fetch`
   */
  readonly fetch?: AssertionOptions['fetch'];
}

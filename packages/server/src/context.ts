import type {
  AuditEvent,
  AuditLog,
  ClientResolver,
  Clock,
  Entropy,
  RateLimiter,
  Realm,
  RealmDirectory,
} from '@vestibule/core';
import type { RequestInfo } from '@vestibule/http';
import type { Capabilities } from './capabilities.ts';
import type { AuthorizationCode } from './code/authorization-code.ts';
import type { OneTimeStore } from './code/one-time-store.ts';
import type { GrantStore } from './grant/grant-store.ts';
import type { Keyring } from './key/keyring.ts';
import type { Pages } from './pages/pages.ts';
import type { SessionStore } from './session/session.ts';
import type { Authenticate } from './sign-in/authenticate.ts';
import type { TransactionStore } from './transaction/transaction-store.ts';

/** What every endpoint of one realm's authorization server works with. */
export interface ServerContext {
  /** The realm's id. */
  readonly realm: string;
  readonly issuer: string;
  readonly realms: RealmDirectory;
  readonly clients: ClientResolver;
  readonly transactions: TransactionStore;
  readonly codes: OneTimeStore<AuthorizationCode>;
  readonly grants: GrantStore;
  readonly sessions: SessionStore;
  readonly keyring: Keyring;
  readonly authenticate: Authenticate;
  readonly pages: Pages;
  readonly limiter: RateLimiter;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly capabilities: Capabilities;
}

/** The realm as it is now. One that is gone is an outage: somebody took it away under a running server. */
export async function currentRealm({ realm, realms }: ServerContext): Promise<Realm> {
  const found = await realms.find(realm);
  if (found === undefined) throw new Error(`There is no realm ${realm}.`);
  return found;
}

type Unplaced<Event> = Event extends unknown ? Omit<Event, 'realm' | 'at' | 'ip'> : never;

/** Takes an event down, with where and when. */
export function record(
  context: ServerContext,
  { ip }: RequestInfo,
  event: Unplaced<AuditEvent>,
): Promise<void> {
  return context.audit.record({ ...event, realm: context.realm, at: context.clock(), ip });
}

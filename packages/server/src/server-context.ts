import type { SignatureCheck } from '@vestibule/assertions';
import { type AuditEvent, type AuditFacts, findRealm, type Realm } from '@vestibule/core';
import type { RequestInfo } from '@vestibule/http';
import type { Capabilities } from './capabilities.ts';
import type { Keyring } from './key/keyring.ts';
import type { RequestLimits } from './limits/request-limits.ts';
import type { AuthorizationServerOptions } from './options.ts';
import type { SignInQueue } from './sign-in/sign-in-queue.ts';
import type { ServerStores } from './ports/stores.ts';

/** What every endpoint of one realm's authorization server works with. */
export interface ServerContext
  extends
    Pick<AuthorizationServerOptions, 'realm' | 'issuer' | 'realms' | 'clients' | 'authenticate' | 'pages'>,
    Pick<AuthorizationServerOptions, 'limiter' | 'audit' | 'clock' | 'entropy' | 'tokenAliases'>,
    Omit<ServerStores, 'keys'> {
  readonly keyring: Keyring;
  readonly signInQueue: SignInQueue;
  readonly requestLimits: RequestLimits;
  /** Checks what clients sign. */
  readonly signatures: SignatureCheck;
  readonly capabilities: Capabilities;
}

/**
 * The realm as it is now.
 *
 * @throws Error where it is gone, or has another issuer than this server: an outage, made under a running server
 */
export async function currentRealm({ realm: id, issuer, realms }: ServerContext): Promise<Realm> {
  const realm = await findRealm(realms, id);
  if (realm === undefined) throw new Error(`There is no realm ${id}.`);
  if (realm.issuer !== issuer) {
    throw new Error(`The realm ${id} has the issuer ${realm.issuer}, not ${issuer}.`);
  }
  return realm;
}

/** An event of this realm and moment, caused by a request. */
export const eventOf = <Facts extends AuditFacts>(
  context: ServerContext,
  { ip }: RequestInfo,
  event: Facts,
): Facts & Pick<AuditEvent, 'realm' | 'at' | 'ip'> => ({
  ...event,
  realm: context.realm,
  at: context.clock(),
  ip,
});

/** Records an event, with where and when. */
export const record = (context: ServerContext, info: RequestInfo, event: AuditFacts): Promise<void> =>
  context.audit.record(eventOf(context, info, event));

import { type Client, registrationOf } from '../client/client.ts';
import { type ExpiredClient, isExpired } from '../client/expired-client.ts';
import { isSealed } from '../client/sealed-client.ts';
import type { Lifecycle } from '../realm/settings.ts';
import { after, type Instant } from '../time.ts';

/** The state of a client at a time. */
export type Life =
  | { readonly state: 'awake' }
  /** The client was not used for a long time. A person's approval reactivates it. */
  | { readonly state: 'asleep'; readonly since: Instant }
  /** The client has expired, whether a sweep has deleted it or not. */
  | { readonly state: 'gone'; readonly reason: 'unused' | 'asleep' }
  /** An operator blocked the client. It stays blocked until an operator unblocks it. */
  | { readonly state: 'blocked' };

/**
 * Computes the state of a client from its record and the current periods of the realm. It depends on the time only, so it is
 * the same on every node and does not wait for a sweep. Only dynamic clients age: the source of a document decides how long
 * the document counts, and only an operator deletes a pre-registered client.
 */
export function lifeOf(
  client: Client | ExpiredClient,
  { unused, dormant, asleep }: Pick<Lifecycle, 'unused' | 'dormant' | 'asleep'>,
  now: Instant,
): Life {
  if (client.blockedAt !== undefined) return { state: 'blocked' };
  if (client.kind !== 'dynamic') return { state: 'awake' };
  if (isExpired(client)) return { state: 'gone', reason: 'unused' };
  if (isSealed(client)) {
    return client.expiresAt <= now ? { state: 'gone', reason: 'unused' } : { state: 'awake' };
  }
  if (client.lastUsedAt === undefined) {
    return after(client.issuedAt, unused) <= now ? { state: 'gone', reason: 'unused' } : { state: 'awake' };
  }
  const since = client.registration.hibernatedAt ?? after(client.lastUsedAt, dormant);
  if (since > now) return { state: 'awake' };
  return after(since, asleep) <= now ? { state: 'gone', reason: 'asleep' } : { state: 'asleep', since };
}

/**
 * Whether a person's approval can still restore a dynamic client that expired unused, swept or not. Does not check anything
 * else: a client that is used, blocked or hibernated has not expired unused.
 */
export function isRestorable(
  client: Client | ExpiredClient,
  { unused, restorable, restorableClients }: Pick<Lifecycle, 'unused' | 'restorable' | 'restorableClients'>,
  now: Instant,
): boolean {
  const expiredAt = isExpired(client) ? client.expiredAt : after(client.issuedAt, unused);
  return (
    client.kind === 'dynamic' &&
    !isSealed(client) &&
    restorableClients > 0 &&
    now < after(expiredAt, restorable)
  );
}

/** The shortest time between two recorded uses of a client, in seconds; its periods are in days. */
const NOTED_EVERY = 3_600;

/** Whether a use is to be recorded: the first, one that reactivates the client, and then one per hour. */
export function isWorthNoting(
  client: Client,
  { dormant }: Pick<Lifecycle, 'dormant'>,
  now: Instant,
): boolean {
  const { lastUsedAt } = client;
  if (lastUsedAt === undefined || registrationOf(client).hibernatedAt !== undefined) return true;
  return after(lastUsedAt, Math.min(NOTED_EVERY, dormant / 10)) <= now;
}

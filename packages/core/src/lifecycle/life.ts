import type { ExpiredClient } from '../client/expired-client.ts';
import type { StoredClient } from '../client/stored-client.ts';
import type { Lifecycle } from '../realm/settings.ts';
import { after, type Instant } from '../time.ts';

/** Where a client stands in its life at a moment. */
export type Life =
  | { readonly state: 'awake' }
  /** Nobody used it for long. A person's consent wakes it. */
  | { readonly state: 'asleep'; readonly since: Instant }
  /** Its time is over, whether it has been swept away yet or not. */
  | { readonly state: 'gone'; readonly reason: 'unused' | 'asleep' }
  /** An operator does not want it. It stays so until an operator says otherwise. */
  | { readonly state: 'blocked' };

type Aging = Pick<
  StoredClient,
  'issuedAt' | 'lastUsedAt' | 'hibernatedAt' | 'blockedAt' | 'preregistration'
> &
  Partial<Pick<ExpiredClient, 'expiredAt'>>;

/**
 * Where a client stands, from what is known of it and the periods that the realm has now. It follows from the time alone,
 * so that it is the same on every node and does not wait for a sweep.
 */
export function lifeOf(
  client: Aging,
  { unused, dormant, asleep }: Pick<Lifecycle, 'unused' | 'dormant' | 'asleep'>,
  now: Instant,
): Life {
  if (client.blockedAt !== undefined) return { state: 'blocked' };
  // An operator made it, so an operator ends it.
  if (client.preregistration !== undefined) return { state: 'awake' };
  if (client.expiredAt !== undefined) return { state: 'gone', reason: 'unused' };
  if (client.lastUsedAt === undefined) {
    return after(client.issuedAt, unused) <= now ? { state: 'gone', reason: 'unused' } : { state: 'awake' };
  }
  const since = client.hibernatedAt ?? after(client.lastUsedAt, dormant);
  if (since > now) return { state: 'awake' };
  return after(since, asleep) <= now ? { state: 'gone', reason: 'asleep' } : { state: 'asleep', since };
}

/**
 * Whether a person's consent may still restore a client that expired without ever being used, swept or not. It is asked
 * nothing else here: a client that is used, blocked or hibernated has not expired so.
 */
export function isRestorable(
  client: Aging,
  { unused, restorable, restorableClients }: Pick<Lifecycle, 'unused' | 'restorable' | 'restorableClients'>,
  now: Instant,
): boolean {
  const expiredAt = client.expiredAt ?? after(client.issuedAt, unused);
  return restorableClients > 0 && now < after(expiredAt, restorable);
}

/** A client in use is noted this often at most, in seconds: its periods are counted in days. */
const NOTED_EVERY = 3_600;

/** Whether a use is to be noted: at the first, when it wakes the client, and then once in a while. */
export function isWorthNoting(client: Aging, { dormant }: Pick<Lifecycle, 'dormant'>, now: Instant): boolean {
  const { lastUsedAt, hibernatedAt } = client;
  if (lastUsedAt === undefined || hibernatedAt !== undefined) return true;
  return after(lastUsedAt, Math.min(NOTED_EVERY, dormant / 10)) <= now;
}

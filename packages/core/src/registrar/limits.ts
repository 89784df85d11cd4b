import type { RegistrationLimit } from '../audit/event.ts';
import type { ClientStore } from '../ports/client-store.ts';
import type { Limit, RateLimiter } from '../ports/rate-limiter.ts';
import type { Realm } from '../realm/realm.ts';
import type { Seconds } from '../time.ts';
import type { RegistrationSource } from './source.ts';

const HOUR: Seconds = 3_600;
const DAY: Seconds = 86_400;

/** One use of one limit. */
interface Use {
  readonly name: RegistrationLimit;
  readonly key: string;
  readonly limit: Limit;
}

export type RoomVerdict =
  /** Every limit had room, and has been used once. */
  | { readonly room: true; readonly giveBack: () => Promise<void> }
  /** One had none; nothing has been used. */
  | { readonly room: false; readonly limit: RegistrationLimit; readonly retryAfter: Seconds };

/**
 * Counts a registration that is about to be stored against every limit. What the policy refuses is not counted: it costs
 * nothing that lasts, and an agent's author may need a few tries.
 */
export async function takeRoom(
  limiter: RateLimiter,
  realm: Realm,
  source: RegistrationSource,
  redirectFingerprint: string,
): Promise<RoomVerdict> {
  const taken: Use[] = [];
  const giveBack = async (): Promise<void> => {
    for (const { key, limit } of taken) await limiter.refund(key, limit);
  };
  for (const use of usesOf(realm, source, redirectFingerprint)) {
    const verdict = await limiter.consume(use.key, use.limit);
    if (!verdict.allowed) {
      await giveBack();
      return { room: false, limit: use.name, retryAfter: verdict.retryAfter };
    }
    taken.push(use);
  }
  return { room: true, giveBack };
}

function usesOf(realm: Realm, source: RegistrationSource, redirectFingerprint: string): readonly Use[] {
  const { limits } = realm.settings.registration;
  const prefix = `registration:${realm.id}`;
  const perHour = (uses: number): Limit => ({ uses, seconds: HOUR });
  const range = limits.egressRanges.find(({ ranges }) => ranges.some(source.isWithin));
  return [
    range === undefined
      ? {
          name: 'address',
          key: `${prefix}:address:${source.addressKey}`,
          limit: perHour(limits.perAddressPerHour),
        }
      : { name: 'egress-range', key: `${prefix}:egress:${range.name}`, limit: perHour(range.perHour) },
    {
      name: 'redirect-uris',
      key: `${prefix}:redirect-uris:${redirectFingerprint}`,
      limit: perHour(limits.perRedirectUrisPerHour),
    },
    { name: 'realm', key: `${prefix}:realm`, limit: { uses: limits.perRealmPerDay, seconds: DAY } },
  ];
}

/** Whether the realm has as many clients awake as it will have. Those that are never used make room within the hour. */
export async function isFull(clients: ClientStore, realm: Realm): Promise<boolean> {
  const { awakeClients } = realm.settings.registration.limits;
  return (await clients.countAwake(realm.id, awakeClients)) >= awakeClients;
}

import { judgeAgain } from '../policy/judge-again.ts';
import type { Rule } from '../policy/rule.ts';
import { dynamicClientPolicy } from '../policy/dynamic-client-policy.ts';
import type { ClientStore } from '../ports/client-store.ts';
import type { Realm } from '../realm/realm.ts';
import { vendorsOf } from '../realm/vendors.ts';
import { isFull } from '../registration/reserve.ts';
import type { Refusal } from '../refusal.ts';
import type { Instant } from '../time.ts';
import { claimedVendor } from '../brand/claimed-vendor.ts';
import type { Vendor } from '../brand/vendor.ts';
import { type ExpiredClient, restoredClient } from './expired-client.ts';
import type { StoredClient } from './stored-client.ts';

/**
 * Knows the clients that came through one door. The authorization server knows clients by this alone.
 */
export interface ClientResolver {
  /** Finds a client by its `client_id`. */
  resolve(realm: string, clientId: string): Promise<StoredClient | undefined>;
  /** What is kept of a client that expired without ever being used, by its `client_id`. */
  findExpired(realm: string, clientId: string): Promise<ExpiredClient | undefined>;
  /** What today's policy has against a client that came in long ago; `undefined` where it would still come in. */
  judgeAgain(realm: Realm, client: StoredClient): Refusal | undefined;
  /** The known vendor whose name a client uses, whether it is theirs or not. */
  vendorNamed(realm: Realm, client: StoredClient): string | undefined;
  /** The vendors that are known in a realm: those of the directory, and those that the realm adds. */
  vendorsOf(realm: Realm): readonly Vendor[];
  /** Notes that a client was used: a person approved it, or it got a token. */
  noteUse(client: StoredClient, at: Instant): Promise<void>;
  /** Notes that a person approved a client that slept. Of many at once one has `woken` it. */
  wake(client: StoredClient, at: Instant): Promise<'woken' | 'noted'>;
  /**
   * Restores an expired client that a person approved: in use from now on. Of many at once one has `restored` it, and the
   * others find it `there`. `full` if the realm has as many clients as it will have, `missing` if nothing is kept any more.
   */
  restore(
    realm: Realm,
    client: ExpiredClient,
    at: Instant,
  ): Promise<'restored' | 'there' | 'full' | 'missing'>;
}

/** How dynamic clients are judged again: as they are when they register. */
export interface DynamicClientsOptions {
  /** @default {@link dynamicClientPolicy} */
  readonly policy?: Rule;
  /** @default [] */
  readonly vendors?: readonly Vendor[];
}

/**
 * The clients of a store, found with one look: those that an operator made, and those that introduced themselves. Which of
 * the two a client is, its record says, and nothing that a stranger sends.
 */
export function storedClients(store: ClientStore, options?: DynamicClientsOptions): ClientResolver {
  const dynamic = dynamicClients(store, options);
  const isDynamic = ({ preregistration }: StoredClient): boolean => preregistration === undefined;
  return {
    ...dynamic,
    resolve: (realm, clientId) => store.find(realm, clientId),
    // An operator has judged it, and knows whose name it has.
    judgeAgain: (realm, client) => (isDynamic(client) ? dynamic.judgeAgain(realm, client) : undefined),
    vendorNamed: (realm, client) => (isDynamic(client) ? dynamic.vendorNamed(realm, client) : undefined),
  };
}

/** The clients that introduced themselves, alone. */
export function dynamicClients(
  store: ClientStore,
  { policy = dynamicClientPolicy, vendors = [] }: DynamicClientsOptions = {},
): ClientResolver {
  return {
    async resolve(realm, clientId) {
      const client = await store.find(realm, clientId);
      return client?.preregistration === undefined ? client : undefined;
    },
    judgeAgain: (realm, client) => judgeAgain(client, realm, policy, vendors),
    vendorNamed(realm, { name, translations = {} }) {
      const names = [name, ...Object.values(translations).flatMap((translation) => translation.name ?? [])];
      const lists = [vendors, realm.settings.registration.vendors];
      return lists.map((list) => claimedVendor(names, list)?.name).find((found) => found !== undefined);
    },
    vendorsOf: (realm) => vendorsOf(realm, vendors),
    async noteUse({ realm, id }, at) {
      await store.touch(realm, id, at);
    },
    wake: (client, at) => wake(store, client, at),
    findExpired: (realm, clientId) => store.findExpired(realm, clientId),
    async restore(realm, client, at) {
      if (await isFull(store, realm)) return 'full';
      if ((await store.restore(restoredClient(client, at))) === 'restored') return 'restored';
      return (await store.find(client.realm, client.id)) === undefined ? 'missing' : 'there';
    },
  };
}

/** A change that came between, such as the sweep’s, leaves it asleep; only a use wakes it. */
async function wake(store: ClientStore, client: StoredClient, at: Instant): Promise<'woken' | 'noted'> {
  const { hibernatedAt: _slept, ...awake } = client;
  if ((await store.replace({ ...awake, lastUsedAt: at }, client.version)) === 'replaced') return 'woken';
  const current = await store.find(client.realm, client.id);
  if (current === undefined || current.blockedAt !== undefined) return 'noted';
  if (current.lastUsedAt === client.lastUsedAt) return wake(store, current, at);
  await store.touch(client.realm, client.id, at);
  return 'noted';
}

import {
  type ClientStore,
  createClientSweeper,
  type DynamicClient,
  type Registration,
} from '@vestibule/core';
import type { AuditEvent } from '@vestibule/core/audit';
import { type Lifecycle, type Realm, realmSettings } from '@vestibule/core/realm';
import type { Stores } from '@vestibule/server';
import { NOW } from '@vestibule/testing/now';
import { EMPTY_REALM } from '@vestibule/testing/realm';

export { NOW as START };
export const DAY = 86_400;

/** How long an authorization in progress may take: ten minutes to decide, and a minute for the code. */
export const UNDER_WAY = 660;

export const realmWith = (lifecycle: Partial<Lifecycle> = {}): Realm => ({
  ...EMPTY_REALM,
  settings: realmSettings({ lifecycle }),
});

export type Moments = Pick<DynamicClient, 'lastUsedAt' | 'blockedAt'> & Pick<Registration, 'hibernatedAt'>;

/** Seconds after the start. */
export const at = (seconds: number): number => NOW + Math.round(seconds * 1000);

export const client = (
  id: string,
  { hibernatedAt, ...moments }: Moments = {},
  realm = 'main',
): DynamicClient => ({
  kind: 'dynamic',
  realm,
  id,
  version: 1,
  name: `Agent ${id}`,
  redirectUris: ['https://app.example/cb'],
  grantTypes: ['authorization_code'],
  applicationType: 'web',
  issuedAt: NOW,
  ...moments,
  registration: hibernatedAt === undefined ? {} : { hibernatedAt },
});

/** A realm with some clients, a clock, and a sweeper for each of two nodes. */
export async function setUp(
  open: () => Promise<readonly [Stores, Stores]>,
  clients: readonly DynamicClient[],
) {
  let now = NOW;
  const [stores, other] = await open();
  await stores.realms.insert(realmWith());
  await stores.realms.insert({ ...realmWith(), id: 'other', issuer: 'https://other.example' });
  for (const one of clients) await stores.clients.insert(one);
  const sweeperOn = (node: Stores, holder: string, through: ClientStore = node.clients) =>
    createClientSweeper({ ...node, clients: through, clock: () => now, holder });
  return {
    stores,
    sweeperOn,
    here: sweeperOn(stores, 'here'),
    there: sweeperOn(other, 'there'),
    moveTo: (seconds: number) => void (now = at(seconds)),
    ids: async () =>
      (await stores.clients.list('main', { limit: 1_000 })).items.map(({ id }) => id).toSorted(),
    events: async () => (await stores.audit.list('main', { limit: 1_000 })).items.toReversed(),
  };
}

export const typeAndClient = (event: AuditEvent): string =>
  'clientId' in event ? `${event.type} ${event.clientId}` : event.type;

import { createClientSweeper, type DynamicClient, type SweepOutcome } from '@vestibule/core';
import type { Realm, RegistrationSettings } from '@vestibule/core/realm';
import { NOW, realmWith, setUp, type Toggles } from './set-up.ts';

export const HOUR = 3_600;
export const DAY = 86_400;

export const APPROVE = { decision: 'approve' };
export const DENY = { decision: 'deny' };

/** A realm whose refresh tokens live longer than its clients stay active, so that the state of the client decides. */
export const patient = (toggles: Toggles = {}): Realm =>
  realmWith(toggles, { lifetimes: { refreshToken: 1_000 * DAY } });

export const withRegistration = (realm: Realm, change: Partial<RegistrationSettings>): Realm => ({
  ...realm,
  settings: { ...realm.settings, registration: { ...realm.settings.registration, ...change } },
});

/** Sweeps the clients of a server, and finds the events of one type. */
export function sweepingIn({ clients, audit, stores, realms, options }: ReturnType<typeof setUp>) {
  const sweeper = createClientSweeper({
    realms,
    clients,
    commit: stores.commit,
    leases: stores.leases,
    audit,
    clock: options.clock,
    holder: 'here',
  });
  return {
    sweep: (): Promise<SweepOutcome> => sweeper.sweep('main', 100),
    events: (type: string) => audit.events.filter((event) => event.type === type),
  };
}

/** A server with a client that got its tokens at the start, and a sweeper. */
export async function attached(metadata: Readonly<Record<string, unknown>> = {}) {
  const world = setUp(patient());
  const { register, obtainCode, exchange, clients } = world;
  const clientId = await register(metadata);
  const { body: tokens } = await exchange(clientId, await obtainCode(clientId));
  return {
    ...world,
    ...sweepingIn(world),
    clientId,
    tokens,
    stored: async (): Promise<DynamicClient | undefined> => {
      const client = await clients.find('main', clientId);
      return client?.kind === 'dynamic' ? client : undefined;
    },
  };
}

/** The same, 90 days later, with the client hibernated. */
export async function asleep(metadata: Readonly<Record<string, unknown>> = {}) {
  const world = await attached(metadata);
  world.pass(90 * DAY);
  return world;
}

/** The beginning of that hibernation. */
export const SINCE = NOW + 90 * DAY * 1000;

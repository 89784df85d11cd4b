import type { AuditFacts, LifecycleEvent } from '../audit/event.ts';
import type { StoredClient } from '../client/stored-client.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { ClientGrants } from '../ports/client-grants.ts';
import type { ClientStore, DueKind } from '../ports/client-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { LeaseStore } from '../ports/lease-store.ts';
import type { RealmDirectory } from '../ports/realm-directory.ts';
import { findRealm } from '../realm/find.ts';
import type { RealmSettings } from '../realm/settings.ts';
import { after, type Instant, type Seconds } from '../time.ts';

export interface ClientSweeperOptions {
  readonly realms: RealmDirectory;
  readonly clients: ClientStore;
  readonly grants: ClientGrants;
  readonly leases: LeaseStore;
  readonly audit: AuditLog;
  readonly clock: Clock;
  /** Unlike that of any other process. */
  readonly holder: string;
}

/** How many clients of a realm a sweep met. */
export interface SweptClients {
  readonly unused: number;
  readonly hibernated: number;
  readonly asleep: number;
}

export type SweepOutcome =
  | ({ readonly outcome: 'swept' } & SweptClients)
  /** Another process is at it. */
  | { readonly outcome: 'busy' }
  | { readonly outcome: 'missing' };

/** Clears away clients whose time is over, and puts those to sleep that nobody uses. */
export interface ClientSweeper {
  /**
   * Sees to at most `limit` clients of each kind in one realm. To be called again while it finds some, with a pause
   * between: each client is one short write, so nobody else waits. Of many processes one sweeps at a time.
   */
  sweep(realm: string, limit: number): Promise<SweepOutcome>;
}

/** How long a sweep may take before another process may begin one, in seconds. */
const LEASE: Seconds = 60;

export function createClientSweeper(options: ClientSweeperOptions): ClientSweeper {
  const { realms, clients, grants, leases, audit, clock, holder } = options;

  const record = (realm: string, event: AuditFacts<LifecycleEvent>): Promise<void> =>
    audit.record({ ...event, realm, at: clock() });

  async function remove(client: StoredClient, reason: 'unused' | 'asleep'): Promise<boolean> {
    const { realm, id: clientId, name: clientName, version } = client;
    if ((await clients.remove(realm, clientId, version)) !== 'removed') return false;
    await grants.endAll(realm, clientId, clock());
    await record(realm, { type: 'client.removed', clientId, clientName, reason });
    return true;
  }

  /** It sleeps since its time was over, however late the sweep comes. */
  async function hibernate(client: StoredClient, { lifecycle }: RealmSettings): Promise<boolean> {
    const { realm, id: clientId, version, lastUsedAt } = client;
    if (lastUsedAt === undefined) return false;
    const asleep = { ...client, hibernatedAt: after(lastUsedAt, lifecycle.dormant) };
    if ((await clients.replace(asleep, version)) !== 'replaced') return false;
    await record(realm, { type: 'client.hibernated', clientId, lastUsedAt });
    return true;
  }

  async function sweepKind(
    realm: string,
    settings: RealmSettings,
    kind: DueKind,
    limit: number,
  ): Promise<number> {
    const due = await clients.findDue(realm, kind, dueUntil(settings, kind, clock()), limit);
    let count = 0;
    for (const client of due) {
      const isDone = await (kind === 'dormant' ? hibernate(client, settings) : remove(client, kind));
      count += isDone ? 1 : 0;
    }
    return count;
  }

  return {
    async sweep(id, limit) {
      const realm = await findRealm(realms, id);
      if (realm === undefined) return { outcome: 'missing' };
      const lease = `clients:${id}`;
      const now = clock();
      if (!(await leases.take(lease, holder, now, after(now, LEASE)))) return { outcome: 'busy' };
      try {
        const { settings } = realm;
        return {
          outcome: 'swept',
          unused: await sweepKind(id, settings, 'unused', limit),
          hibernated: await sweepKind(id, settings, 'dormant', limit),
          asleep: await sweepKind(id, settings, 'asleep', limit),
        };
      } finally {
        await leases.release(lease, holder);
      }
    },
  };
}

/**
 * Until when a client must have been let alone to be due. Whoever began to connect in the last moment of an unused client
 * is let finish: the row stays for as long as that may take.
 */
function dueUntil({ lifecycle, lifetimes }: RealmSettings, kind: DueKind, now: Instant): Instant {
  const underWay = lifetimes.transaction + lifetimes.code;
  switch (kind) {
    case 'unused':
      return after(now, -(lifecycle.unused + underWay));
    case 'dormant':
      return after(now, -lifecycle.dormant);
    case 'asleep':
      return after(now, -(lifecycle.asleep + underWay));
  }
}

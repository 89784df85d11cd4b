import type { AuditFacts, LifecycleEvent } from '../audit/event.ts';
import { expiredClient } from '../client/expired-client.ts';
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
import { isRestorable } from './life.ts';

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

/** How many clients of a realm a sweep saw to. */
export interface SweptClients {
  readonly unused: number;
  readonly hibernated: number;
  readonly asleep: number;
  /** Expired clients of which nothing is kept any more. */
  readonly forgotten: number;
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
   * between: each client is one short write, so nobody else waits. Of many processes one sweeps at a time, and stops
   * where another took over because it was silent for too long.
   */
  sweep(realm: string, limit: number): Promise<SweepOutcome>;
}

/** How long after its last word a sweep counts as dead, so that another process may begin one, in seconds. */
const LEASE: Seconds = 60;
/** How often it says that it goes on, in seconds. */
const RENEWAL: Seconds = 15;

export function createClientSweeper(options: ClientSweeperOptions): ClientSweeper {
  const { realms, clients, grants, leases, audit, clock, holder } = options;

  const record = (realm: string, event: AuditFacts<LifecycleEvent>): Promise<void> =>
    audit.record({ ...event, realm, at: clock() });

  /** Deletes a client. Of one that was never used, what can restore it is kept, if the realm wants that. */
  async function remove(
    client: StoredClient,
    { lifecycle }: RealmSettings,
    reason: 'unused' | 'asleep',
  ): Promise<boolean> {
    const { realm, id: clientId, name: clientName, version } = client;
    const isKept = reason === 'unused' && isRestorable(client, lifecycle, clock());
    const kept = isKept ? expiredClient(client, after(client.issuedAt, lifecycle.unused)) : undefined;
    const outcome =
      kept === undefined
        ? await clients.remove(realm, clientId, version)
        : await clients.expire(kept, version);
    if (outcome !== 'removed' && outcome !== 'expired') return false;
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
    isOurs: () => Promise<boolean>,
  ): Promise<number> {
    if (!(await isOurs())) return 0;
    const due = await clients.findDue(realm, kind, dueUntil(settings, kind, clock()), limit);
    let count = 0;
    for (const client of due) {
      if (!(await isOurs())) break;
      const isDone = await (kind === 'dormant'
        ? hibernate(client, settings)
        : remove(client, settings, kind));
      count += isDone ? 1 : 0;
    }
    return count;
  }

  async function forget(
    realm: string,
    { lifecycle, lifetimes }: RealmSettings,
    limit: number,
    isOurs: () => Promise<boolean>,
  ): Promise<number> {
    if (!(await isOurs())) return 0;
    const { restorable, restorableClients: keep } = lifecycle;
    // A person who began while it could be restored may finish.
    const until = after(clock(), -(restorable + (restorable === 0 ? 0 : underWay(lifetimes))));
    return clients.forgetExpired(realm, until, keep, limit);
  }

  /** Takes a lease. What comes back renews it in time, and says whether it is still this process's. */
  async function hold(lease: string): Promise<(() => Promise<boolean>) | undefined> {
    let since = clock();
    const take = (): Promise<boolean> => leases.take(lease, holder, since, after(since, LEASE));
    if (!(await take())) return undefined;
    let isOurs = true;
    return async () => {
      const now = clock();
      if (!isOurs || now < after(since, RENEWAL)) return isOurs;
      since = now;
      isOurs = await take();
      return isOurs;
    };
  }

  return {
    async sweep(id, limit) {
      const realm = await findRealm(realms, id);
      if (realm === undefined) return { outcome: 'missing' };
      const lease = `clients:${id}`;
      const isOurs = await hold(lease);
      if (isOurs === undefined) return { outcome: 'busy' };
      try {
        const { settings } = realm;
        return {
          outcome: 'swept',
          unused: await sweepKind(id, settings, 'unused', limit, isOurs),
          hibernated: await sweepKind(id, settings, 'dormant', limit, isOurs),
          asleep: await sweepKind(id, settings, 'asleep', limit, isOurs),
          forgotten: await forget(id, settings, limit, isOurs),
        };
      } finally {
        await leases.release(lease, holder);
      }
    },
  };
}

/** How long a connection that was begun may take. */
const underWay = ({ transaction, code }: RealmSettings['lifetimes']): Seconds => transaction + code;

/**
 * Until when a client must have been let alone to be due. Whoever began to connect in the last moment of an unused client
 * is let finish: the row stays for as long as that may take.
 */
function dueUntil({ lifecycle, lifetimes }: RealmSettings, kind: DueKind, now: Instant): Instant {
  switch (kind) {
    case 'unused':
      return after(now, -(lifecycle.unused + underWay(lifetimes)));
    case 'dormant':
      return after(now, -lifecycle.dormant);
    case 'asleep':
      return after(now, -(lifecycle.asleep + underWay(lifetimes)));
  }
}

import { commitRecorded } from '../audit/commit-recorded.ts';
import type { AuditEvent, AuditFacts, LifecycleEvent } from '../audit/event.ts';
import { expiredClient } from '../client/expired-client.ts';
import type { DynamicClient } from '../client/client.ts';
import { checkOptions } from '../options/check-options.ts';
import type { OptionTable } from '../options/option-table.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { ClientStore, DueKind } from '../ports/client-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { Commit } from '../ports/commit.ts';
import type { LeaseStore } from '../ports/lease-store.ts';
import type { RealmDirectory } from '../ports/realm-directory.ts';
import { findRealm } from '../realm/find.ts';
import type { RealmSettings } from '../realm/settings.ts';
import { after, type Instant, type Seconds } from '../time.ts';
import { isRestorable } from './life.ts';

/** Options of `createClientSweeper`. */
export interface ClientSweeperOptions {
  readonly realms: RealmDirectory;
  readonly clients: ClientStore;
  /** Of the same store as `clients`. */
  readonly commit: Commit;
  readonly leases: LeaseStore;
  readonly audit: AuditLog;
  readonly clock: Clock;
  /** Unique to this process. */
  readonly holder: string;
}

const OPTIONS: OptionTable<ClientSweeperOptions> = {
  realms: 'find()',
  clients: 'findDue()',
  commit: 'function',
  leases: 'take()',
  audit: 'record()',
  clock: 'function',
  holder: 'string',
};

/** The number of clients that a sweep processed in a realm. */
export interface SweptClients {
  readonly unused: number;
  readonly hibernated: number;
  readonly asleep: number;
  /** Expired clients that can no longer be restored. */
  readonly forgotten: number;
  /** Clients with metadata documents that are not used any more. */
  readonly documents: number;
}

/** The result of one sweep of a realm. */
export type SweepOutcome =
  | ({ readonly outcome: 'swept' } & SweptClients)
  /** Another process is sweeping. */
  | { readonly outcome: 'busy' }
  | { readonly outcome: 'missing' };

/** Deletes expired clients and hibernates dormant ones. */
export interface ClientSweeper {
  /**
   * Processes at most `limit` clients of each kind in one realm. Call it again while it finds some, with a pause in between:
   * each client is one short write, so other writers do not wait. Only one process sweeps at a time. It stops if its lease
   * has expired and another process took over.
   */
  sweep(realm: string, limit: number): Promise<SweepOutcome>;
}

/** How long a lease lasts without renewal, in seconds, before another process may begin a sweep. */
const LEASE: Seconds = 60;
/** How often the lease is renewed, in seconds. */
const RENEWAL: Seconds = 15;

/**
 * The options may have other members, so that all stores can be spread into them.
 *
 * @throws TypeError that names each option that is missing or has the wrong type
 */
export function createClientSweeper(options: ClientSweeperOptions): ClientSweeper {
  checkOptions('createClientSweeper', options, OPTIONS, { others: 'allowed' });
  const { realms, clients, leases, clock, holder } = options;

  const eventOf = (realm: string, event: AuditFacts<LifecycleEvent>): AuditEvent => ({
    ...event,
    realm,
    at: clock(),
  });

  /** Deletes a client. If it was never used and the realm allows it, keeps what is needed to restore it. */
  async function remove(
    client: DynamicClient,
    { lifecycle }: RealmSettings,
    reason: 'unused' | 'asleep',
  ): Promise<boolean> {
    const { realm, id: clientId, name: clientName, version: expectedVersion } = client;
    const isKept = reason === 'unused' && isRestorable(client, lifecycle, clock());
    const kept = isKept ? expiredClient(client, after(client.issuedAt, lifecycle.unused)) : undefined;
    const outcome = await commitRecorded(
      options,
      [
        kept === undefined
          ? { kind: 'client.remove', realm, id: clientId, expectedVersion }
          : { kind: 'client.expire', expired: kept, expectedVersion },
        { kind: 'grant.end-all', realm, clientId, at: clock() },
      ],
      [eventOf(realm, { type: 'client.removed', clientId, clientName, reason })],
    );
    return outcome.committed;
  }

  /** Its hibernation begins when its period ended, not at the sweep. */
  async function hibernate(client: DynamicClient, { lifecycle }: RealmSettings): Promise<boolean> {
    const { realm, id: clientId, version: expectedVersion, lastUsedAt } = client;
    if (lastUsedAt === undefined) return false;
    const registration = { ...client.registration, hibernatedAt: after(lastUsedAt, lifecycle.dormant) };
    const outcome = await commitRecorded(
      options,
      [{ kind: 'client.replace', client: { ...client, registration }, expectedVersion }],
      [eventOf(realm, { type: 'client.hibernated', clientId, lastUsedAt })],
    );
    return outcome.committed;
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

  /** Deletes clients whose documents can be fetched again if they are ever needed. */
  async function removeDocuments(
    realm: string,
    { lifecycle: { unused, dormant, asleep }, lifetimes }: RealmSettings,
    limit: number,
    isOurs: () => Promise<boolean>,
  ): Promise<number> {
    if (!(await isOurs())) return 0;
    const now = clock();
    const until = {
      unused: after(now, -(unused + underWay(lifetimes))),
      used: after(now, -(dormant + asleep + underWay(lifetimes))),
    };
    let count = 0;
    for (const { id: clientId, name: clientName, version, lastUsedAt } of await clients.findDocumentsDue(
      realm,
      until,
      limit,
    )) {
      if (!(await isOurs())) break;
      const reason = lastUsedAt === undefined ? 'unused' : 'asleep';
      const outcome = await commitRecorded(
        options,
        [
          { kind: 'client.remove', realm, id: clientId, expectedVersion: version },
          { kind: 'grant.end-all', realm, clientId, at: now },
        ],
        [eventOf(realm, { type: 'client.removed', clientId, clientName, reason })],
      );
      count += outcome.committed ? 1 : 0;
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

  /** Takes a lease. Returns a function that renews it in time and returns whether this process still holds it. */
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
          documents: await removeDocuments(id, settings, limit, isOurs),
        };
      } finally {
        await leases.release(lease, holder);
      }
    },
  };
}

/** How long an authorization in progress may take. */
const underWay = ({ transaction, code }: RealmSettings['lifetimes']): Seconds => transaction + code;

/**
 * The time up to which an unused client is due. The row stays long enough that an authorization that began at the last
 * moment can finish.
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

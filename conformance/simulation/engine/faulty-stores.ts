import type { Stores } from '@vestibule/server';
import type { Fault } from './fault.ts';
import type { Scheduler } from './scheduler.ts';

/** The process that uses stores. */
export interface Holder {
  /** Whether the process was killed. */
  isDead(): boolean;
  kill(): void;
}

/** What can go wrong with the stores of a process, and when. */
export interface Faults {
  /** The fault of the running task at this write, by its number. */
  readonly at: (write: number) => Fault['kind'] | undefined;
  /** Time passes while a slow store works. */
  readonly onSlow: () => void;
}

/** A store that cannot be reached, as `StoreUnavailable` describes it. */
const outage = (): Error =>
  Object.assign(new Error('The store did not respond.'), { code: 'STORE_UNAVAILABLE' });

const READ = /^(?:find|list|count|has|get)/;

/** A process that was killed never continues. */
const never = (): Promise<never> => new Promise(() => undefined);

/**
 * The stores as one process uses them: each call waits for its turn, and a write can fail, be slow, lose its
 * acknowledgment, or kill the process before or after it is made.
 *
 * Signing keys have no turns: one process generates a key for all of its requests, which would wait for one another.
 */
export function faultyStores(stores: Stores, scheduler: Scheduler, holder: Holder, faults: Faults): Stores {
  const call = async (name: string, perform: () => Promise<unknown>): Promise<unknown> => {
    await scheduler.turn();
    if (holder.isDead()) return never();
    const task = scheduler.current();
    if (READ.test(name) || task === undefined) return perform();
    task.writes += 1;
    switch (faults.at(task.writes)) {
      case undefined:
        return perform();
      case 'slow':
        faults.onSlow();
        await scheduler.turn();
        return holder.isDead() ? never() : perform();
      case 'unavailable':
        throw outage();
      case 'unacknowledged':
        await perform();
        throw outage();
      case 'killed-before':
        holder.kill();
        return never();
      case 'killed-after':
        await perform();
        holder.kill();
        return never();
    }
  };

  function guarded<Store extends object>(store: Store): Store {
    return new Proxy(store, {
      get(target, name): unknown {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function' || typeof name !== 'string') return member;
        return (...parameters: readonly unknown[]) =>
          call(name, async (): Promise<unknown> => Reflect.apply(member, target, parameters));
      },
    });
  }

  const { audit, keys } = stores;
  const others = guarded({ commit: stores.commit, sweep: stores.sweep });
  return {
    ...stores,
    realms: guarded(stores.realms),
    clients: guarded(stores.clients),
    initialAccessTokens: guarded(stores.initialAccessTokens),
    people: guarded(stores.people),
    interactions: guarded(stores.interactions),
    codes: guarded(stores.codes),
    grants: guarded(stores.grants),
    sessions: guarded(stores.sessions),
    finishedSignIns: guarded(stores.finishedSignIns),
    leases: guarded(stores.leases),
    pushedRequests: guarded(stores.pushedRequests),
    replays: guarded(stores.replays),
    revokedTokens: guarded(stores.revokedTokens),
    keys,
    audit: {
      ...guarded(audit),
      list: audit.list,
      observe: async () => undefined,
      record: async (event) => void (await call('record', () => audit.record(event))),
    },
    // A new key is stored by a request for which others of its process may wait.
    commit: (changes) =>
      changes.some(({ kind }) => kind.startsWith('key.')) ? stores.commit(changes) : others.commit(changes),
    sweep: others.sweep,
  };
}

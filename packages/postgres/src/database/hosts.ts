import type { Pool, PoolClient } from 'pg';
import { withAdvice } from './advice.ts';
import { isAway, isReadOnly, isSilence } from './failure.ts';

/** A connection, and the pool that it is from. */
export interface HostConnection {
  readonly client: PoolClient;
  readonly pool: Pool;
}

/** The connections to the hosts of a database, of which one is in use: the latest one that accepted a connection. */
export interface Hosts {
  /**
   * Connects to the host in use. If that is away or accepts no writes, each other host is tried once, and the first that
   * accepts the connection is used from now on.
   */
  connect(): Promise<HostConnection>;
  /**
   * Learns why a statement failed. If the server did not respond, or refused to write, none of the idle connections of its
   * pool is used again, because they lead to the same place, and the next host is tried next.
   */
  failed(pool: Pool, error: unknown): void;
  /** Closes every connection. None may be in use. */
  close(): Promise<void>;
}

/** @param openPools for each host, how its pool is opened */
export function createHosts(openPools: readonly (() => Pool)[]): Hosts {
  const pools = openPools.map((open) => open());
  let inUse = 0;
  let isClosed = false;

  function current(): Pool {
    const pool = pools[inUse];
    if (pool === undefined) throw new Error('A database needs a host.');
    return pool;
  }

  /** Does nothing if others have noticed the same before. */
  function leave(pool: Pool): void {
    if (pool === current()) inUse = (inUse + 1) % pools.length;
  }

  return {
    async connect() {
      const errors: unknown[] = [];
      for (;;) {
        const pool = current();
        try {
          return { client: await pool.connect(), pool };
        } catch (reason) {
          const error = withAdvice(reason);
          errors.push(error);
          if (!isAway(error)) throw error;
          leave(pool);
          if (errors.length >= pools.length) throw mostTelling(errors);
        }
      }
    },
    failed(pool, error) {
      const index = pools.indexOf(pool);
      const open = openPools[index];
      if (isClosed || open === undefined || !(isSilence(error) || isReadOnly(error))) return;
      leave(pool);
      pools[index] = open();
      // It has no end if a connection in use is silent.
      void pool.end();
    },
    async close() {
      isClosed = true;
      await Promise.all(pools.map((pool) => pool.end()));
    },
  };
}

/** That a standby accepts no writes is normal, and is told only if nothing else is wrong. */
const mostTelling = (errors: readonly unknown[]): unknown =>
  errors.find((error) => !isReadOnly(error)) ?? errors[0];

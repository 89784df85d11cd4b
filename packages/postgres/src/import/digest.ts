import { createHash } from 'node:crypto';
import type { ImportedValue } from './table.ts';

/** A checksum of a table, independent of the order of its rows. */
export interface Digest {
  readonly rows: number;
  readonly sum: bigint;
}

export interface Digester {
  add(rows: Iterable<readonly ImportedValue[]>): void;
  digest(): Digest;
}

/** Adds the first bytes of the SHA-256 of every row, as JSON, modulo 2^64. */
export function createDigester(): Digester {
  let count = 0;
  let sum = 0n;
  return {
    add: (rows) => {
      for (const row of rows) {
        count += 1;
        sum += createHash('sha256').update(JSON.stringify(row)).digest().readBigUInt64BE();
      }
      sum = BigInt.asUintN(64, sum);
    },
    digest: () => ({ rows: count, sum }),
  };
}

export const sameDigest = (one: Digest, other: Digest): boolean =>
  one.rows === other.rows && one.sum === other.sum;

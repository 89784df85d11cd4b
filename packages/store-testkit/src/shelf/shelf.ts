import type { Instant } from '@vestibule/core';
import type { Stores } from '@vestibule/server';
import type { Call } from '../race/call.ts';
import type { Place } from '../sample/place.ts';

/** A store as most cases use it: records are inserted, each in its place, and found there. */
export interface Shelf<T> {
  /** The name of the store in {@link Stores}, with which the ids of its cases begin. */
  readonly noun: string;
  /** A record in a place. The mark is in a member that is not a key, and distinguishes two records of one place. */
  readonly make: (place: Place, mark?: string) => T;
  /** Records in one place with different members, by what they cover. */
  readonly samples: Readonly<Record<string, T>>;
  /** Inserts a record. */
  readonly insert: (record: T) => Call;
  /** The results of an insertion into a free place and into a used one. For an object, its `outcome`. */
  readonly answers: readonly [inserted: string, taken: string];
  /** Finds a record as it was inserted. */
  readonly find: (stores: Stores, place: Place) => Promise<T | undefined>;
}

/** A shelf whose records expire. */
export interface ExpiringShelf<T> extends Shelf<T> {
  /** Inserts a record that expires at a time. */
  readonly insertUntil: (place: Place, expiresAt: Instant) => Call;
}

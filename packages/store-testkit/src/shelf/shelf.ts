import type { Instant } from '@vestibule/core';
import type { Stores } from '@vestibule/server';
import type { Call } from '../race/call.ts';
import type { Place } from '../sample/place.ts';

/** A store as most cases see it: records are put on it, each in its place, and looked up there. */
export interface Shelf<T> {
  /** The store's name among {@link Stores}, with which the ids of its cases begin. */
  readonly noun: string;
  /** A record in a place. The mark stands in some member that is no key, and tells two of the same place apart. */
  readonly make: (place: Place, mark?: string) => T;
  /** Records in one place that differ in what they have, by what they show. */
  readonly samples: Readonly<Record<string, T>>;
  /** Puts a record on the shelf. */
  readonly insert: (record: T) => Call;
  /** What that answers when it was put there, and when the place was taken. An object goes by its `outcome`. */
  readonly answers: readonly [inserted: string, taken: string];
  /** Looks a record up, as it was put. */
  readonly find: (stores: Stores, place: Place) => Promise<T | undefined>;
}

/** A shelf whose records expire. */
export interface ExpiringShelf<T> extends Shelf<T> {
  /** Puts a record there that expires at a moment. */
  readonly insertUntil: (place: Place, expiresAt: Instant) => Call;
}

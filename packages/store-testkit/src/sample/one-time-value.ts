import type { Instant } from '@vestibule/core';
import type { OneTimeStore, Stores } from '@vestibule/server';
import type { Call } from '../race/call.ts';
import type { ExpiringShelf } from '../shelf/shelf.ts';
import type { Place } from './place.ts';

/** A one-time value with its key. */
export interface OneTimeRecord<T> {
  readonly place: Place;
  readonly value: T;
}

/** One kind of one-time values. */
export interface OneTimeKind<T> {
  /** A shelf from which a record can be consumed only once. */
  readonly shelf: ExpiringShelf<OneTimeRecord<T>>;
  /** A value. The mark makes it unique. */
  readonly valueOf: (mark?: string) => T;
  readonly storeOf: (stores: Stores) => OneTimeStore<T>;
  readonly take: (realm: string, key: string, now: Instant) => Call;
  readonly find: (realm: string, key: string, now: Instant) => Call;
}

import type { Instant } from '@vestibule/core';
import type { OneTimeStore, Stores } from '@vestibule/server';
import type { Call } from '../race/call.ts';
import type { ExpiringShelf } from '../shelf/shelf.ts';
import type { Place } from './place.ts';

/** A value that may be used once, with the key that it is kept under. */
export interface OneTimeRecord<T> {
  readonly place: Place;
  readonly value: T;
}

/** One kind of what may be used once. */
export interface OneTimeKind<T> {
  /** A shelf from which a record can be taken only once. */
  readonly shelf: ExpiringShelf<OneTimeRecord<T>>;
  /** A value. The mark tells it from others. */
  readonly valueOf: (mark?: string) => T;
  readonly storeOf: (stores: Stores) => OneTimeStore<T>;
  readonly take: (realm: string, key: string, now: Instant) => Call;
  readonly find: (realm: string, key: string, now: Instant) => Call;
}

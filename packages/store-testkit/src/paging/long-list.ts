import type { Page, PageRequest } from '@vestibule/core';
import type { Stores } from '@vestibule/server';

/** A list that is read page by page. */
export interface LongList<T> {
  /** The name of the store, with which the ids of its cases begin. */
  readonly noun: string;
  /** A unique item for a number. Items with consecutive numbers are all over the list. */
  readonly make: (realm: string, number: number) => T;
  readonly add: (stores: Stores, item: T) => Promise<unknown>;
  readonly list: (stores: Stores, realm: string, page: PageRequest) => Promise<Page<T>>;
}

import type { Page, PageRequest } from '@vestibule/core';
import type { Stores } from '@vestibule/server';

/** A list that is read page by page. */
export interface LongList<T> {
  /** The store's name, with which the ids of its cases begin. */
  readonly noun: string;
  /** An item that can be told from others by its number. Items of growing numbers belong all over the list. */
  readonly make: (realm: string, number: number) => T;
  readonly add: (stores: Stores, item: T) => Promise<unknown>;
  readonly list: (stores: Stores, realm: string, page: PageRequest) => Promise<Page<T>>;
}

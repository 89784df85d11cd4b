/** A position in a long list, and the size of a page. */
export interface PageRequest {
  /** The `next` of the previous page. Absent: the beginning. */
  readonly after?: string;
  /** The largest number of items, at least 1. */
  readonly limit: number;
}

/**
 * A part of a long list. Pages are consistent during writes: an item that exists from the first page to the last is returned
 * exactly once, whatever is added or removed.
 */
export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page begins: opaque, and valid only for the same list. Absent on the last page. */
  readonly next?: string;
}

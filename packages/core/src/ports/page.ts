/** Where to go on in a long list, and how far. */
export interface PageRequest {
  /** The `next` of the page before. Absent: from the beginning. */
  readonly after?: string;
  /** How many items at most: 1 or more. */
  readonly limit: number;
}

/**
 * A part of a long list. Pages stay true while others write: going from one to the next, an item that was there all
 * the time is met exactly once, whatever was added or removed around it.
 */
export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page begins: opaque, and good for the same list alone. Absent: this was the last one. */
  readonly next?: string;
}

import type { Page } from '@vestibule/core';

/** A page of a query with one item more than the limit, which tells whether another page exists. */
export function toPage<T>(found: readonly T[], limit: number, cursorOf: (item: T) => string): Page<T> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, ...(found.length > limit && last !== undefined && { next: cursorOf(last) }) };
}

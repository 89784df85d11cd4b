import type { Page, PageRequest } from '@vestibule/core';

/**
 * A page of a list. The cursor is a position and not a count, so insertions and deletions before it do not move it.
 *
 * @param placeOf the position of an item: unique text, compared by code units
 */
export function pageOf<T>(
  items: readonly T[],
  placeOf: (item: T) => string,
  { after, limit }: PageRequest,
): Page<T> {
  const inOrder = items.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const rest = inOrder.filter((item) => after === undefined || placeOf(item) > after);
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  return last !== undefined && rest.length > limit ? { items: shown, next: placeOf(last) } : { items: shown };
}

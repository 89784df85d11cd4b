import type { Page, PageRequest } from '../ports/page.ts';

/** A page of items that are in order already, each with a key that says where it stands in that order. */
export function pageOf<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  isAfter: (key: string, cursor: string) => boolean,
  { after, limit }: PageRequest,
): Page<T> {
  const rest = after === undefined ? items : items.filter((item) => isAfter(keyOf(item), after));
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  const more = rest.length > limit && last !== undefined;
  return { items: structuredClone(shown), ...(more && { next: keyOf(last) }) };
}

import type { Page, PageRequest } from '../ports/page.ts';

/** A page of sorted items, each with a key that is its position in the order. */
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

/** A page of items, ordered by id. */
export const pageById = <T extends { readonly id: string }>(
  items: readonly T[],
  page: PageRequest,
): Page<T> =>
  pageOf(
    items.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    ({ id }) => id,
    (id, cursor) => id > cursor,
    page,
  );

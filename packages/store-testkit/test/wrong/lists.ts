import type { Page, PageRequest } from '@vestibule/core';
import type { Stores } from '@vestibule/server';

type List<T> = (realm: string, page: PageRequest) => Promise<Page<T>>;

const everything = { limit: 1_000_000 };

/** The cursor is the number of items before it. */
export const byOffset =
  <T>(list: List<T>): List<T> =>
  async (realm, { after = '0', limit }) => {
    const { items } = await list(realm, everything);
    const end = Number(after) + limit;
    const shown = items.slice(Number(after), end);
    return end < items.length ? { items: shown, next: String(end) } : { items: shown };
  };

/** A full page always has a next one, even if that is empty. */
export const withEmptyEnd =
  <T>(list: List<T>, cursorOf: (item: T) => string): List<T> =>
  async (realm, page) => {
    const { items } = await list(realm, page);
    const last = items.at(-1);
    return items.length === page.limit && last !== undefined ? { items, next: cursorOf(last) } : { items };
  };

/** The cursor is a time, although events of one time may fill more than a page. */
export const byMoment =
  (audit: Stores['audit']): Stores['audit']['list'] =>
  async (realm, { after = String(Number.MAX_SAFE_INTEGER), limit }) => {
    const { items } = await audit.list(realm, everything);
    const rest = items.filter(({ at }) => at < Number(after));
    const shown = rest.slice(0, limit);
    const last = shown.at(-1);
    return rest.length > limit && last !== undefined
      ? { items: shown, next: String(last.at) }
      : { items: shown };
  };

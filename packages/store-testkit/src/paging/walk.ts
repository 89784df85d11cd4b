import { strict as assert } from 'node:assert';
import type { Page, PageRequest } from '@vestibule/core';

/** More pages than any list in these cases has: a walk with that many does not end. */
const ENDLESS = 200;

/**
 * Reads page after page and returns the items of each.
 *
 * @param between called between pages, with the number of the page that was just read
 */
export async function walk<T>(
  list: (page: PageRequest) => Promise<Page<T>>,
  limit: number,
  between: (page: number) => Promise<void> = async () => {},
): Promise<readonly (readonly T[])[]> {
  const pages: (readonly T[])[] = [];
  let after: string | undefined;
  do {
    const page: Page<T> = await list(after === undefined ? { limit } : { after, limit });
    assert.ok(page.items.length <= limit, `a page of at most ${limit} has ${page.items.length} items`);
    pages.push(page.items);
    assert.ok(
      pages.length < ENDLESS,
      `after ${ENDLESS} pages there is still a "next": the pages go in a circle`,
    );
    after = page.next;
    if (after !== undefined) await between(pages.length);
  } while (after !== undefined);
  return pages;
}

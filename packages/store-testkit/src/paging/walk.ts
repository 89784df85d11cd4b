import { strict as assert } from 'node:assert';
import type { Page, PageRequest } from '@vestibule/core';

/** More pages than any list here has: a walk that gets this far goes in a circle. */
const ENDLESS = 200;

/**
 * Goes from page to page and gives back the pages' items.
 *
 * @param between is called between pages, with the number of the page that was just read
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

import type { Page } from 'playwright-core';

/** The items of a consent page, by heading. */
export async function scopeGroups(page: Page): Promise<Readonly<Record<string, readonly string[]>>> {
  await page.getByRole('button', { name: 'Approve' }).waitFor();
  const groups = await page.getByRole('group').all();
  const entries = groups.map(
    async (group) =>
      [await group.locator('legend').innerText(), await group.getByRole('listitem').allInnerTexts()] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

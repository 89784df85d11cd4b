import { globSync } from 'node:fs';
import { launchChromium } from '@vestibule/testing/chromium';
import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DIST, serveSite, type SiteServer } from './serve-site.ts';

/** All pages but decision records, which are all of one kind. */
const pages = globSync('**/*.html', { cwd: DIST }).filter((file) => !file.startsWith('decisions/'));
/** One page of each kind. */
const KINDS = [
  'index.html',
  'start.html',
  'threat-model.html',
  'decisions.html',
  'decisions/2026-11-23-keep-open-separate-from-mode.html',
  'storage-schema.html',
  'packages/core.html',
  'reference/settings.html',
  'reference/api/core-realm.html',
  '404.html',
];

let server: SiteServer;
let browser: Browser;
beforeAll(async () => {
  server = await serveSite();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  server.close();
});

/** A window, and what went wrong in it: requests to other hosts, and what the browser complains about. */
async function openWindow(
  options: object,
): Promise<{ context: BrowserContext; page: Page; complaints: string[] }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
  page.on('pageerror', (error) => void complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url) && !request.url().startsWith('data:')) {
      complaints.push(request.url());
    }
  });
  return { context, page, complaints };
}

test('no page of any kind asks another host for anything, or has what its Content Security Policy refuses', async () => {
  const { context, page, complaints } = await openWindow({});
  for (const path of KINDS) {
    await page.goto(`${server.url}${path}`, { waitUntil: 'networkidle' });
    expect({ path, complaints }).toEqual({ path, complaints: [] });
  }
  await context.close();
});

test('the search finds redirect_uri, by asking this host alone', async () => {
  const { context, page, complaints } = await openWindow({});
  await page.goto(`${server.url}start.html`, { waitUntil: 'networkidle' });
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox').fill('redirect_uri');
  const result = page.locator('.pagefind-ui__result-link').first();
  await result.waitFor();
  expect(await result.getAttribute('href')).toMatch(
    new RegExp(`^${new URL(server.url).pathname}[\\w/-]+\\.html`),
  );
  await result.click();
  await page.waitForLoadState();
  expect(await page.locator('main').textContent()).toContain('redirect_uri');
  expect(complaints).toEqual([]);
  await context.close();
});

test('no page is wider than a phone', async () => {
  const { context, page } = await openWindow({
    viewport: { width: 375, height: 740 },
    javaScriptEnabled: false,
  });
  const wide: string[] = [];
  for (const path of [...pages, ...KINDS]) {
    await page.goto(`${server.url}${path}`, { waitUntil: 'domcontentloaded' });
    const width = await page.locator('html').evaluate(({ scrollWidth }) => scrollWidth);
    if (width > 375) wide.push(`${path}: ${width}`);
  }
  expect(wide).toEqual([]);
  await context.close();
}, 120_000);

test.each([
  { theme: 'light', rules: 'undefined' },
  // Themes differ in their colors only.
  { theme: 'dark', rules: "['color-contrast']" },
] as const)(
  'axe finds nothing in the $theme theme',
  async ({ theme, rules }) => {
    const { context, page } = await openWindow({ colorScheme: theme, bypassCSP: true });
    const found: string[] = [];
    for (const path of KINDS) {
      await page.goto(`${server.url}${path}`);
      await page.addScriptTag({ content: axe.source });
      const violations = await page.evaluate<string[]>(
        `axe.run({ runOnly: ${rules} }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`,
      );
      found.push(...violations.map((violation) => `${path}: ${violation}`));
    }
    expect(found).toEqual([]);
    await context.close();
  },
  120_000,
);

test('code is colored', async () => {
  const { context, page } = await openWindow({});
  await page.goto(`${server.url}start.html`);
  const colors = await page
    .locator('pre span')
    .evaluateAll((spans) => spans.map((span) => getComputedStyle(span).color));
  expect(new Set(colors).size).toBeGreaterThan(3);
  await context.close();
});

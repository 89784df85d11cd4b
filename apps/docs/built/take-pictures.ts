/**
 * Takes pictures of the built site in a folder, in a wide window and on a phone, light and dark:
 *
 *     node built/take-pictures.ts FOLDER
 */
import { join } from 'node:path';
import { launchChromium } from '@vestibule/testing/chromium';
import { serveSite } from './serve-site.ts';

const [folder = '.'] = process.argv.slice(2);
const { url, close } = await serveSite();
const browser = await launchChromium();
const PAGES = ['index', 'start', 'threat-model', 'reference/settings', 'reference/api/core-policy'];
const WINDOWS = [
  { name: 'desktop', viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { name: 'dark', viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  { name: 'phone', viewport: { width: 375, height: 740 }, colorScheme: 'light' },
] as const;
for (const { name, ...options } of WINDOWS) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  for (const path of PAGES) {
    await page.goto(`${url}${path}.html`);
    await page.screenshot({ path: join(folder, `site-${path.replaceAll('/', '-')}-${name}.png`) });
  }
  await context.close();
}
await browser.close();
close();

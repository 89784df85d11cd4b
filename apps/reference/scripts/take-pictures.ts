/**
 * Takes the picture of the consent page for the docs, with a real browser: the toy agent of the demo asks for access. The port 4000 has to be
 * free, because the page displays it.
 *
 *     node apps/reference/scripts/take-pictures.ts [FOLDER]      (default: apps/docs/pictures)
 */
import { startToyAgent, withFrontPage } from '@vestibule/example-demo-pages';
import { readConfig } from '@vestibule/node/environment';
import { launchChromium } from '@vestibule/testing/chromium';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEMO_PERSON } from '../src/demo/demo-password.ts';
import { createLogger } from '../src/logger.ts';
import { run } from '../src/run.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const [folder = path('../../docs/pictures')] = process.argv.slice(2);

const toyAgent = await startToyAgent();
const SEED = path('../seeds/demo.json');
const config = readConfig({ SEED, DATABASE_URL: 'sqlite::memory:', LOG_LEVEL: 'warn' });
const app = await run(config, createLogger('warn'), Date.now, withFrontPage(toyAgent.url, DEMO_PERSON));
toyAgent.serve({ notes: new URL('/mcp', app.realm.issuer), issuer: app.realm.issuer });
const chromium = await launchChromium();
try {
  const page = await chromium.newPage({ viewport: { width: 720, height: 720 }, deviceScaleFactor: 1.5 });
  await page.goto(app.realm.issuer);
  await page.getByRole('link', { name: 'Connect the toy agent' }).click();
  await page.getByLabel('Username').fill(DEMO_PERSON.username);
  await page.getByLabel('Password').fill(DEMO_PERSON.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Approve' }).waitFor();
  await page.screenshot({ path: join(folder, 'consent.png'), fullPage: true });
} finally {
  await chromium.close();
  toyAgent.close();
  await app.stop();
}

import { launchChromium, openPage } from '@vestibule/testing/chromium';
import axe, { type AxeResults } from 'axe-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { ADA } from './app.ts';

/** A page of a new browser without cookies, and the errors that it reports. */
export interface OpenedPage {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** Opens a page of a new browser, until the end of the test. */
export type NewPage = (options?: BrowserContextOptions) => Promise<OpenedPage>;

/** Starts a Chromium for the tests of a file. */
export function chromiumOfFile(): NewPage {
  let chromium: Browser;
  beforeAll(async () => {
    chromium = await launchChromium();
  }, 60_000);
  afterAll(() => chromium.close());
  return async (options) => {
    const context = await chromium.newContext(options);
    onTestFinished(() => context.close());
    return { context, ...(await openPage(context)) };
  };
}

/** Signs Ada in on the sign-in page. */
export async function signIn(page: Page): Promise<void> {
  await page.getByLabel('Username').fill(ADA.username);
  await page.getByLabel('Password').fill(ADA.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** The faults of a page that a machine can find for people with disabilities. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join(' ')}`);
}

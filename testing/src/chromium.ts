import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium as playwright, type Page } from 'playwright-core';

/**
 * Starts a real Chromium from npm. It makes no request by itself, and can run as root in a container. The default arguments
 * of the package are left out, because they turn off the same-origin policy.
 */
export async function launchChromium(): Promise<Browser> {
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
  ];
  return playwright.launch({ executablePath: await chromium.executablePath(), args });
}

/** Opens a page and records its errors: blocked content, failed loads, exceptions in scripts. */
export async function openPage(context: BrowserContext): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
  page.on('pageerror', (error) => void complaints.push(error.message));
  return { page, complaints };
}

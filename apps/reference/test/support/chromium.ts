import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium as playwright, type Page } from 'playwright-core';

/**
 * A real Chromium, from npm. It asks nothing of the network by itself, and may run as root in a container. The
 * arguments that come with the package are left out: they turn off the same-origin policy.
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

/** Opens a page and writes down whatever it complains of: blocked content, failed loads, scripts that broke. */
export async function openPage(context: BrowserContext): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
  page.on('pageerror', (error) => void complaints.push(error.message));
  return { page, complaints };
}

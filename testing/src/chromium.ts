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

/** How fast the time of styles passes, where 1 is real time. */
const FAST = 100;

/** The time of the styles of one page. Buttons ignore clicks until an animation of one second ends. */
export interface StyleTime {
  /** Stops the time. */
  stop(): Promise<void>;
  /** Lets it pass a hundred times as fast as real time. */
  hurry(): Promise<void>;
}

/** Hurries the animations of a page, also after it navigates: a test would otherwise wait for each of them in real time. */
export async function hurryStyles(page: Page): Promise<StyleTime> {
  const session = await page.context().newCDPSession(page);
  await session.send('Animation.enable');
  const setRate = async (playbackRate: number): Promise<void> => {
    await session.send('Animation.setPlaybackRate', { playbackRate });
  };
  await setRate(FAST);
  return { stop: () => setRate(0), hurry: () => setRate(FAST) };
}

/** Opens a page with hurried styles and records its errors: blocked content, failed loads, exceptions in scripts. */
export async function openPage(context: BrowserContext): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage();
  await hurryStyles(page);
  const complaints: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
  page.on('pageerror', (error) => void complaints.push(error.message));
  return { page, complaints };
}

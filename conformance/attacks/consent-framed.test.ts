/**
 * A framed consent page (clickjacking): the attacker's page displays it invisibly over a button that a person wants to
 * click.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.16 RFC 9700 §4.16}
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-10.13 RFC 6749 §10.13}
 *
 * Taken out: packages/consent-ui/src/headers.ts: `'x-frame-options': 'DENY',` → ``
 * Taken out: packages/consent-ui/src/headers.ts: `frame-ancestors 'none'` → `img-src 'none'`
 * Then fails: renders no page in a frame of a real browser
 */
import { cite } from '@vestibule/requirements';
import { launchChromium } from '@vestibule/testing/chromium';
import { createServer } from 'node:http';
import type { Browser, BrowserContext } from 'playwright-core';
import { listeningUntilEnd } from '@vestibule/testing/listening';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ADA } from '../support/app.ts';
import { attackedApp } from './support/attacked.ts';
import { newBrowser } from '@vestibule/testing/browser';
import { newClient } from './support/client.ts';

const app = attackedApp();

let chromium: Browser;
beforeAll(async () => {
  chromium = await launchChromium();
}, 60_000);
afterAll(() => chromium.close());

async function openContext(): Promise<BrowserContext> {
  const context = await chromium.newContext();
  onTestFinished(() => context.close());
  return context;
}

/** Signs Ada in, and returns the URLs of the pages of her interaction. */
async function pagesOf(context: BrowserContext): Promise<readonly string[]> {
  const client = await newClient(app());
  const page = await context.newPage();
  await page.goto(client.url().href);
  const signIn = page.url();
  await page.getByLabel('Username').fill(ADA.username);
  await page.getByLabel('Password').fill(ADA.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Approve' }).waitFor();
  const problem = `${app().issuer}/connect/authorize?client_id=nobody`;
  return [signIn, page.url(), client.url({ state: 'framed' }).href, problem, `${app().issuer}/connect/rules`];
}

/** The attacker's pages, on a real server, because browsers keep public pages from frames of this computer. */
async function serve(html: (path: string | undefined) => string): Promise<string> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html').end(html(request.url));
  });
  return `${await listeningUntilEnd(server, 'localhost')}/`;
}

const FRAMES: [string, (address: string) => string][] = [
  ['an iframe', (address) => `<iframe src="${address}"></iframe>`],
  [
    'a sandboxed iframe',
    (address) => `<iframe sandbox="allow-forms allow-scripts" src="${address}"></iframe>`,
  ],
  ['an object', (address) => `<object data="${address}" type="text/html"></object>`],
  ['an embed', (address) => `<embed src="${address}" type="text/html">`],
  ['a frame in a frame', (address) => `<iframe srcdoc='<iframe src="${address}"></iframe>'></iframe>`],
];

describe(
  cite('renders no page in a frame of a real browser', 'rfc6749:10.13:frames', 'rfc9700:4.16:frames'),
  () => {
    // A page of the same site, whose frames get the cookies: another port of localhost.
    test.each(FRAMES)('%s', async (_, frame) => {
      const context = await openContext();
      const addresses = await pagesOf(context);
      const page = await context.newPage();
      const origin = await serve((path) =>
        path === '/' ? [...addresses, '/harmless'].map(frame).join('') : '<main>This may be framed</main>',
      );
      await page.goto(origin, { waitUntil: 'load' });
      const shown: string[] = [];
      for (const inner of page.frames().slice(1)) {
        // A removed frame displays nothing.
        shown.push(
          ...(await inner
            .locator('main')
            .allInnerTexts()
            .catch(() => [])),
        );
      }
      expect(shown).toEqual(['This may be framed']);
    });
  },
);

test('forbids framing on every page and redirect', async () => {
  const [client, browser] = [await newClient(app()), newBrowser()];
  const signIn = await browser.open(client.url());
  const consent = await browser.signIn(signIn);
  const handBack = await browser.decide(consent, 'approve');
  const problem = await browser.open(`${app().issuer}/connect/authorize?client_id=nobody`);
  const missing = await browser.open(`${app().issuer}/connect/consent?transaction=x`);
  for (const { headers } of [signIn, consent, handBack, problem, missing]) {
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('content-security-policy')).toContain(`frame-ancestors 'none'`);
  }
});

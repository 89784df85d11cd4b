/**
 * A blind click: a person double-clicks a button of the attacker's page, and between the two clicks our page appears under
 * the pointer. The attacker's page navigates there at the first click, or closes a window that covered our page. The second
 * click approves what the person has not read.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.16 RFC 9700 §4.16}
 * @see {@link https://www.paulosyibelo.com/2024/12/doubleclickjacking-what.html Paulos Yibelo, DoubleClickjacking}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-10.2.2 RFC 9110 §10.2.2, fragments survive redirects}
 *
 * Taken out: packages/consent-ui/src/style.ts: `from{visibility:hidden}` → `from{color:inherit}`
 * Taken out: packages/consent-ui/src/style.ts: `from{pointer-events:none;` → `from{`
 * Then fails: ignores a click that was meant for the page before
 * Taken out: packages/consent-ui/src/style.ts: `from{visibility:hidden}` → `from{color:inherit}`
 * Then fails: ignores a tap on a page that appears under a finger
 * Taken out: packages/consent-ui/src/style.ts: `from{pointer-events:none;` → `from{`
 * Then fails: ignores a click on a page that comes into view when a window above it closes
 * Taken out: packages/server/src/pages/page-response.ts: `redirect(`${page}#`, cookies)` → `redirect(page, cookies)`
 * Then fails: drops the fragment of the URL that the client sent the person to
 * Taken out: packages/consent-ui/src/headers.ts: `!canOpenScrolled && ` → `false && `
 * Then fails: opens no page scrolled past its warnings
 * Taken out: packages/server/src/web/timed-token.ts: `now < from ? 'too-soon' : 'good'` → `'good'`
 * Then fails: refuses a form that comes sooner than a person can read its page
 * Taken out: packages/server/src/web/timed-token.ts: `csrfToken(browserSecret, `${purpose}:${moment}`)` → `csrfToken(browserSecret, purpose)`
 * Then fails: refuses a changed time in the token of a form
 */
import type { AuditEvent } from '@vestibule/core/audit';
import { hurryStyles, launchChromium } from '@vestibule/testing/chromium';
import { createServer } from 'node:http';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { listeningUntilEnd } from '@vestibule/testing/listening';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ADA, OPEN_SEED } from '../support/app.ts';
import { attackedApp } from './support/attacked.ts';
import {
  asksForConsent,
  filledIn,
  formOf,
  handedBack,
  newBrowser,
  type Shown,
} from '@vestibule/testing/browser';
import { CALLBACK, newClient } from './support/client.ts';

/** This server accepts every form at once, so that only the pages prevent clicks. */
const app = attackedApp();

/** This server enforces the reading time, with a clock that the test moves. */
let now = Date.now();
const careful = attackedApp(
  {
    ...OPEN_SEED,
    realm: { ...OPEN_SEED.realm, settings: { ...OPEN_SEED.realm.settings, consent: {} } },
  },
  { clock: () => now },
);

let chromium: Browser;
beforeAll(async () => {
  chromium = await launchChromium();
}, 60_000);
afterAll(() => chromium.close());

/** A one-click page. */
interface Target {
  /** Opens the page, and returns its URL. */
  readonly open: (page: Page) => Promise<string>;
  readonly button: 'Approve' | 'End this access' | 'Sign out' | 'Continue to evil.example';
}

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('Username').fill(ADA.username);
  await page.getByLabel('Password').fill(ADA.password);
  await page.keyboard.press('Enter');
}

/** Opens the page of a person whom no client sent. */
async function openApps(page: Page): Promise<string> {
  await page.goto(`${app().issuer}/connect/apps`);
  await signIn(page);
  await page.getByRole('heading', { name: 'Connected apps' }).waitFor();
  return page.url();
}

const TARGETS: readonly [string, Target][] = [
  [
    'consent',
    {
      open: async (page) => {
        await page.goto((await newClient(app())).url().href);
        await signIn(page);
        await page.locator('button', { hasText: 'Approve' }).waitFor({ state: 'attached' });
        return page.url();
      },
      button: 'Approve',
    },
  ],
  ['the end of an app’s access', { open: openApps, button: 'End this access' }],
  [
    'sign-out',
    {
      open: async (page) => {
        const address = (await openApps(page)).replace(/apps#?$/, 'sign-out');
        await page.goto(address);
        return address;
      },
      button: 'Sign out',
    },
  ],
  [
    'a link to a destination that the client chose',
    {
      open: async (page) => {
        const client = await newClient(app(), 'https://evil.example/cb');
        const address = client.url({ scope: 'none' }).href;
        await page.goto(address);
        return address;
      },
      button: 'Continue to evil.example',
    },
  ],
];

const buttonOf = (page: Page, { button }: Target): Locator =>
  page.getByRole(button === 'Continue to evil.example' ? 'link' : 'button', { name: button }).first();

/** A browser in which Ada is signed in and has approved one app. */
async function adasBrowser(options: BrowserContextOptions = {}) {
  const context = await chromium.newContext(options);
  onTestFinished(() => context.close());
  for (const place of ['https://evil.example/**', `${CALLBACK}*`]) {
    await context.route(place, (route) => route.fulfill({ body: 'There is nothing here.' }));
  }
  const page = await context.newPage();
  const styles = await hurryStyles(page);
  const client = await newClient(app());
  await page.goto(client.url().href);
  await signIn(page);
  await page.getByRole('button', { name: 'Approve' }).waitFor();
  await page.getByRole('button', { name: 'Approve' }).press('Enter');
  await page.waitForURL(`${CALLBACK}*`);
  await client.exchange(new URL(page.url()));
  const sent: string[] = [];
  page.on('request', (request) => {
    const isByItself = request.redirectedFrom() !== null || request.url().startsWith(CALLBACK);
    if (request.isNavigationRequest() && !isByItself) {
      sent.push(`${request.method()} ${new URL(request.url()).pathname}`);
    }
  });
  return {
    page,
    /** The requests that the page sent because of clicks. */
    sent,
    styles,
  };
}

/** The position of a button once it exists, visible or not. */
async function whereIs(page: Page, { button }: Target): Promise<{ x: number; y: number }> {
  const element = page.locator('button, .button', { hasText: button }).first();
  await element.waitFor({ state: 'attached' });
  return element.evaluate((one) => {
    one.scrollIntoView({ block: 'nearest' });
    const { left, top, width, height } = one.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  });
}

/** The request of a page when its button is clicked. Asserts that no earlier click had an effect. */
async function asksOnce({ page, sent }: Awaited<ReturnType<typeof adasBrowser>>, target: Target) {
  const before = sent.length;
  const asked = page.waitForEvent('request', (request) => request.isNavigationRequest());
  await buttonOf(page, target).click();
  await asked;
  expect(sent.slice(before)).toHaveLength(1);
}

/** Serves the attacker's page. */
async function serve(html: string): Promise<string> {
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(html));
  return `${await listeningUntilEnd(server)}/`;
}

const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
const PHONE: BrowserContextOptions = { viewport: { width: 375, height: 667 } };
/** High enough that nothing has to be scrolled. */
const TABLET: BrowserContextOptions = {
  viewport: { width: 820, height: 1_400 },
  hasTouch: true,
  isMobile: true,
};

describe('ignores a click that was meant for the page before', () => {
  describe.each<[string, BrowserContextOptions]>([
    ['on a large screen', DESKTOP],
    ['on a small screen', PHONE],
    ['with reduced motion', { ...DESKTOP, reducedMotion: 'reduce' }],
  ])('%s', (_, options) => {
    test.each(TARGETS)('%s', async (__, target) => {
      const browser = await adasBrowser(options);
      const { page, sent, styles } = browser;
      const lead = `document.location = ${JSON.stringify(await target.open(page))}`;
      await page.goto(await serve(`<body style="height:100vh" onmousedown='${lead}'>Click twice`));
      await styles.stop();
      await page.mouse.move(300, 300);
      await page.mouse.down();
      const { x, y } = await whereIs(page, target);
      const before = sent.length;
      await page.mouse.up();
      for (let time = 0; time < 3; time += 1) await page.mouse.click(x, y);
      expect(sent.slice(before)).toEqual([]);
      await styles.hurry();
      await asksOnce(browser, target);
    });
  });
});

test.each(TARGETS)(
  'ignores a click on a page that comes into view when a window above it closes: %s',
  async (_, target) => {
    const browser = await adasBrowser(DESKTOP);
    const { page, sent, styles } = browser;
    await target.open(page);
    await buttonOf(page, target).waitFor();
    const { x, y } = await whereIs(page, target);
    // The pointer is over the other window.
    await page.mouse.move(-1, -1);
    await styles.stop();
    const before = sent.length;
    for (let time = 0; time < 3; time += 1) await page.mouse.click(x, y);
    expect(sent.slice(before)).toEqual([]);
    await styles.hurry();
    await asksOnce(browser, target);
  },
);

describe('ignores a tap on a page that appears under a finger', () => {
  test.each(TARGETS)('%s', async (_, target) => {
    const browser = await adasBrowser(TABLET);
    const { page, sent, styles } = browser;
    await styles.stop();
    await target.open(page);
    const { x, y } = await whereIs(page, target);
    const before = sent.length;
    for (let time = 0; time < 3; time += 1) await page.touchscreen.tap(x, y);
    expect(sent.slice(before)).toEqual([]);
    await styles.hurry();
    await asksOnce(browser, target);
  });

  test('ignores a tap on a consent page from a background tab before it was scrolled', async () => {
    const [, consent] = TARGETS[0] ?? [];
    if (consent === undefined) throw new Error('There is no consent.');
    for (const [options, taken] of [
      [TABLET, 0],
      [{ ...TABLET, ...PHONE }, 1],
    ] as const) {
      const { page, sent } = await adasBrowser(options);
      await consent.open(page);
      await buttonOf(page, consent).waitFor();
      const { x, y } = await whereIs(page, consent);
      const before = sent.length;
      await page.touchscreen.tap(x, y);
      await expect.poll(() => sent.slice(before).filter((one) => one.startsWith('POST')).length).toBe(taken);
    }
  });
});

describe('drops the fragment of the URL that the client sent the person to', () => {
  test.each(['lasting', ':~:text=Approve', 'username'])('#%s', async (fragment) => {
    const { page } = await adasBrowser(PHONE);
    const client = await newClient(app());
    for (const parameters of [{}, { prompt: 'login' }, { prompt: 'select_account' }]) {
      await page.goto(`${client.url(parameters).href}#${fragment}`);
      await page.locator('button').first().waitFor();
      expect(new URL(page.url()).hash).toBe('');
      await signIn(page);
      await page.getByRole('button', { name: 'Approve' }).waitFor();
      expect([new URL(page.url()).hash, await page.evaluate(() => scrollY)]).toEqual(['', 0]);
    }
  });
});

test('opens no page scrolled past its warnings', async () => {
  const { page } = await adasBrowser({ viewport: { width: 375, height: 300 } });
  const client = await newClient(app());
  await page.goto(client.url({ prompt: 'login' }).href);
  await signIn(page);
  await page.getByRole('button', { name: 'Approve' }).waitFor();
  const address = page.url();
  await page.goto('about:blank');
  await page.goto(`${address.replace(/#$/, '')}#lasting`);
  await page.getByRole('button', { name: 'Approve' }).waitFor();
  expect(await page.evaluate(() => [scrollY, document.documentElement.scrollHeight > 400])).toEqual([
    0,
    true,
  ]);
});

describe('refuses a form that comes sooner than a person can read its page', () => {
  /** A person whose page has just been displayed, in a realm with a reading time of one second. */
  async function atConsent() {
    const [client, browser] = [await newClient(careful()), newBrowser()];
    const shown = await browser.signIn(await browser.open(client.url()));
    expect(asksForConsent(shown)).toBe(true);
    return { client, browser, shown };
  }
  const alertOf = ({ page }: Shown): string => page.querySelector('[role=alert]')?.text ?? '';
  const recorded = async (type: AuditEvent['type']) =>
    (await careful().stores.audit.list(careful().realm.id, { limit: 1_000 })).items.filter(
      (event) => event.type === type,
    ).length;

  test.each([0, 150, 250, 400, 999])(
    'displays the page again after an approval within %i ms',
    async (passed) => {
      const { browser, shown } = await atConsent();
      const approvals = await recorded('consent.approved');
      now += passed;
      const again = await browser.decide(shown, 'approve');
      expect([again.status, asksForConsent(again)]).toEqual([200, true]);
      expect(alertOf(again)).toContain('nothing was decided');
      expect(await recorded('consent.approved')).toBe(approvals);
    },
  );

  test('accepts an approval after a second', async () => {
    const { browser, shown } = await atConsent();
    now += 1_000;
    expect(handedBack(await browser.decide(shown, 'approve'))?.searchParams.has('code')).toBe(true);
  });

  test('accepts the second attempt on the page that is displayed again, but not on the first page', async () => {
    const { browser, shown } = await atConsent();
    const again = await browser.decide(shown, 'approve');
    expect(asksForConsent(await browser.decide(shown, 'approve'))).toBe(true);
    expect(handedBack(await browser.decide(again, 'approve'))?.searchParams.has('code')).toBe(true);
  });

  test('accepts a denial at once', async () => {
    const { browser, shown } = await atConsent();
    const denied = handedBack(await browser.decide(shown, 'deny'));
    expect(denied?.searchParams.get('error')).toBe('access_denied');
  });

  test.each([
    ['the end of an app’s access', 'apps', 'grant.ended', 'nothing was ended'],
    ['sign-out', 'sign-out', 'sign-out.succeeded', 'still signed in'],
  ] as const)('accepts %s after a second, too', async (_, place, event, words) => {
    const { client, browser, shown } = await atConsent();
    now += 1_000;
    const arrived = handedBack(await browser.decide(shown, 'approve'));
    if (arrived === undefined) throw new Error('Nothing was approved.');
    await client.exchange(arrived);
    const before = await recorded(event);
    const send = (page: Shown) => browser.post(formOf(page).action, filledIn(formOf(page), {}));
    const apps = await browser.signIn(await browser.open(`${careful().issuer}/connect/apps`));
    const again = await send(await browser.open(new URL(place, apps.url)));
    expect([again.status, alertOf(again)]).toEqual([200, expect.stringContaining(words)]);
    expect(await recorded(event)).toBe(before);
    await send(again);
    expect(await recorded(event)).toBe(before + 1);
  });
});

describe('refuses a changed time in the token of a form', () => {
  test.each<[string, (moment: string) => string]>([
    ['sooner', () => (now - 60_000).toString(36)],
    ['never', () => 'NaN'],
    ['the beginning of time', () => '0'],
    ['before it', () => '-1'],
    ['none', () => ''],
    ['followed by letters', (moment) => `${moment}zz`],
  ])('%s', async (_, forge) => {
    const [client, browser] = [await newClient(careful()), newBrowser()];
    const shown = await browser.signIn(await browser.open(client.url()));
    const form = formOf(shown);
    const [moment = '', proof = ''] = (form.fields['csrf'] ?? '').split('.');
    const csrf = `${forge(moment)}.${proof}`;
    const answer = await browser.post(form.action, filledIn(form, { csrf, decision: 'approve' }));
    expect([answer.status, asksForConsent(answer)]).toEqual([409, true]);
  });
});

import { listenForCallback } from '@vestibule/example-agent';
import { cite } from '@vestibule/requirements';
import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { agingApp } from './support/aging-pages.ts';
import { exchange, register } from './support/oauth.ts';
import { chromiumOfFile, signIn, violationsOf } from './support/real-browser.ts';

const newPage = chromiumOfFile();

const mainText = (page: Page): Promise<string> => page.getByRole('main').innerText();

/** The format of the page: February 21, 2027. */
const longDate = (moment: number): string =>
  new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(moment);

describe.each([
  ['with scripts', {}],
  ['without scripts', { javaScriptEnabled: false }],
])('%s', (_, options) => {
  test(
    cite(
      'a person reactivates a hibernated agent, and it continues under its old id',
      'vestibule:lifecycle:since',
      'vestibule:lifecycle:revived',
    ),
    async () => {
      const { app, introduce, use, pass, sweep, hibernatedAt } = await agingApp();
      const callback = await listenForCallback();
      onTestFinished(() => callback.close());
      const agent = await introduce({ client_name: 'Fern Watering', redirect_uris: [callback.url] });
      await use(agent);
      pass(100);
      await sweep();
      const since = (await hibernatedAt(agent.clientId)) ?? 0;

      const { page, complaints } = await newPage(options);
      await page.goto(agent.url.href);
      await signIn(page);
      expect(await mainText(page)).toContain(
        `This app has been paused since ${longDate(since)} (10 days ago), because nobody used it for a long time.`,
      );
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.waitForURL((url) => url.href.startsWith(callback.url));
      const arrived = new URL(`${callback.url}?${(await callback.arrival).toString()}`);
      expect((await exchange(app, agent.clientId, callback.url, arrived)).status).toBe(200);
      expect(await hibernatedAt(agent.clientId)).toBeUndefined();
      expect(complaints).toEqual([]);

      await page.goto(agent.url.href);
      expect(await mainText(page)).not.toContain('paused');
    },
  );

  test(
    cite(
      'a person whose agent is gone reads what to do in it, and finds the others below',
      'vestibule:lifecycle:gone-page',
    ),
    async () => {
      const { introduce, pass, sweep } = await agingApp();
      const agent = await introduce({
        client_name: 'Claude',
        redirect_uris: ['https://claude.ai/api/mcp/auth_callback'],
      });
      // It can no longer be restored, and then nothing is kept of it.
      pass(40);
      await sweep();
      const { page } = await newPage(options);
      expect((await page.goto(agent.url.href))?.status()).toBe(400);
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('This app is not known here');
      expect(await page.getByRole('heading', { level: 2 }).innerText()).toBe(
        'Claude (web, desktop and phone)',
      );
      expect(await mainText(page)).toContain('In Settings, under Connectors, remove this connector');
      expect(await mainText(page)).not.toContain('Codex CLI');
      await page.keyboard.press('Tab');
      expect(await page.locator(':focus').innerText()).toBe('In another app');
      await page.keyboard.press('Enter');
      await page.getByText('Run “codex mcp logout NAME”').waitFor({ state: 'visible' });
    },
  );
});

test(
  cite('a person whose agent expired restores it by approving it', 'vestibule:lifecycle:restored'),
  async () => {
    const { app, introduce, pass, sweep, stored } = await agingApp();
    const callback = await listenForCallback();
    onTestFinished(() => callback.close());
    const agent = await introduce({ client_name: 'Fern Watering', redirect_uris: [callback.url] });
    pass(1);
    await sweep();
    expect(await stored(agent.clientId)).toBeUndefined();
    const { page, complaints } = await newPage();
    await page.goto(agent.url.href);
    await signIn(page);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('[unverified]');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.waitForURL((url) => url.href.startsWith(callback.url));
    const arrived = new URL(`${callback.url}?${(await callback.arrival).toString()}`);
    expect((await exchange(app, agent.clientId, callback.url, arrived)).status).toBe(200);
    expect(await stored(agent.clientId)).toMatchObject({ id: agent.clientId, name: 'Fern Watering' });
    expect(complaints).toEqual([]);
  },
);

test(
  cite(
    'a person whose expired agent leads elsewhere reads its name as a claim, and what to do in it',
    'vestibule:lifecycle:gone-page',
  ),
  async () => {
    const { introduce, pass, sweep } = await agingApp();
    const agent = await introduce({
      client_name: 'GitHub Copilot CLI',
      redirect_uris: ['http://127.0.0.1:41795/'],
    });
    pass(1);
    await sweep();
    const { page } = await newPage();
    agent.url.searchParams.set('redirect_uri', 'http://127.0.0.1:41795/elsewhere');
    expect((await page.goto(agent.url.href))?.status()).toBe(400);
    expect(await mainText(page)).toContain('it called itself “GitHub Copilot CLI” [unverified]');
    expect(await mainText(page)).toContain('Run “copilot mcp remove NAME”');
  },
);

test(
  cite(
    'the page tells a person that their agent is blocked, and how to make it forget its registration',
    'vestibule:lifecycle:blocked-page',
  ),
  async () => {
    const { introduce, block } = await agingApp();
    const agent = await introduce({
      client_name: 'LM Studio',
      redirect_uris: ['http://localhost:1234/callback'],
    });
    await block(agent.clientId);
    const { page } = await newPage();
    expect((await page.goto(agent.url.href))?.status()).toBe(403);
    const text = await mainText(page);
    expect(text).toContain('This app is blocked here');
    expect(text).toContain('Take the server out of mcp.json, save, put it in again, and save.');
  },
);

test(
  cite(
    'a verified agent is marked so on every page, and consent is asked every time',
    'vestibule:software-statements:verified',
    'vestibule:software-statements:consent-stays',
    'rfc7591:6:contacts',
  ),
  async () => {
    const { app, introduce, statement } = await agingApp();
    const callback = await listenForCallback();
    onTestFinished(() => callback.close());
    const claims = {
      client_name: 'Moss',
      redirect_uris: [callback.url] as const,
      contacts: ['ops@moss.example'],
    };
    const agent = await introduce({ ...claims, software_statement: await statement(claims) });
    expect((await app.stores.clients.find(app.realm.id, agent.clientId))?.contacts).toEqual(claims.contacts);

    const { page } = await newPage();
    const seen: string[] = [];
    page.on('response', async (response) => {
      if (response.url().startsWith(app.issuer)) seen.push(await response.text().catch(() => ''));
    });
    await page.goto(agent.url.href);
    expect(await mainText(page)).toContain('“Moss” [verified by The Guild of Ferns, Mosses and Agents]');
    for (const time of [1, 2]) {
      if (time > 1) await page.goto(agent.url.href);
      await signIn(page);
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(
        '“Moss” [verified by The Guild of Ferns, Mosses and Agents] asks to use Notes',
      );
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.waitForURL((url) => url.href.startsWith(callback.url));
    }
    expect(seen.join('')).toContain('[verified by The Guild of Ferns, Mosses and Agents]');
    expect(seen.join('')).not.toContain('ops@moss.example');
  },
);

test(
  cite(
    'an agent on this computer with a vendor’s name is accepted, and its claim is displayed',
    'vestibule:brand-protection:loopback',
  ),
  async () => {
    const { introduce } = await agingApp();
    const { url } = await introduce({
      client_name: 'Claude Code (notes)',
      redirect_uris: ['http://localhost:55969/callback'],
    });
    const { page } = await newPage();
    await page.goto(url.href);
    await signIn(page);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('[unverified]');
    expect(await mainText(page)).toMatch(/This app says it is from \w+\./);
  },
);

test(
  cite('the error_uri of a refusal leads to what its rule asks for', 'vestibule:policy:docs'),
  async () => {
    const { app } = await agingApp();
    const { status, body } = await register(app, { redirect_uris: ['http://app.example/cb'] });
    expect(status).toBe(400);
    expect(body.error_uri).toBe(`${app.issuer}/connect/rules#redirect-uris.http-host`);
    const { page, complaints } = await newPage();
    await page.goto(body.error_uri);
    const rule = page.locator(':target');
    expect(await rule.innerText()).toContain('Plain http is for localhost, 127.0.0.1 and [::1] only.');
    expect(await rule.evaluate((element) => element.getBoundingClientRect().top < innerHeight)).toBe(true);
    expect(complaints).toEqual([]);
  },
);

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  test.each([320, 1_280])(
    'at a width of %i, no page has a fault that a machine can find, or runs over',
    async (width) => {
      const { app, introduce, use, block, pass, sweep, statement, change } = await agingApp();
      const sleeper = await introduce({
        client_name: 'Fern Watering, an agent with a name that takes up all the room there is for one',
        redirect_uris: ['https://a-host-with-quite-a-long-name.ferns-and-other-plants.example/callback'],
      });
      await use(sleeper);
      pass(100);
      await sweep();
      const claimant = await introduce({
        client_name: 'Claude Code (notes)',
        redirect_uris: ['http://localhost:55969/callback'],
      });
      const claims = { client_name: 'Moss', redirect_uris: ['https://moss.example/callback'] as const };
      const vouched = await introduce({ ...claims, software_statement: await statement(claims) });
      const blocked = await introduce({ client_name: 'Cursor', redirect_uris: ['http://localhost:8787/cb'] });
      await block(blocked.clientId);

      const { page } = await newPage({ colorScheme, viewport: { width, height: 900 } });
      const faults: string[] = [];
      const examine = async (name: string): Promise<void> => {
        faults.push(...(await violationsOf(page)).map((fault) => `${name}: ${fault}`));
        const right = await page.evaluate(() => document.documentElement.scrollWidth);
        if (right > width) faults.push(`${name}: ${right} wide`);
      };
      const visit = async (name: string, { href }: URL): Promise<void> => {
        await page.goto(href);
        await examine(name);
      };

      await visit('sign-in of what is vouched for', vouched.url);
      await signIn(page);
      await examine('consent to what is vouched for');
      await page.goto(sleeper.url.href);
      await signIn(page);
      await examine('consent to what slept');
      await page.goto(claimant.url.href);
      await signIn(page);
      await examine('consent to what claims to be somebody');
      await visit('blocked', blocked.url);
      await visit('gone', new URL(`${app.issuer}/connect/authorize?client_id=nobody`));
      await page.getByText('How to do that, by app').click();
      await examine('gone, all apps');
      await visit('rules', new URL(`${app.issuer}/connect/rules#client-name.vendor`));
      await change({ reservedNames: ['Fern'] });
      await visit('unacceptable', sleeper.url);
      expect(faults).toEqual([]);
    },
  );
});

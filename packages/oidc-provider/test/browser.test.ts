import { createServer } from 'node:http';
import { launchChromium, openPage } from '@vestibule/testing/chromium';
import { listeningUntilEnd } from '@vestibule/testing/listening';
import { expect, onTestFinished, test } from 'vitest';
import { authorizeUrl, exchanged, registered } from './support/agent.ts';
import { startBridge } from './support/start-bridge.ts';

/** An agent that listens on this computer. */
async function startAgent(): Promise<string> {
  const server = createServer((_, response) => response.end('Back in the app'));
  return `${await listeningUntilEnd(server)}/cb`;
}

test.each([true, false])(
  'a real browser gets from the consent page to the agent, and nothing is blocked (scripts: %s)',
  async (javaScriptEnabled) => {
    const app = await startBridge();
    const redirectUri = await startAgent();
    const clientId = await registered(app);
    const chromium = await launchChromium();
    onTestFinished(() => chromium.close());
    const context = await chromium.newContext({ javaScriptEnabled });
    const { page, complaints } = await openPage(context);

    await page.goto(authorizeUrl(app, clientId, { redirect_uri: redirectUri }).href);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('[unverified]');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.waitForURL((url) => url.href.startsWith(redirectUri));
    const { body } = await exchanged(app, clientId, new URL(page.url()), { redirect_uri: redirectUri });
    expect(body.scope).toBe('notes:read notes:write');
    expect(complaints.filter((complaint) => !complaint.includes('favicon'))).toEqual([]);
  },
);

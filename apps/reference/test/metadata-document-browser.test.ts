import { expect, test } from 'vitest';
import { startDocumentApp } from './support/document-app.ts';
import { authorizeUrl } from './support/oauth.ts';
import { chromiumOfFile, signIn, violationsOf } from './support/real-browser.ts';

const newPage = chromiumOfFile();

/** The consent page of an app with a document, in a real browser. */
async function openConsent(redirectUris: readonly string[], redirectUri: string) {
  const app = await startDocumentApp({ client_name: 'Gardening agent', redirect_uris: redirectUris });
  const { page } = await newPage();
  await page.goto(authorizeUrl(app, app.clientId, { redirect_uri: redirectUri }).href);
  await signIn(page);
  await page.getByRole('button', { name: 'Approve' }).waitFor();
  const size = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
  return { app, page, size };
}

test.each([
  [
    'on this computer',
    ['http://127.0.0.1/callback'],
    'http://127.0.0.1:4711/callback',
    'Any program on this computer',
  ],
  [
    'at another website',
    ['https://elsewhere.example/cb'],
    'https://elsewhere.example/cb',
    'You will be sent to another website.',
  ],
])(
  'the consent page of an app %s with a document shows the host of the document first, and larger than its name',
  async (_, redirectUris, redirectUri, warning) => {
    const { app, page, size } = await openConsent(redirectUris, redirectUri);
    const { host } = new URL(app.clientId);
    const text = await page.locator('main').innerText();
    expect(text.indexOf(host)).toBeGreaterThanOrEqual(0);
    expect(text.indexOf(host)).toBeLessThan(text.indexOf('Gardening agent'));
    expect(await size('.from strong')).toBeGreaterThan(await size('h1 .claim'));
    expect(text).toContain('[unverified]');
    expect(text).toContain(`Only ${host} says what this app is called.`);
    expect(text).toContain(warning);
    expect(await violationsOf(page)).toEqual([]);
  },
);

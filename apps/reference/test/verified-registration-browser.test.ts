import { expect, test } from 'vitest';
import { startDocumentApp } from './support/document-app.ts';
import { authorizeUrl, register } from './support/oauth.ts';
import { chromiumOfFile, signIn, violationsOf } from './support/real-browser.ts';

const newPage = chromiumOfFile();

const LOOPBACK = 'http://127.0.0.1/callback';

/** The consent page of a registered app whose website has a document, in a real browser. */
async function openConsent(redirectUriAt: (origin: string) => string) {
  const redirectUrisAt = (origin: string) => [`${origin}/cb`, LOOPBACK];
  const app = await startDocumentApp(
    (origin) => ({ client_name: 'Gardening agent', redirect_uris: redirectUrisAt(origin) }),
    { metadataDocuments: { verifyRegistrations: true } },
  );
  const { origin, host } = new URL(app.clientId);
  const { status, body } = await register(app, {
    client_name: 'Gardening agent',
    client_uri: `${origin}/`,
    software_id: app.clientId,
    redirect_uris: redirectUrisAt(origin),
  });
  expect(status).toBe(201);
  expect(app.host.connections()).toBe(0);
  const { page } = await newPage();
  await page.goto(authorizeUrl(app, body.client_id, { redirect_uri: redirectUriAt(origin) }).href);
  await signIn(page);
  await page.getByRole('button', { name: 'Approve' }).waitFor();
  const text = await page.locator('main').innerText();
  expect(await violationsOf(page)).toEqual([]);
  return { app, page, text, host };
}

test('the consent page of a registered app says which website verifies it, where the person is sent to that website', async () => {
  const { app, page, text, host } = await openConsent((origin) => `${origin}/cb`);
  expect(text.indexOf(host)).toBeLessThan(text.indexOf('Gardening agent'));
  expect(text).toContain(`“Gardening agent” [verified by ${host}]`);
  expect(text).toContain(
    `${host} describes this app, and is where you will be sent. The website chose this name.`,
  );
  expect(text).toContain('This app registered here');
  expect(text).toContain('You will be asked again every time it connects.');
  expect(text).not.toContain('[unverified]');
  expect(app.host.requests).toEqual([expect.stringMatching(/^GET \/client\.json HTTP\/1\.1\r\n/)]);
  await page.route(`https://${host}/cb?*`, (route) => route.fulfill({ body: 'arrived' }));
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.waitForURL((url) => url.host === host && url.searchParams.has('code'));
});

test('the consent page of a registered app on this computer names no website that describes it', async () => {
  const { app, text, host } = await openConsent(() => 'http://127.0.0.1:4711/callback');
  expect(text).toContain('“Gardening agent” [unverified]');
  expect(text).toContain('Nobody has checked who made this app.');
  expect(text).not.toContain(host);
  expect(app.host.connections()).toBe(0);
});

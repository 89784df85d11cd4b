import { expect, test } from 'vitest';
import { startDocumentApp } from './support/document-app.ts';
import { approve, authorizeUrl, exchange, token } from './support/oauth.ts';
import { chromiumOfFile, signIn, violationsOf } from './support/real-browser.ts';

const newPage = chromiumOfFile();

const HERE = 'http://127.0.0.1:4711/callback';
const WEBSITE = 'https://agent.example/cb';

test('a person ends the app on this computer, and the website with the same document keeps its access', async () => {
  const app = await startDocumentApp({
    client_name: 'Gardening agent',
    redirect_uris: ['http://127.0.0.1/callback', WEBSITE],
  });
  const { clientId } = app;
  const tokenAt = async (redirectUri: string): Promise<string> => {
    const arrived = await approve(authorizeUrl(app, clientId, { redirect_uri: redirectUri }));
    return (await exchange(app, clientId, redirectUri, arrived)).body.refresh_token;
  };
  const [here, website] = [await tokenAt(HERE), await tokenAt(WEBSITE)];
  const refresh = async (refreshToken: string): Promise<number> =>
    (
      await token(app, {
        grant_type: 'refresh_token',
        client_id: clientId,
        refresh_token: refreshToken,
      })
    ).status;

  const { page } = await newPage();
  await page.goto(`${app.issuer}/connect/apps`);
  await signIn(page);

  const appAt = (where: string) => page.getByRole('region', { name: `(${where})` });
  const [onThisComputer, atWebsite] = [appAt('an app on this computer'), appAt('agent.example')];
  await onThisComputer.waitFor();
  expect(await atWebsite.innerText()).toContain('you were sent to agent.example');
  expect(await page.getByRole('region').count()).toBe(2);
  expect(await violationsOf(page)).toEqual([]);

  await onThisComputer.getByRole('button', { name: 'End this access: ' }).click();
  await page.getByRole('status').waitFor();
  expect(await page.getByRole('status').innerText()).toContain(
    '“Gardening agent” [unverified] (an app on this computer) no longer has access.',
  );
  expect(await onThisComputer.count()).toBe(0);
  expect(await atWebsite.count()).toBe(1);
  expect(await violationsOf(page)).toEqual([]);
  expect([await refresh(here), await refresh(website)]).toEqual([400, 200]);
});

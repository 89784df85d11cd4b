/**
 * Installs that share a `client_id`, the URL of a document: a program on a computer gets what a website was allowed, or uses up what
 * others have.
 *
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document-03#section-8 CIMD §8}
 * @see {@link https://cwe.mitre.org/data/definitions/441.html CWE-441}
 *
 * Taken out: packages/server/src/consent/decide-consent.ts: `grantsOfInstall(client, interaction, ofSameClient))` → `ofSameClient)`
 * Then fails: does not offer a program on this computer what a website has
 * Taken out: packages/server/src/limits/request-limits.ts: `grant && hasManyInstalls(client) ? [grant.subject, targetOf(grant)] : []` → `[]`
 * Then fails: does not use up the requests of other installs at the same address
 */
import { formOf, newBrowser } from '@vestibule/testing/browser';
import { approve, authorizeUrl, exchange, token } from '@vestibule/testing/oauth';
import { expect, test } from 'vitest';
import type { TestApp } from '../support/app.ts';
import { CALLBACK } from './support/client.ts';
import { startDocumentApp } from './support/document-app.ts';

const CLIENT = 'https://agent.example/client.json';
const WEBSITE = 'https://agent.example/cb';

async function tokensOf(app: TestApp, redirectUri: string, scope: string) {
  const arrived = await approve(authorizeUrl(app, CLIENT, { redirect_uri: redirectUri, scope }));
  const { status, body } = await exchange(app, CLIENT, redirectUri, arrived);
  expect(status).toBe(200);
  return { token: String(body.refresh_token) };
}

async function refresh(app: TestApp, one: { token: string }): Promise<number> {
  const fields = { grant_type: 'refresh_token', client_id: CLIENT, refresh_token: one.token };
  const { status, body } = await token(app, fields);
  if (status === 200) one.token = body.refresh_token;
  return status;
}

test('does not offer a program on this computer what a website has', async () => {
  const { app } = await startDocumentApp({}, { redirectUris: [WEBSITE, CALLBACK] });
  await tokensOf(app, WEBSITE, 'notes:read mcp:write');
  const browser = newBrowser();
  const url = authorizeUrl(app, CLIENT, { redirect_uri: CALLBACK, scope: 'notes:read' });
  const consent = await browser.signIn(await browser.open(url));
  expect(formOf(consent).scopes).toEqual(['notes:read']);
});

test('does not use up the requests of other installs at the same address', async () => {
  const { app } = await startDocumentApp(
    {},
    { redirectUris: [WEBSITE, CALLBACK], limits: { tokenRequestsPerClientPerHour: 3 } },
  );
  const [attacker, victim] = [
    await tokensOf(app, CALLBACK, 'notes:read'),
    await tokensOf(app, WEBSITE, 'notes:read'),
  ];
  const statuses: number[] = [];
  for (let number = 0; number < 4; number += 1) statuses.push(await refresh(app, attacker));
  for (let number = 0; number < 4; number += 1) statuses.push(await refresh(app, { token: 'guessed' }));
  expect(statuses).toEqual([200, 200, 429, 429, 400, 400, 400, 429]);
  expect(await refresh(app, victim)).toBe(200);
});

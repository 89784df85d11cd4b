import { expect, test } from 'vitest';
import { setUp } from './set-up.ts';

const APPROVE = { decision: 'approve' };
const PROBLEM = { status: 400, view: { page: 'problem', problem: 'redirect-uri-unregistered' } };

/** A client that replaces its registration at a chosen moment: another name, and another redirect URI. */
async function begin() {
  const server = setUp();
  const clientId = await server.register({ client_name: 'Nobody in particular' });
  const becomeSomebody = async (): Promise<void> => {
    const client = await server.clients.find('main', clientId);
    if (client === undefined) throw new Error('It is gone.');
    const next = { ...client, name: 'Somebody', redirectUris: ['https://somebody.example/cb'] };
    expect(await server.clients.replace(next, client.version)).toBe('replaced');
  };
  return { ...server, clientId, becomeSomebody, browser: server.newBrowser() };
}

test('a new name is never displayed with an old destination: before the person signs in', async () => {
  const { browser, clientId, authorizeUrl, answer, becomeSomebody } = await begin();
  const shown = await browser.open(authorizeUrl(clientId));
  await becomeSomebody();
  const signedIn = await answer(browser, shown, { username: 'ada', password: 'right' });
  expect(signedIn).toMatchObject(PROBLEM);
});

test('a registration that is replaced while the person reads gets no approval', async () => {
  const { browser, clientId, authorizeUrl, openConsent, answer, becomeSomebody, audit } = await begin();
  const consent = await openConsent(browser, authorizeUrl(clientId));
  await becomeSomebody();
  expect(await browser.open(consent.url)).toMatchObject(PROBLEM);
  expect(await answer(browser, consent, APPROVE)).toMatchObject(PROBLEM);
  expect(audit.events.map(({ type }) => type)).not.toContain('consent.approved');
});

test('a registration that is replaced after the approval gets no response', async () => {
  const { browser, clientId, authorizeUrl, openConsent, answer, becomeSomebody } = await begin();
  const consent = await openConsent(browser, authorizeUrl(clientId));
  const approved = await answer(browser, consent, APPROVE);
  await becomeSomebody();
  expect(await browser.open(approved.url)).toMatchObject(PROBLEM);
});

test('a registration that is replaced after the response cannot exchange the code', async () => {
  const { clientId, obtainCode, exchange, becomeSomebody } = await begin();
  const code = await obtainCode(clientId);
  await becomeSomebody();
  expect(await exchange(clientId, code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
});

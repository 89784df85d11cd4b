import { sourceOf } from '@vestibule/http';
import { expect, test } from 'vitest';
import { documentHosts } from './document-hosts.ts';
import { CALLBACK, realmWith, setUp } from './set-up.ts';
import { withRegistration } from './aging.ts';

const URI = 'https://app.example/client.json';
const DOCUMENTS = { metadataDocuments: { open: true } };

/** A registered app and one with a document, each with its token. */
async function twoApps() {
  const hosts = documentHosts();
  hosts.publish({
    client_id: URI,
    client_name: 'Described',
    redirect_uris: [CALLBACK],
    grant_types: ['authorization_code', 'refresh_token'],
  });
  const world = setUp(realmWith({}, DOCUMENTS), { documentFetch: hosts.fetch });
  const { register, exchange, obtainCode, refresh, openConsent, newBrowser, authorizeUrl } = world;
  const registered = await register();
  const tokens = new Map<string, string>();
  for (const id of [registered, URI]) {
    tokens.set(id, (await exchange(id, await obtainCode(id))).body.refresh_token);
  }

  /** The response to the next refresh of an app. */
  async function next(id: string): Promise<{ readonly status: number; readonly error?: string }> {
    const { status, body } = await refresh(id, tokens.get(id) ?? '');
    if (status === 200) tokens.set(id, body.refresh_token);
    return { status, ...(body.error !== undefined && { error: body.error }) };
  }
  const page = async (id: string) => (await openConsent(newBrowser(), authorizeUrl(id))).view.page;
  return { ...world, registered, next, page };
}

test('a realm that closes registration refuses registered apps at once, and no app with a document', async () => {
  const { change, registered, next, page } = await twoApps();
  await change(realmWith({ realm: false }, DOCUMENTS));
  expect(await next(registered)).toEqual({ status: 400, error: 'unauthorized_client' });
  expect(await page(registered)).not.toBe('consent');
  expect(await next(URI)).toEqual({ status: 200 });
  expect(await page(URI)).toBe('consent');
});

test('a realm that opens registration again restores what registered apps had', async () => {
  const { change, registered, next, page } = await twoApps();
  await change(realmWith({ realm: false }, DOCUMENTS));
  await next(registered);
  await change(realmWith({}, DOCUMENTS));
  expect(await next(registered)).toEqual({ status: 200 });
  expect(await page(registered)).toBe('consent');
});

test('a realm that admits only clients with an initial access token lets registered apps go on', async () => {
  const { change, registrar, registered, next, page } = await twoApps();
  await change(withRegistration(realmWith({}, DOCUMENTS), { mode: 'initial-access-token' }));
  expect(await registrar.admit('main', sourceOf('192.0.2.1'))).toMatchObject({
    outcome: 'unauthorized',
  });
  expect(await next(registered)).toEqual({ status: 200 });
  expect(await page(registered)).toBe('consent');
});

/**
 * A client whose website an operator has refused after it got its tokens: it goes on with them, or with a code that it has not
 * exchanged yet.
 *
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document-03#section-9.4 CIMD §9.4, changes}
 *
 * Taken out: packages/core/src/gates/gates.ts: `return acceptsDocument(realm, client.document.uri);` → `return true;`
 * Then fails: gives no token to a client whose host was refused since
 * Taken out: packages/core/src/gates/gates.ts: `return acceptsDocument(realm, client.document.uri);` → `return true;`
 * Then fails: does not accept the token of a client whose host was refused since
 * Taken out: packages/cimd/src/wanted-document.ts: `if (!acceptsDocument(realm, clientId)) return` → `if (false) return`
 * Then fails: fetches nothing more from a host that was refused
 */
import { approve, authorizeUrl, exchange, token } from '@vestibule/testing/oauth';
import { describe, expect, test } from 'vitest';
import { apiSecret, introspect } from './support/api.ts';
import { CALLBACK } from './support/client.ts';
import { startDocumentApp } from './support/document-app.ts';

const CLIENT = 'https://agent.example/client.json';

/** A client with tokens, and one more code. */
async function attached() {
  const world = await startDocumentApp();
  const { app } = world;
  const code = () => approve(authorizeUrl(app, CLIENT, { redirect_uri: CALLBACK }));
  const { status, body } = await exchange(app, CLIENT, CALLBACK, await code());
  expect(status).toBe(200);
  return { ...world, body, arrived: await code() };
}

const REFUSALS = [
  ['its host', { refusedHosts: ['agent.example'] }],
  ['all other hosts', { allowedHosts: ['other.example'] }],
  ['its document', { refusedDocuments: [CLIENT] }],
  ['every document', { open: false }],
] as const;

describe('gives no token to a client whose host was refused since', () => {
  test.each(REFUSALS)('by %s', async (_, refused) => {
    const { app, body, arrived, change } = await attached();
    await change(refused);
    const fields = { grant_type: 'refresh_token', client_id: CLIENT, refresh_token: body.refresh_token };
    for (const response of [await token(app, fields), await exchange(app, CLIENT, CALLBACK, arrived)]) {
      expect(response).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } });
    }
  });
});

describe('does not accept the token of a client whose host was refused since', () => {
  test.each(REFUSALS)('by %s', async (_, refused) => {
    const { app, body, change } = await attached();
    const api = ['notes', await apiSecret(app, 'notes')] as const;
    expect((await introspect(app, api, body.access_token)).body).toMatchObject({ active: true });
    await change(refused);
    expect((await introspect(app, api, body.access_token)).body).toEqual({ active: false });
  });
});

test('fetches nothing more from a host that was refused', async () => {
  const { app, fetched, change } = await attached();
  await change({ refusedHosts: ['agent.example'] });
  const other = 'https://agent.example/other.json';
  const response = await fetch(authorizeUrl(app, other, { redirect_uri: CALLBACK }));
  expect(response.status).toBe(403);
  expect(fetched).not.toContain(other);
});

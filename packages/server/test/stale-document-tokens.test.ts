import { expect, test } from 'vitest';
import { basic, realmThatAsks } from './apis.ts';
import { documentHosts, FRESH_FOR } from './document-hosts.ts';
import { CALLBACK, ISSUER, realmWith, setUp } from './set-up.ts';

const URI = 'https://app.example/client.json';
const STALE = 100;

test('introspection does not accept a token of a client whose document could not be fetched for too long', async () => {
  const hosts = documentHosts();
  hosts.publish({
    client_id: URI,
    client_name: 'Diary',
    redirect_uris: [CALLBACK],
    grant_types: ['authorization_code', 'refresh_token'],
  });
  const { settings } = realmWith({}, { metadataDocuments: { open: true, stale: STALE } });
  const { server, exchange, refresh, obtainCode, pass } = setUp(
    { ...(await realmThatAsks()), settings },
    { documentFetch: hosts.fetch },
  );
  const { body: first } = await exchange(URI, await obtainCode(URI));
  hosts.fail(true);
  pass(FRESH_FOR + 1);
  const { body: second } = await refresh(URI, first.refresh_token);
  const isActive = async (): Promise<unknown> => {
    const request = new Request(`${ISSUER}/connect/introspect`, {
      method: 'POST',
      body: new URLSearchParams({ token: second.access_token }),
      headers: { authorization: basic('notes', 'secret-of-notes') },
    });
    return (await (await server.introspect(request, { ip: '192.0.2.1' })).json()).active;
  };
  expect(await isActive()).toBe(true);
  pass(STALE);
  expect(await isActive()).toBe(false);
});

import type { PartialRealmSettings } from '@vestibule/core/realm';
import { createBrowser } from './browser.ts';
import { documentHosts } from './document-hosts.ts';
import { CALLBACK, ISSUER, realmWith, setUp } from './set-up.ts';

export const URI = 'https://app.example/client.json';

export const DOCUMENT = {
  client_id: URI,
  client_name: 'Diary',
  redirect_uris: [CALLBACK, 'http://127.0.0.1/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
};

/** A server whose realm is open to documents, and the website of an app with one. */
export function openToDocuments(settings: PartialRealmSettings['metadataDocuments'] = {}) {
  const hosts = documentHosts();
  hosts.publish(DOCUMENT);
  const realm = realmWith({ realm: false }, { metadataDocuments: { open: true, ...settings } });
  const world = setUp(realm, { documentFetch: hosts.fetch });
  const browser = createBrowser(world.server, ISSUER);
  const ask = (clientId = URI, parameters: Record<string, string | undefined> = {}) =>
    world.openConsent(browser, world.authorizeUrl(clientId, parameters));
  const exchange = async () => world.exchange(URI, await world.obtainCode(URI));
  const exchangeCode = (code: string) => world.exchange(URI, code);
  const refresh = (token: unknown) => world.refresh(URI, String(token));
  const changeTo = (next: PartialRealmSettings['metadataDocuments']) =>
    world.change(realmWith({ realm: false }, { metadataDocuments: { open: true, ...next } }));
  const types = () => world.audit.events.map(({ type }) => type);
  return { ...world, hosts, browser, ask, exchange, exchangeCode, refresh, changeTo, types };
}

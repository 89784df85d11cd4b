import type { DynamicClient, Vendor } from '@vestibule/core';
import type { PartialRealmSettings, Realm, RegistrationSettings } from '@vestibule/core/realm';
import { expect } from 'vitest';
import { createBrowser } from './browser.ts';
import { documentHosts } from './document-hosts.ts';
import { DOCUMENT, URI } from './open-to-documents.ts';
import { CALLBACK, ISSUER, realmWith, setUp } from './set-up.ts';

/** What a client that the document verifies registers with. */
const REGISTRATION = {
  client_name: 'Diary',
  client_uri: 'https://app.example/',
  software_id: URI,
  redirect_uris: [CALLBACK],
  grant_types: ['authorization_code', 'refresh_token'],
};

/** A vendor that is known to publish the document at a URL. */
export const vendorWith = (uri: string): Vendor => ({
  name: 'Diary',
  hosts: ['app.example'],
  documents: [{ uri, name: 'Diary', redirectUris: DOCUMENT.redirect_uris }],
});

export const MARK = { documentHost: 'app.example', verifiedBy: 'app.example', hasRegistered: true };

export type DocumentSettings = NonNullable<PartialRealmSettings['metadataDocuments']>;

/** A server that verifies registrations, and the website of an app with a document. */
export function openToVerify(settings: DocumentSettings = {}, vendors: readonly Vendor[] = []) {
  const hosts = documentHosts();
  hosts.publish(DOCUMENT);
  const realmOf = (next: DocumentSettings, registration: Partial<RegistrationSettings> = {}): Realm => {
    const realm = realmWith({}, { metadataDocuments: { open: true, verifyRegistrations: true, ...next } });
    const { settings: all } = realm;
    return { ...realm, settings: { ...all, registration: { ...all.registration, ...registration } } };
  };
  const world = setUp(realmOf(settings), { documentFetch: hosts.fetch, vendors });
  const browser = createBrowser(world.server, ISSUER);
  const ask = (clientId: string, redirectUri = CALLBACK) =>
    world.openConsent(browser, world.authorizeUrl(clientId, { redirect_uri: redirectUri }));
  const register = (members: Readonly<Record<string, unknown>> = {}) =>
    world.register(JSON.parse(JSON.stringify({ ...REGISTRATION, ...members })));
  const changeTo = (...next: Parameters<typeof realmOf>) => world.change(realmOf(...next));
  const update = async (clientId: string, members: Partial<DynamicClient>): Promise<void> => {
    const client = await world.clients.find('main', clientId);
    if (client?.kind !== 'dynamic') throw new Error('The client is gone.');
    await world.clients.replace({ ...client, ...members }, client.version);
  };
  const eventsOf = (type: string) => world.audit.events.filter((event) => event.type === type);
  return { ...world, hosts, browser, ask, register, changeTo, update, eventsOf };
}

/** The marks of the client on a consent page. */
export function marksOf({ view }: Awaited<ReturnType<ReturnType<typeof openToVerify>['ask']>>): object {
  expect(view).toMatchObject({ page: 'consent' });
  const { documentHost, verifiedBy, hasRegistered } = Object(Object(view).client);
  return JSON.parse(JSON.stringify({ documentHost, verifiedBy, hasRegistered }));
}

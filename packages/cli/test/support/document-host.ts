import { createGuardedFetch } from '@vestibule/cimd/node';
import type { MetadataDocumentClient } from '@vestibule/core';
import type { PartialRealmSettings } from '@vestibule/core/realm';
import { createCertificateAuthority } from '@vestibule/testing/certificates';
import { temporaryFolder } from '@vestibule/testing/folder';
import { type Respond, respondWithJson, startHttpsHost } from '@vestibule/testing/https-host';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { realmWith, REGISTERED } from './realm.ts';
import { openCli } from './test-cli.ts';

export const HOUR = 3_600_000;
const authority = createCertificateAuthority();

/** A host with a document at any path, or with a challenge if it has none, and a fetch that reaches it. */
async function startDocumentHost(members?: object) {
  let url = '';
  const respond: Respond = (socket, request) => {
    const body = { client_id: url, client_name: 'Diary', redirect_uris: [CALLBACK], ...members };
    if (members !== undefined) respondWithJson(body)(socket, request);
    else socket.end('HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\n\r\n');
  };
  const host = await startHttpsHost(authority.issue({ hosts: ['agent.example'] }), respond);
  url = `https://agent.example:${host.port}/client.json`;
  const documentFetch = createGuardedFetch({
    resolver: { resolve: () => Promise.resolve(['127.0.0.1']) },
    ca: authority.cert,
    allow: ['127.0.0.0/8'],
  });
  return { ...host, url, documentFetch };
}

/** The redirect URI of the documents. */
export const CALLBACK = 'http://localhost/cb';

/** Settings of documents. */
export type Settings = NonNullable<PartialRealmSettings['metadataDocuments']>;

/** A database whose realm is open to documents, and a host. */
export async function meet(members?: object, settings: Settings = {}) {
  const host = await startDocumentHost(members);
  const cli = await openCli([realmWith({ metadataDocuments: { open: true, ...settings } })]);
  const { documentFetch } = host;
  return {
    ...host,
    database: cli.database,
    call: (args: readonly string[], options: object = {}) => cli.call(args, { documentFetch, ...options }),
    json: (args: readonly string[], options: object = {}) => cli.json(args, { documentFetch, ...options }),
    snapshots: async () =>
      (await cli.database.stores.realms.find('main'))?.settings.metadataDocuments?.snapshots ?? [],
    events: async () => (await cli.database.stores.audit.list('main', { limit: 9 })).items,
  };
}

/** A client with the document at a URL. */
export const clientAt = (
  id: string,
  members: Partial<MetadataDocumentClient> = {},
): MetadataDocumentClient => ({
  kind: 'metadata-document',
  realm: 'main',
  id,
  version: 1,
  name: 'Diary',
  redirectUris: [CALLBACK],
  grantTypes: ['authorization_code'],
  applicationType: 'native',
  issuedAt: REGISTERED,
  document: { uri: id, fetchedAt: REGISTERED, expiresAt: REGISTERED + HOUR, fingerprint: 'f' },
  ...members,
});

/** Writes a value to a file of its own, as JSON. Returns the path. */
export const fileWith = (value: unknown): string => {
  const file = join(temporaryFolder(), 'client.json');
  writeFileSync(file, JSON.stringify(value));
  return file;
};

import { createMetadataDocuments, type FetchOutcome } from '@vestibule/cimd';
import { findRealm } from '@vestibule/core/realm';
import { sha256, sourceOf } from '@vestibule/http';
import type { TestApp } from '../../support/app.ts';

const DAY = 86_400;

/**
 * Has a client with a document stored, as if a person had come with its URL just now, and opens the realm for it.
 *
 * @param number a different one for each client: it has a website and a network of its own
 * @returns the URL of the document
 */
export async function describeClient(app: TestApp, number: number, metadata: object): Promise<string> {
  const { realms, clients, commit } = app.stores;
  await app.change(({ settings, ...realm }) => ({
    ...realm,
    settings: { ...settings, metadataDocuments: { ...settings.metadataDocuments, open: true } },
  }));
  const realm = await findRealm(realms, app.realm.id);
  if (realm === undefined) throw new Error(`There is no realm ${app.realm.id}.`);
  const url = `https://attacker-${number}.example/client.json`;
  const body = { grant_types: ['authorization_code', 'refresh_token'], ...metadata, client_id: url };
  const documents = createMetadataDocuments({
    fetch: { fetch: () => Promise.resolve(fetched(body)) },
    realms,
    clients,
    commit,
    audit: { record: () => Promise.resolve() },
    clock: Date.now,
    hash: sha256,
    onError: () => undefined,
  });
  const source = sourceOf(`10.${number >> 8}.${number & 255}.1`);
  const obtained = await documents.obtain(realm, url, undefined, source);
  if (obtained.outcome !== 'current') throw new Error(`The client is ${JSON.stringify(obtained)}.`);
  return url;
}

const fetched = (body: object): FetchOutcome => ({
  ok: true,
  status: 'fetched',
  body,
  bytes: JSON.stringify(body).length,
  freshness: { freshFor: DAY, noStore: false, noCache: false, mustRevalidate: false },
});

import { createMetadataDocuments, type FetchOutcome } from '@vestibule/cimd';
import { findRealm } from '@vestibule/core/realm';
import { openDatabase } from '@vestibule/database';
import { sha256, sourceOf } from '@vestibule/http';
import type { KnownClient } from '../oauth/known-client.ts';

const DAY = 86_400;
const CALLBACK = 'https://client.example/callback';

/** How many clients this process has stored. */
let described = 0;

/**
 * Stores clients with metadata documents in the database of a server, as if each had been fetched just now. They are fresh for longer
 * than a measurement takes, so nothing is fetched. Each call stores others, as each slice has registered clients of its own: the grants of
 * a client accumulate.
 */
export async function describeClients(database: string, count: number): Promise<readonly KnownClient[]> {
  const { stores, close } = await openDatabase(database);
  try {
    const { realms, clients, commit } = stores;
    const realm = await findRealm(realms, 'main');
    if (realm === undefined) throw new Error('The measured realm does not exist.');
    const documents = createMetadataDocuments({
      fetch: { fetch: ({ url }) => Promise.resolve(fetched(url)) },
      realms,
      clients,
      commit,
      audit: { record: () => Promise.resolve() },
      clock: Date.now,
      hash: sha256,
      onError: () => undefined,
    });
    const known: KnownClient[] = [];
    for (let index = 0; index < count; index += 1) {
      described += 1;
      // A website and a network for each, so that no limit is reached.
      const id = `https://client-${described}.example/client.json`;
      const found = await clients.find(realm.id, id);
      const { outcome } = await documents.obtain(
        realm,
        id,
        found,
        sourceOf(`10.${described >> 8}.${described & 255}.1`),
      );
      if (outcome !== 'current') throw new Error(`The client with a document is ${outcome}.`);
      known.push({ id, redirectUri: CALLBACK });
    }
    return known;
  } finally {
    await close();
  }
}

const fetched = (url: string): FetchOutcome => ({
  ok: true,
  status: 'fetched',
  body: {
    client_id: url,
    client_name: 'Described',
    redirect_uris: [CALLBACK],
    grant_types: ['authorization_code', 'refresh_token'],
  },
  bytes: 200,
  freshness: { freshFor: DAY, noStore: false, noCache: false, mustRevalidate: false },
});

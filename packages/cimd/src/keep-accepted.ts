import type { ClientDocument, Hash } from '@vestibule/core';
import { documentClient, fingerprintOfDocument } from './document-client.ts';
import {
  type AcceptedDocument,
  type DocumentStores,
  insertDocument,
  replaceDocument,
  type Stored,
} from './store-document.ts';
import type { WantedDocument } from './wanted-document.ts';

/** What the fingerprint of an accepted document is computed with, and where its client is stored. */
export interface AcceptedDocumentStores extends DocumentStores {
  readonly hash: Hash;
}

/** Stores what an accepted document says: as a new client, or in place of the former copy. */
export function keepAccepted(
  stores: AcceptedDocumentStores,
  wanted: WantedDocument,
  accepted: AcceptedDocument,
  copy: Pick<ClientDocument, 'fetchedAt' | 'expiresAt' | 'staleFor' | 'etag' | 'isSnapshot'>,
): Promise<Stored> {
  const { realm, clientId, stored } = wanted;
  const { metadata, authentication } = accepted;
  const fingerprint = fingerprintOfDocument(stores.hash, metadata, authentication);
  const document = { uri: clientId, ...copy, fingerprint, authentication };
  const client = documentClient(realm.id, metadata, document, copy.fetchedAt);
  return stored === undefined
    ? insertDocument(stores, wanted, client, accepted)
    : replaceDocument(stores, wanted, stored, client, accepted);
}

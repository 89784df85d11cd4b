import { after, type Instant, type MetadataDocumentClient } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';

/** Whether the copy of a document can be used without being fetched again. */
export const isFresh = (client: MetadataDocumentClient, realm: Realm, now: Instant): boolean =>
  now < client.document.expiresAt && !isUnneeded(client, realm, now);

/** Whether the copy of a document can be used for a new authorization although the document cannot be fetched. */
export const isUsableStale = (
  { document: { expiresAt, staleFor = Infinity } }: MetadataDocumentClient,
  { settings: { metadataDocuments } }: Realm,
  now: Instant,
): boolean => now < after(expiresAt, Math.min(metadataDocuments.stale, staleFor));

/** Whether a client is about to be deleted, because no person approved it in time. */
export const isUnneeded = (
  { issuedAt, lastUsedAt }: MetadataDocumentClient,
  { settings: { lifecycle } }: Realm,
  now: Instant,
): boolean => lastUsedAt === undefined && after(issuedAt, lifecycle.unused) <= now;

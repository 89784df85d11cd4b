import type {
  ClientDocument,
  DocumentAuthentication,
  EffectiveClientMetadata,
  Hash,
  Instant,
  MetadataDocumentClient,
} from '@vestibule/core';
import { toRecord } from '@vestibule/core/registration';

/** A client as its document describes it. */
export const documentClient = (
  realm: string,
  metadata: EffectiveClientMetadata,
  document: ClientDocument,
  issuedAt: Instant,
): MetadataDocumentClient => ({
  kind: 'metadata-document',
  realm,
  id: document.uri,
  version: 1,
  ...toRecord(metadata),
  issuedAt,
  document,
});

/** The hash of the metadata of a document: the same as long as no member that counts has changed, whatever the order. */
export function fingerprintOfDocument(
  hash: Hash,
  metadata: EffectiveClientMetadata,
  authentication: DocumentAuthentication,
): string {
  const members: [string, unknown][] = Object.entries(metadata);
  if (authentication.accepts !== 'none') members.push(['authentication', authentication]);
  return hash(
    `metadata-document:${JSON.stringify(members.toSorted(([earlier], [later]) => (earlier < later ? -1 : 1)))}`,
  );
}

/** What has changed between two versions of a client, in the words of its metadata. */
export function changedMembers(
  earlier: MetadataDocumentClient,
  later: MetadataDocumentClient,
): readonly string[] {
  const was = membersOf(earlier);
  const is = membersOf(later);
  const names = new Set([...was.keys(), ...is.keys()]);
  return [...names].filter(
    (name) => !APART.has(name) && JSON.stringify(was.get(name)) !== JSON.stringify(is.get(name)),
  );
}

const membersOf = (client: MetadataDocumentClient): ReadonlyMap<string, unknown> =>
  new Map(
    Object.entries({ ...client, authentication: client.document.authentication ?? { accepts: 'none' } }),
  );

/** What does not come from the metadata. */
const APART: ReadonlySet<string> = new Set([
  'realm',
  'id',
  'version',
  'kind',
  'issuedAt',
  'lastUsedAt',
  'blockedAt',
  'document',
]);
